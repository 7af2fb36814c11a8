import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, settlementOf, UNCERTAIN } from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  campaignWith,
  claimedBy,
  clocksAt,
  collected,
  ended,
  imported,
  MINUTE,
  type OpenLedger,
  people,
  rejectedRow,
  rowsOf,
  runIn,
  settledAs,
} from './ledger-at-hand.js';

/** What is read of a campaign. */
export function reports(open: OpenLedger): void {
  describe('a report', () => {
    /** Three people, one accepted, one refused, one pending; a repeated row and a rejected one. */
    async function mixed() {
      const place = await campaignIn(await open());
      const repaired = recipient(2, { repaired: ['body.1'] });
      const twice = recipient(0, { line: 6 });
      await imported(place, [...people(2), repaired, rejectedRow(5), twice]);
      const run = await runIn(place);
      const [first, second] = await claimedBy(run, 2);
      if (first === undefined || second === undefined) throw new Error('nothing was claimed');
      await ended(run, first, ACCEPTED);
      await ended(run, second, REFUSED);
      return place;
    }

    test('has every row of the file once, in its order, with what became of it', async () => {
      const place = await mixed();
      const rows = await rowsOf(place);
      expect(rows.map(({ line, status, reason }) => [line, status, reason])).toEqual([
        [2, 'accepted', null],
        [3, 'refused', 'not-on-whatsapp'],
        [4, 'pending', null],
        [5, 'rejected', 'phone.invalid'],
        [6, 'skipped', 'duplicate'],
      ]);
      // As a line of a file: a program finds the first row by it.
      expect(rows[4]?.errorMessage).toBe('line 2');
      expect(rows[0]).toEqual({
        line: 2,
        phone: phoneNumber(0),
        status: 'accepted',
        reason: null,
        attempts: 1,
        contactId: 'c1',
        firstAttemptAt: 1_500,
        lastAttemptAt: 1_500,
        httpStatus: 200,
        errorCode: null,
        errorMessage: null,
        confirmation: null,
        cells: [phoneNumber(0)],
      });
      expect(rows[2]).toMatchObject({ repaired: ['body.1'] });
      expect(await place.ledger.reports.countRepaired(place.campaign.id)).toBe(1);
    });

    test('has only the statuses that were asked for', async () => {
      const { ledger, campaign } = await mixed();
      const asked = await collected(ledger.reports.rows(campaign.id, ['refused', 'rejected']));
      expect(asked.flat().map(({ line }) => line)).toEqual([3, 5]);
    });

    test('is summed up', async () => {
      const { ledger, campaign } = await mixed();
      const summary = await ledger.reports.summary(campaign, 'label', 9_000);
      expect(summary).toMatchObject({
        campaign: { name: 'sale', workspace: 'label' },
        generatedAt: 9_000,
        counts: { recipients: 4, accepted: 1, refused: 1, pending: 1, skipped: 1, rejected: 1 },
        runs: [{ startedAt: 1_000, ratePerSecond: 10 }],
        timeline: [{ at: 0, accepted: 1, refused: 1, uncertain: 0, deferred: 0 }],
        countries: [{ country: 'PE', recipients: 3, accepted: 1, refused: 1 }],
        latency: { p50Ms: 500, p99Ms: 500 },
        rejections: [{ line: 5, reason: 'phone.invalid' }],
      });
      expect(summary.reasons.map(({ reason }) => reason).toSorted()).toEqual(
        ['duplicate', 'not-on-whatsapp', 'pending', 'phone.invalid'].toSorted(),
      );
      expect(summary.attempts).toContainEqual({ attempts: 1, deliveries: 2 });
    });

    test('of many rows comes without a gap and without a repetition', async () => {
      const place = await campaignWith(open, 2_500);
      const lines = (await rowsOf(place)).map(({ line }) => line);
      expect(lines).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 2));
    });
  });

  describe('the status', () => {
    test('tells the last run and how fast it is', async () => {
      const place = await campaignWith(open, 9);
      const { status } = place.ledger;
      expect(await status.lastRun(place.campaign.id)).toBeNull();
      const { runId, ledger: run } = await begunIn(place);
      await claimedBy(run, 4, 2_000);
      await claimedBy(run, 4, 4_000);
      expect(await status.recentRatePerSecond(runId, 4_000)).toBe(4);
      expect(await status.recentRatePerSecond(runId, 60_000)).toBe(0);
      expect(await status.lastRun(place.campaign.id)).toMatchObject({ id: runId, ratePerSecond: 10 });
    });

    test('tells why people were not reached, the most frequent reason first', async () => {
      const place = await campaignWith(open, 3);
      const run = await runIn(place);
      const [first, ...others] = await claimedBy(run);
      if (first === undefined) throw new Error('nothing was claimed');
      await ended(run, first, UNCERTAIN);
      for (const delivery of others) await ended(run, delivery, REFUSED);
      expect(await place.ledger.status.unreachedReasons(place.campaign.id)).toMatchObject([
        { status: 'refused', reason: 'not-on-whatsapp', count: 2 },
        { status: 'uncertain', reason: 'no-answer', count: 1 },
      ]);
    });

    test('tells what would settle who is uncertain: time, then a look at the list', async () => {
      const { ledger, campaign } = await settledAs(open, UNCERTAIN);
      const policy = { settleMs: 15 * MINUTE, timeoutMs: MINUTE, resend: 'no' } as const;
      const at = (moment: number) => ledger.status.whatWouldSettle(campaign.id, policy, clocksAt(moment));
      expect(await at(3_000)).toMatchObject([{ code: 'reconcile.left.settling', count: 1 }]);
      expect(await at(60 * MINUTE)).toMatchObject([{ code: 'reconcile.left.not-scanned', count: 1 }]);
    });

    test('has nobody to settle where everybody is', async () => {
      const { ledger, campaign, run, delivery } = await settledAs(open, ACCEPTED);
      run.recordOutcome(settlementOf(delivery, UNCERTAIN));
      await run.flush();
      const policy = { settleMs: 1, timeoutMs: 1, resend: 'no' } as const;
      expect(await ledger.status.whatWouldSettle(campaign.id, policy, clocksAt(9_000))).toEqual([]);
      expect(await ledger.status.evidence(campaign.id)).toEqual([]);
    });
  });
}
