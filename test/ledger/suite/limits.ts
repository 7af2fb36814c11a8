import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, NOT_SENT, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  claimedBy,
  countsOf,
  DAY,
  ended,
  imported,
  type LedgerAtHand,
  type OpenLedger,
  people,
  rowsOf,
  runIn,
  settledAs,
  standing,
  takenOut,
} from './ledger-at-hand.js';

/** Several messages to one person, as `recipients.key` allows. */
function keysOf(index: number, count: number) {
  return Array.from({ length: count }, (_, key) => recipient(index, { key: `K${key}`, line: key + 2 }));
}

/** How often, and how many a day. */
export function limits(open: OpenLedger): void {
  describe('limits', () => {
    const WEEKLY = { count: 1, perMs: 7 * DAY };

    async function next(at: LedgerAtHand, count: number) {
      const place = await campaignIn(at, { name: 'next' });
      await imported(place, people(count));
      return place;
    }

    test('a person who got a message lately is capped in the next campaign, until the time has passed', async () => {
      const place = await next(await settledAs(open, ACCEPTED), 2);
      await takenOut(place, 2_000 + DAY, WEEKLY);
      expect(await countsOf(place)).toMatchObject({ pending: 1, skipped: 1 });
      const { campaigns, status } = place.ledger;
      expect(await campaigns.skippedByReason(place.campaign.id)).toEqual({ capped: 1 });
      const capped = await status.capped(place.campaign.id, 2_000 + DAY);
      expect(capped).toEqual({ count: 1, firstAllowedAt: 1_500 + WEEKLY.perMs });
      await takenOut(place, 2_000 + 8 * DAY, WEEKLY);
      expect(await countsOf(place)).toMatchObject({ pending: 2, skipped: 0 });
    });

    test('whoever was capped when it was confirmed stays so, although the time has passed since', async () => {
      const place = await next(await settledAs(open, ACCEPTED), 2);
      await takenOut(place, 2_000 + 8 * DAY, WEEKLY, 2_000 + DAY);
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'skipped', reason: 'capped' });
      expect(await countsOf(place)).toMatchObject({ pending: 1, skipped: 1 });
      await takenOut(place, 2_000 + 8 * DAY, WEEKLY);
      expect(await countsOf(place)).toMatchObject({ pending: 2, skipped: 0 });
    });

    test('whoever was allowed when it was confirmed, and is now, gets it whatever came between', async () => {
      const at = await settledAs(open, ACCEPTED);
      const between = await next(at, 1);
      const run = await runIn(between);
      const sentAt = 1_500 + 5 * DAY;
      for (const delivery of await claimedBy(run, 9, sentAt)) await ended(run, delivery, ACCEPTED, sentAt);
      await run.end(sentAt, null, 'finished');
      const place = await campaignIn(at, { name: 'third' });
      await imported(place, people(1));
      // One message in the week before the one moment, one in the week before the other.
      const [confirmedAt, now] = [1_500 + 4 * DAY, 1_500 + 8 * DAY];
      await takenOut(place, now, { ...WEEKLY, count: 2 }, confirmedAt);
      expect(await countsOf(place)).toMatchObject({ pending: 1, skipped: 0 });
      await takenOut(place, now, WEEKLY, confirmedAt);
      expect(await countsOf(place)).toMatchObject({ pending: 0, skipped: 1 });
    });

    test('what somebody got before she was forgotten counts in the next campaign, too', async () => {
      const at = await settledAs(open, ACCEPTED);
      await at.ledger.people.forget(phoneNumber(0), 3_000);
      const place = await next(at, 2);
      const claimed = await claimedBy(await runIn(place, WEEKLY), 9, 2_000 + DAY);
      expect(claimed.map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
      const third = await campaignIn(at, { name: 'third' });
      await imported(third, people(2));
      await takenOut(third, 2_000 + DAY, WEEKLY);
      expect(await standing(third, phoneNumber(0))).toEqual({ status: 'skipped', reason: 'capped' });
      await takenOut(third, 2_000 + 8 * DAY, WEEKLY);
      expect(await standing(third, phoneNumber(0))).toMatchObject({ status: 'pending' });
      expect(await at.ledger.people.forget(phoneNumber(0), 9_000)).toMatchObject({ deliveries: 2 });
      expect(JSON.stringify(await rowsOf(third))).not.toContain(phoneNumber(0));
    });

    test('who was capped is taken back when the campaign has no limit any more', async () => {
      const place = await next(await settledAs(open, ACCEPTED), 2);
      await takenOut(place, 2_000 + DAY, WEEKLY);
      await takenOut(place, 2_000 + DAY, null);
      expect(await countsOf(place)).toMatchObject({ pending: 2, skipped: 0 });
    });

    test('a person with two keys in one campaign gets one of them', async () => {
      const place = await campaignIn(await open());
      const keys = [recipient(0, { key: 'A' }), recipient(0, { key: 'B', line: 3 })];
      await imported(place, [...keys, recipient(1, { key: 'A' })]);
      const claimed = await claimedBy(await runIn(place, WEEKLY));
      expect(claimed.map(({ phone }) => phone).sort()).toEqual([phoneNumber(0), phoneNumber(1)]);
      expect(await countsOf(place)).toMatchObject({ sending: 2, skipped: 1 });
    });

    test('a plan counts the keys of a person, and takes the next one where the first was refused', async () => {
      const place = await campaignIn(await open());
      await imported(place, [...keysOf(0, 3), recipient(1, { key: 'K0', line: 9 })]);
      await takenOut(place, 1_000, { ...WEEKLY, count: 2 });
      expect(await countsOf(place)).toMatchObject({ pending: 3, skipped: 1 });
      expect(await place.ledger.campaigns.skippedByReason(place.campaign.id)).toEqual({ capped: 1 });
      const run = await runIn(place, WEEKLY);
      for (const delivery of await claimedBy(run)) await ended(run, delivery, REFUSED);
      await run.end(2_000, null, 'finished');
      await takenOut(place, 3_000, WEEKLY);
      expect(await countsOf(place)).toMatchObject({ pending: 1, refused: 2, skipped: 1 });
    });

    test('looking at a file counts the keys of a person as sending does', async () => {
      const place = await campaignIn(await open());
      const { id } = place.campaign;
      const question = {
        workspace: WORKSPACE,
        campaignId: id,
        limit: WEEKLY,
        suppressed: new Set(''),
        at: 1_000,
      };
      const planned = { id, workspace: WORKSPACE, template: 't', campaignName: null };
      const look = await place.ledger.imports.look(question, planned);
      const rows = [...keysOf(0, 2), recipient(1, { key: 'K0', line: 9 })];
      const verdicts = rows.map((row) => ({ kind: 'recipient', recipient: row }) as const);
      expect((await look.standings(verdicts)).map((standing) => standing?.kind)).toEqual([
        'new',
        'held-back',
        'new',
      ]);
    });

    test('a person with more keys than a claim takes still gets one of them', async () => {
      const place = await campaignIn(await open());
      await imported(place, [...keysOf(0, 9), recipient(1, { line: 20 })]);
      const claimed = await claimedBy(await runIn(place, WEEKLY), 2);
      expect(claimed.map(({ phone }) => phone).sort()).toEqual([phoneNumber(0), phoneNumber(1)]);
      expect(await countsOf(place)).toMatchObject({ sending: 2, skipped: 8 });
    });

    test('an uncertain message counts as one', async () => {
      const place = await next(await settledAs(open, UNCERTAIN), 1);
      await takenOut(place, 2_000 + DAY, WEEKLY);
      expect(await countsOf(place)).toMatchObject({ pending: 0, skipped: 1 });
    });

    test('an uncertain message counts as one at the claim, too', async () => {
      const place = await next(await settledAs(open, UNCERTAIN), 2);
      const claimed = await claimedBy(await runIn(place, WEEKLY), 9, 2_000 + DAY);
      expect(claimed.map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
    });

    test('the daily use counts people, not messages, over all campaigns, and lets go of them after a day', async () => {
      const place = await next(await settledAs(open, ACCEPTED), 2);
      const run = await runIn(place);
      for (const delivery of await claimedBy(run, 9, 5_000)) await ended(run, delivery, ACCEPTED);
      const { campaigns, runs } = place.ledger;
      expect(await campaigns.dailyUse(WORKSPACE, 2, 6_000)).toEqual({ people: 2, nextFreeAt: 5_000 + DAY });
      expect(await campaigns.dailyUse('another', 2, 6_000)).toEqual({ people: 0, nextFreeAt: null });
      const nobody = { people: 0, nextFreeAt: null };
      expect(await campaigns.dailyUse(WORKSPACE, 2, 5_001 + DAY)).toEqual(nobody);
      const gates = runs.gates(place.campaign.id, WORKSPACE);
      expect(await gates.dailyUse(3, 6_000)).toEqual({ people: 2, nextFreeAt: null });
    });

    test('counts who was written to today, whatever the clock said in between', async () => {
      const at = await open();
      const today = 1_000 * DAY;
      const sale = await next(at, 2);
      const run = await runIn(sale, null, today);
      for (const delivery of await claimedBy(run, 2, today)) await ended(run, delivery, ACCEPTED, today);
      await run.end(today, null, 'finished');
      // A machine that was started anew, and whose clock nobody had set yet: nothing reached the provider.
      const news = await campaignIn(at, { name: 'news' });
      await imported(news, people(9));
      const failing = await runIn(news, null, DAY);
      for (const delivery of await claimedBy(failing, 9, DAY)) await ended(failing, delivery, NOT_SENT, DAY);
      await failing.end(DAY, null, 'finished');
      expect((await at.ledger.campaigns.dailyUse(WORKSPACE, 2, today + 1_000)).people).toBe(2);
    });

    test('a request that never left uses no day', async () => {
      const { ledger } = await settledAs(open, NOT_SENT);
      const used = await ledger.campaigns.dailyUse(WORKSPACE, 2, 6_000);
      expect(used).toEqual({ people: 0, nextFreeAt: null });
    });
  });
}
