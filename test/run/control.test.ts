import { expect, test } from 'vitest';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { systemClock } from '../../src/machine/clock.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { campaignIn, emptyLedger, NOON } from '../support/filled-ledger.js';
import { pauseCampaign } from '../support/on-sqlite.js';

function world(noWait: boolean) {
  const db = emptyLedger();
  const campaign = campaignIn(db);
  const ledger = new SqliteRunLedger(db, { runId: 1, campaignId: campaign.id, workspace: 'ws', limit: null });
  const control = new ControlPoller(ledger, systemClock, noWait);
  return { db, campaign, control };
}

test.each([
  [false, { kind: 'wait', wait: { code: 'wait.paused', params: {}, untilAt: null } }],
  [true, { kind: 'halt', halt: { code: 'halt.paused', params: {} } }],
])(
  'a pause is heard within two seconds, and wakes whoever sleeps (no waiting: %s)',
  async (noWait, verdict) => {
    const { db, campaign, control } = world(noWait);
    const watching = control.watch();
    expect(await control.check()).toEqual({ kind: 'open', atMost: null });
    const asleep = control.signalWith(new AbortController().signal);
    pauseCampaign(db, campaign.id, { by: 'maria', at: NOON });
    await expect.poll(() => asleep.aborted, { timeout: 2_000 }).toBe(true);
    expect(await control.check()).toEqual(verdict);
    control.close();
    await watching;
  },
);

test('a pause that was said while a person was asked holds from the first message on', async () => {
  const { db, campaign, control } = world(false);
  pauseCampaign(db, campaign.id, { by: 'maria', at: NOON });
  expect(await control.check()).toMatchObject({ kind: 'wait', wait: { code: 'wait.paused' } });
});

test('a signal fires with any of those it was made with', () => {
  const { control } = world(false);
  const stop = new AbortController();
  const signal = control.signalWith(stop.signal);
  expect(control.signalWith(stop.signal)).toBe(signal);
  stop.abort();
  expect(signal.aborted).toBe(true);
});
