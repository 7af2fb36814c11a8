import { expect, test } from 'vitest';
import { LedgerError } from '../../src/core/ledger/ledger.js';
import { Background } from '../../src/web/background/background.js';
import type { Site } from '../../src/web/site.js';

function backgroundWith(bugs: unknown[]): Background {
  const app = { clock: { now: () => 0 } } as Site['app'];
  const bug: Site['bug'] = (_, error) => void bugs.push(error);
  return new Background({ app, bug, launcher: { program: ['none'], env: {} } } as unknown as Site);
}

test('a ledger that is busy is told as that by what goes on beside the pages, and anything else as a bug', async () => {
  const bugs: unknown[] = [];
  const { works } = backgroundWith(bugs);
  const busy = works.start('check', () => {
    throw new LedgerError({ code: 'ledger.busy', params: { file: 'plazcast.db' } }, null);
  });
  await busy.finished;
  expect(works.find('check')?.result).toMatchObject({ ok: false, problems: [{ code: 'ledger.busy' }] });
  expect(bugs).toEqual([]);
  const broken = works.start('report', () => Promise.reject(new Error('oops')));
  await broken.finished;
  expect(works.find('report')?.result).toMatchObject({ ok: false, problems: [{ code: 'web.work.bug' }] });
  expect(bugs).toHaveLength(1);
});
