import { normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { lockPlaces, takeLocks } from '../../src/app/locks.js';
import { loadTranslate } from '../../src/cli/translate.js';
import { failed, type Problem } from '../../src/core/problem.js';
import { problemsOf } from '../support/results.js';

const PLACES = lockPlaces('/data/plazcast.db', '/state', { workspace: 'ws', name: 'sale' }, 'abc');
const { damaged, ...translated } = {
  damaged: { code: 'ledger.damaged', params: { file: '/data/plazcast.db' } },
  en: await loadTranslate('en', 'plazcast'),
  es: await loadTranslate('es', 'plazcast'),
} as const;

/** What is said where the lock files of this folder cannot be written. */
async function saidOf(folder: '/data' | '/state'): Promise<Problem | undefined> {
  const app = {
    clock: ADAPTERS.clock,
    process: { pid: 1, host: 'host' },
    ledgers: {
      ...ADAPTERS.ledgers,
      locks: {
        ...ADAPTERS.ledgers.locks,
        take: async (file: string) =>
          normalize(file).startsWith(normalize(folder))
            ? failed({ code: 'lock.unwritable', params: { folder, detail: 'full' } })
            : ({ ok: true, value: { kind: 'held', lock: { release: () => undefined } } } as const),
      },
    },
  };
  return problemsOf(await takeLocks(app, null, PLACES, 'sale'))[0];
}

describe('a lock file that cannot be written', () => {
  test('in the state folder: another one can be given', async () => {
    const problem = await saidOf('/state');
    for (const lang of ['en', 'es'] as const)
      expect(translated[lang](problem as Problem)).toContain('PLAZCAST_STATE_DIR');
  });

  test('beside the ledger: no other state folder would help', async () => {
    const problem = await saidOf('/data');
    for (const lang of ['en', 'es'] as const) {
      const said = translated[lang](problem as Problem);
      expect(said).toContain('/data');
      expect(said).not.toContain('PLAZCAST_STATE_DIR');
    }
  });
});

test('a ledger may be found damaged when messages have gone out: it does not say that none has', () => {
  expect(translated.en(damaged)).not.toMatch(/nothing was sent/iu);
  expect(translated.es(damaged)).not.toMatch(/no se envió nada/iu);
});
