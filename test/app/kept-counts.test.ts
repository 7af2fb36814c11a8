import { copyFileSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keepingCounts } from '../../src/app/overview/kept-counts.js';
import type { Ledger, Ledgers } from '../../src/core/ledger/ledger.js';
import { ledgerWith } from '../../src/core/ledger/ledger-with.js';
import { ok } from '../../src/core/problem.js';
import { ledgerState } from '../../src/ledger/sqlite/ledger-state.js';
import { appAt } from '../support/app-at-hand.js';
import { unwrapped } from '../support/results.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const COUNTING_MS = 50;

/** Looks at counts through ledgers that keep them, and tells how often the ledger was asked; `nowMs` is the steady clock. */
function watched(place: SendingPlace) {
  const app = appAt(place);
  const stand = { asked: 0, nowMs: 0, state: 'one' as string | null, isRunning: false };
  const counting = (ledger: Ledger): Ledger => {
    const counts = async (campaignId: number) => {
      stand.asked += 1;
      stand.nowMs += COUNTING_MS;
      return ledger.campaigns.counts(campaignId);
    };
    const lastRun = async (campaignId: number) => {
      const run = await ledger.status.lastRun(campaignId);
      return run && { ...run, endedAt: stand.isRunning ? null : run.endedAt };
    };
    return ledgerWith(ledger, {
      campaigns: { ...ledger.campaigns, counts },
      status: { ...ledger.status, lastRun },
    });
  };
  const ledgers: Ledgers = {
    ...app.ledgers,
    state: () => Promise.resolve(stand.state),
    open: async (file, mode) => {
      const opened = await app.ledgers.open(file, mode);
      return opened.ok ? ok(counting(opened.value)) : opened;
    },
  };
  const kept = keepingCounts(ledgers, { ...app.clock, monotonicMs: () => stand.nowMs });
  const look = async (): Promise<number> => {
    const ledger = unwrapped(await kept.open(place.ledger, 'read'));
    const { accepted } = await ledger.campaigns.counts(1);
    await ledger.close();
    return accepted;
  };
  return { stand, look };
}

async function sent(): Promise<SendingPlace> {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--yes', '--limit', '1']);
  return place;
}

test('what nothing was written to is counted once', async () => {
  const { stand, look } = watched(await sent());
  expect([await look(), await look(), await look()]).toEqual([1, 1, 1]);
  expect(stand.asked).toBe(1);
  stand.state = 'two';
  await look();
  expect(stand.asked).toBe(2);
});

test('what may have been written to is counted each time', async () => {
  const { stand, look } = watched(await sent());
  stand.state = null;
  await look();
  await look();
  expect(stand.asked).toBe(2);
});

test('while a run goes on, counting takes a twentieth of the time at most; once it is over, all is counted', async () => {
  const { stand, look } = watched(await sent());
  Object.assign(stand, { state: null, isRunning: true });
  for (let second = 0; second < 10; second += 1) {
    for (let viewer = 0; viewer < 5; viewer += 1) await look();
    stand.nowMs += 1_000;
  }
  expect(stand.asked).toBe(10);
  await look();
  stand.isRunning = false;
  await look();
  expect(stand.asked).toBe(12);
});

test('a commit makes the state of a ledger another, and leaves it untold while another could bear the same time', async () => {
  const place = await sent();
  const later = Date.now() + 60_000;
  const before = ledgerState(place.ledger, later);
  expect(before).not.toBeNull();
  expect(ledgerState(place.ledger, later + 1)).toBe(before);
  expect(ledgerState(place.ledger, Date.now())).toBeNull();
  await place.run(['send', 'sale', '--yes', '--limit', '1']);
  expect(ledgerState(place.ledger, later)).not.toBe(before);
  expect(ledgerState(place.path('missing.db'), later)).toBeNull();
});

test('who only looks leaves the state as it is', async () => {
  const place = await sent();
  const later = Date.now() + 60_000;
  const before = ledgerState(place.ledger, later);
  for (const mode of ['read', 'existing'] as const) {
    const ledger = unwrapped(await appAt(place).ledgers.open(place.ledger, mode));
    await ledger.campaigns.counts(1);
    expect(ledgerState(place.ledger, later)).toBe(before);
    await ledger.close();
  }
  expect(ledgerState(place.ledger, later)).toBe(before);
});

test('another file under the same path is another state, whatever its time', async () => {
  const place = await sent();
  const later = Date.now() + 60_000;
  const copy = place.path('copy.db');
  copyFileSync(place.ledger, copy);
  for (const file of [place.ledger, copy]) utimesSync(file, 1_000_000, 1_000_000);
  expect(ledgerState(copy, later)).not.toBe(ledgerState(place.ledger, later));
});
