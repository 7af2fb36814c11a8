import { describe, expect, test } from 'vitest';
import { countDeliveries } from '../../../src/ledger/sqlite/counts.js';
import { dailyUse } from '../../../src/ledger/sqlite/daily-cap.js';
import { applyFrequencyLimit } from '../../../src/ledger/sqlite/frequency.js';
import { phoneNumber } from '../../support/run-cli.js';
import {
  ACCEPTED,
  campaignIn,
  dispatchesOf,
  imported,
  NOT_SENT,
  recipient,
  runIn,
  settlementOf,
  UNCERTAIN,
  WORKSPACE,
} from '../../support/run-in-ledger.js';
import { type LedgerKind, openedLedger, settledAs } from './places.js';

const DAY = 24 * 60 * 60_000;

/** How often, and how many a day. */
export function limits(kind: LedgerKind): void {
  describe('limits', () => {
    const WEEKLY = { count: 1, perMs: 7 * DAY };

    test('a person who got a message lately is capped in the next campaign, until the time has passed', async () => {
      const { db } = await settledAs(kind, ACCEPTED);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + DAY)).toBe(1);
      expect(countDeliveries(db, next.campaignId)).toMatchObject({ pending: 1, skipped: 1 });
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + 8 * DAY)).toBe(0);
      expect(countDeliveries(db, next.campaignId)).toMatchObject({ pending: 2, skipped: 0 });
    });

    test('a person with two keys in one campaign gets one of them', async () => {
      const place = campaignIn(openedLedger(kind));
      await imported(place, [
        recipient(0, { key: 'A' }),
        recipient(0, { key: 'B', line: 3 }),
        recipient(1, { key: 'A' }),
      ]);
      const claimed = dispatchesOf(await runIn(place, WEEKLY).claim(9, 1_500));
      expect(claimed.map(({ phone }) => phone).sort()).toEqual([phoneNumber(0), phoneNumber(1)]);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ sending: 2, skipped: 1 });
    });

    test('a person with more keys than a claim takes still gets one of them', async () => {
      const place = campaignIn(openedLedger(kind));
      const keys = Array.from({ length: 9 }, (_, index) =>
        recipient(0, { key: `K${index}`, line: index + 2 }),
      );
      await imported(place, [...keys, recipient(1, { line: 20 })]);
      const claimed = dispatchesOf(await runIn(place, WEEKLY).claim(2, 1_500));
      expect(claimed.map(({ phone }) => phone).sort()).toEqual([phoneNumber(0), phoneNumber(1)]);
      expect(countDeliveries(place.db, place.campaignId)).toMatchObject({ sending: 2, skipped: 8 });
    });

    test('an uncertain message counts as one', async () => {
      const { db } = await settledAs(kind, UNCERTAIN);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0)]);
      expect(applyFrequencyLimit(db, next.campaignId, WORKSPACE, WEEKLY, 2_000 + DAY)).toBe(1);
    });

    test('an uncertain message counts as one at the claim, too', async () => {
      const { db } = await settledAs(kind, UNCERTAIN);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      const claimed = dispatchesOf(await runIn(next, WEEKLY).claim(9, 2_000 + DAY));
      expect(claimed.map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
    });

    test('the daily use counts people, not messages, over all campaigns, and lets go of them after a day', async () => {
      const { db } = await settledAs(kind, ACCEPTED);
      const next = campaignIn(db, 'next');
      await imported(next, [recipient(0), recipient(1)]);
      const run = runIn(next);
      for (const delivery of dispatchesOf(await run.claim(9, 5_000)))
        run.recordOutcome(settlementOf(delivery, ACCEPTED));
      await run.flush();
      expect(dailyUse(db, WORKSPACE, 2, 6_000)).toEqual({ people: 2, nextFreeAt: 5_000 + DAY });
      expect(dailyUse(db, 'another', 2, 6_000)).toEqual({ people: 0, nextFreeAt: null });
      expect(dailyUse(db, WORKSPACE, 2, 5_001 + DAY)).toEqual({ people: 0, nextFreeAt: null });
    });

    test('a request that never left uses no day', async () => {
      const { db } = await settledAs(kind, NOT_SENT);
      expect(dailyUse(db, WORKSPACE, 2, 6_000)).toEqual({ people: 0, nextFreeAt: null });
    });
  });
}
