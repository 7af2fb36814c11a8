import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextCommand } from '../../../src/app/status/next-command.js';
import { countsOf, type DeliveryStatus } from '../../../src/core/counts.js';

const RECORD = {
  name: 'sale',
  workspace: 'ws-1',
  file: '/home/ana/campaigns/sale/campaign.yaml',
  control: 'go',
} as const;
const PLACE = {
  invocation: 'plazcast',
  cwd: '/home/ana',
  ledgerFile: '/home/ana/plazcast.db',
  usualLedgerFile: '/home/ana/plazcast.db',
};

function next(
  counts: Partial<Record<DeliveryStatus, number>>,
  changes: { readonly [key: string]: unknown } = {},
  place: Partial<typeof PLACE> = {},
): string | null {
  const { running = false, notNowForMs = null, ...record } = changes;
  return nextCommand(
    {
      record: { ...RECORD, ...record },
      counts: countsOf(counts, 0),
      running: running === true,
      notNowForMs: notNowForMs as number | null,
    },
    { ...PLACE, ...place },
  );
}

const HOUR_MS = 3_600_000;

describe('the next command', () => {
  it('sends what is still owed, also what a dead run left in flight', () => {
    expect(next({ pending: 3, refused: 1 })).toBe('plazcast send campaigns/sale');
    expect(next({ sending: 1 })).toBe('plazcast send campaigns/sale');
  });

  it('settles the uncertain before it retries what was given up', () => {
    expect(next({ uncertain: 1, refused: 1 })).toBe('plazcast reconcile sale');
    expect(next({ exhausted: 1, refused: 1 })).toBe('plazcast retry sale --status exhausted');
  });

  it('does not try again at once whom WhatsApp just refused: first it shows who they are', () => {
    expect(next({ refused: 1, accepted: 5 })).toBe('plazcast report sale --status refused');
    expect(next({ refused: 1 }, { notNowForMs: 23 * HOUR_MS })).toBe('plazcast report sale --status refused');
    expect(next({ refused: 1 }, { notNowForMs: 24 * HOUR_MS })).toBe('plazcast retry sale --code 131049');
  });

  it('watches a run that goes on, and lets a paused one go on', () => {
    expect(next({ pending: 3 }, { running: true })).toBe('plazcast status sale --watch');
    expect(next({ pending: 3 }, { control: 'paused' })).toBe('plazcast resume sale');
  });

  it('reports what is done, and knows nothing to do without recipients', () => {
    expect(next({ accepted: 3 })).toBe('plazcast report sale --format html');
    expect(next({})).toBeNull();
  });

  it('can be pasted as it stands: with the sandbox, another ledger and a folder with spaces', () => {
    expect(next({ pending: 1 }, { workspace: 'sandbox' })).toBe('plazcast send campaigns/sale --sandbox');
    expect(next({ exhausted: 1 }, {}, { ledgerFile: '/srv/other.db' })).toBe(
      'plazcast retry sale --status exhausted --ledger /srv/other.db',
    );
    expect(next({ exhausted: 1 }, {}, { ledgerFile: '/home/ana/-old/other.db' })).toBe(
      'plazcast retry sale --status exhausted --ledger ./-old/other.db',
    );
    expect(next({ pending: 1 }, { file: "/home/ana/Ana's sale/campaign.yaml" })).toBe(
      `plazcast send "Ana's sale"`,
    );
    const at = (cwd: string): string | null =>
      next({ pending: 1 }, {}, { cwd, usualLedgerFile: join(cwd, 'plazcast.db') });
    expect([at('/home/ana/campaigns/sale'), at('/home/ana/campaigns/old'), at('/srv')]).toEqual([
      'plazcast send . --ledger /home/ana/plazcast.db',
      'plazcast send ../sale --ledger /home/ana/plazcast.db',
      'plazcast send /home/ana/campaigns/sale --ledger /home/ana/plazcast.db',
    ]);
  });

  it('begins with the words that plazcast was started with', () => {
    expect(next({ pending: 1 }, {}, { invocation: 'npx plazcast' })).toBe('npx plazcast send campaigns/sale');
  });
});
