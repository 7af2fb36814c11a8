import { describe, expect, test } from 'vitest';
import type { RequeueFilter } from '../../../src/core/ledger/campaigns.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { DEFERRED, NOT_SENT, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  ended,
  expectBalance,
  imported,
  takenOut as inLine,
  OPERATOR,
  type OpenLedger,
  type Place,
  people,
  runIn,
  settledAs,
  standing,
} from './ledger-at-hand.js';

const WEEK = 7 * 24 * 60 * 60_000;
const ALL: RequeueFilter = { status: null, code: null, group: null, person: null, failedBefore: null };
const SUPPRESSED = { status: 'skipped', reason: 'suppressed' };
const REMOVED = { status: 'skipped', reason: 'removed' };
const CANCELED = { status: 'skipped', reason: 'canceled' };

const onList = (person: string, expiresAt: number | null = null) => ({
  person,
  phone: person,
  reason: 'asked',
  source: 'test',
  expiresAt,
});

async function suppressed(
  { ledger }: Place,
  ...entries: readonly ReturnType<typeof onList>[]
): Promise<void> {
  await ledger.lists.add(WORKSPACE, entries, 3_000);
}

function cancel({ ledger, campaign }: Place): Promise<number> {
  return ledger.campaigns.cancel(campaign.id, { by: 'maria', at: 3_000 });
}

/** Whatever the ledger's own commands do: the delivery is to be sent. */
async function backToPending({ rawly }: Place, ...persons: readonly string[]): Promise<void> {
  await rawly("UPDATE attempts SET outcome = 'deferred', live = NULL WHERE outcome = 'in-flight'");
  const theirs = persons.map((person) => `'${person}'`).join(', ');
  await rawly(
    `UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0 WHERE person IN (${theirs})`,
  );
}

async function personsClaimed(place: Place, max = 9, at = 9_000): Promise<readonly string[]> {
  return (await claimedBy(await runIn(place), max, at)).map(({ person }) => person);
}

/** Takes up the campaign's claim again: who is claimed, and where the person stands. */
async function claimedAgain(place: Place, person: string, at = 9_000_000) {
  const claimed = await personsClaimed(place, 9, at);
  await expectBalance(place);
  return { claimed, stands: await standing(place, person) };
}

/** Who was taken out is not sent to, whatever brings the delivery back to pending. */
export function takenOut(open: OpenLedger): void {
  const person = phoneNumber(0);

  describe('the claim skips, whatever brought them back to pending,', () => {
    test('who is on the list of the workspace', async () => {
      const place = await campaignWith(open, 3);
      await suppressed(place, onList(person));
      await backToPending(place, person);
      const { claimed, stands } = await claimedAgain(place, person);
      expect([claimed, stands]).toEqual([[phoneNumber(1), phoneNumber(2)], SUPPRESSED]);
    });

    test('who is on the list of the campaign alone, and nobody of another campaign', async () => {
      const place = await campaignWith(open, 1);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, [recipient(0)]);
      await place.ledger.lists.replaceOfCampaign(place.campaign, [onList(person)], 3_000);
      await backToPending(place, person);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [], stands: SUPPRESSED });
      expect(await personsClaimed(other)).toHaveLength(1);
    });

    test('nobody whose entry has expired, or stands on the list of another workspace', async () => {
      const place = await campaignWith(open, 2);
      await suppressed(place, onList(person, 5_000));
      await place.ledger.lists.add('another', [onList(phoneNumber(1))], 3_000);
      await backToPending(place, person, phoneNumber(1));
      expect(await personsClaimed(place, 9, 4_999)).toEqual([phoneNumber(1)]);
      await backToPending(place, person);
      expect((await claimedAgain(place, person, 5_000)).claimed).toEqual([person]);
    });

    test('who is gone from the file, until the row is back', async () => {
      const place = await campaignWith(open, 2);
      await imported(place, [recipient(1)], 'd2');
      await backToPending(place, person);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
      await (await runIn(place)).recover(9_100_000);
      await imported(place, people(2), 'd3');
      expect((await claimedAgain(place, person)).claimed).toEqual([person]);
    });

    test('everybody of a canceled campaign', async () => {
      const place = await campaignWith(open, 3);
      await cancel(place);
      await backToPending(place, ...[0, 1, 2].map(phoneNumber));
      expect(await claimedAgain(place, person)).toEqual({ claimed: [], stands: CANCELED });
    });

    test('and others move up into their places', async () => {
      const place = await campaignWith(open, 9);
      const first = [0, 1, 2, 3, 4].map(phoneNumber);
      await suppressed(place, ...first.map((one) => onList(one)));
      await backToPending(place, ...first);
      expect(await personsClaimed(place, 3)).toEqual([5, 6, 7].map(phoneNumber));
    });

    test('and those whom others have capped give their places to others, too', async () => {
      const place = await campaignWith(open, 6);
      const keys = [recipient(7, { key: 'A', line: 20 }), recipient(7, { key: 'B', line: 21 })];
      await imported(place, [...keys, ...people(6)], 'd2');
      const listed = [1, 3].map(phoneNumber);
      await suppressed(place, ...listed.map((one) => onList(one)));
      await backToPending(place, ...listed);
      const run = await runIn(place, { count: 1, perMs: WEEK });
      const claimed = await claimedBy(run, 5, 9_000);
      expect(claimed.map((one) => one.person)).toEqual([0, 2, 4, 5, 7].map(phoneNumber));
    });
  });

  describe('who is taken out while the request is out', () => {
    test.each([
      ['refused for now', DEFERRED],
      ['never sent', NOT_SENT],
    ] as const)('is skipped as soon as it is known to be %s', async (_what, outcome: Outcome) => {
      for (const [take, stands] of [
        [(place: Place) => suppressed(place, onList(person)), SUPPRESSED],
        [cancel, CANCELED],
      ] as const) {
        const place = await campaignWith(open, 1);
        const run = await runIn(place);
        const delivery = await claimedOne(run);
        await take(place);
        await ended(run, delivery, outcome, 4_000);
        expect(await standing(place, person)).toEqual(stands);
        expect(await run.nextDueAt()).toBeNull();
      }
    });

    test('keeps what is known, and what is uncertain', async () => {
      for (const [outcome, status] of [
        [REFUSED, 'refused'],
        [UNCERTAIN, 'uncertain'],
      ] as const) {
        const place = await campaignWith(open, 1);
        const run = await runIn(place);
        const delivery = await claimedOne(run);
        await suppressed(place, onList(person));
        await ended(run, delivery, outcome);
        expect(await standing(place, person)).toMatchObject({ status });
      }
    });
  });

  describe('who is gone from the file', () => {
    const gone = (place: Place) => imported(place, [recipient(1)], 'd2');

    test('is not sent to after an uncertain one turned out never to have left', async () => {
      const place = await settledAs(open, UNCERTAIN);
      await gone(place);
      const word = {
        people: [{ person, phone: person }],
        key: null,
        fate: 'absent',
        note: 'seen on the phone',
      } as const;
      expect(unwrapped(await place.ledger.campaigns.declare(place.campaign.id, word, OPERATOR))).toBe(1);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
    });

    test('is left out by a retry', async () => {
      const place = await settledAs(open, REFUSED);
      await gone(place);
      const requeued = unwrapped(await place.ledger.campaigns.requeue(place.campaign.id, ALL, OPERATOR));
      expect(requeued).toEqual({ count: 0, leftOut: { removed: 1 } });
      expect(await standing(place, person)).toMatchObject({ status: 'refused' });
    });

    test('is not sent to once the limit per person allows it', async () => {
      const next = await campaignIn(await settledAs(open, UNCERTAIN), { name: 'next' });
      await imported(next, people(2));
      const limit = { count: 1, perMs: WEEK };
      await inLine(next, 3_000, limit);
      expect(await standing(next, person)).toEqual({ status: 'skipped', reason: 'capped' });
      await imported(next, [recipient(1)], 'd2');
      await inLine(next, 3_000 + WEEK, limit);
      const claimed = await claimedBy(await runIn(next, limit), 9, 3_000 + WEEK);
      expect(claimed.map((one) => one.person)).toEqual([phoneNumber(1)]);
    });

    test('is not sent to once nobody is on the list any more', async () => {
      const place = await campaignWith(open, 2);
      await suppressed(place, onList(person));
      await gone(place);
      await place.ledger.lists.remove(WORKSPACE, [person]);
      await inLine(place, 4_000);
      expect(await claimedAgain(place, person)).toEqual({ claimed: [phoneNumber(1)], stands: REMOVED });
    });

    test('is not sent to after a resume, and counts say so at once', async () => {
      const place = await campaignWith(open, 2);
      await cancel(place);
      await gone(place);
      await place.ledger.campaigns.resume(place.campaign.id, OPERATOR);
      expect(await standing(place, person)).toEqual(REMOVED);
      expect(await claimedAgain(place, person)).toMatchObject({ claimed: [phoneNumber(1)] });
    });
  });

  test('a resume takes nobody up who was put on the list meanwhile', async () => {
    const place = await campaignWith(open, 2);
    await cancel(place);
    await suppressed(place, onList(person));
    await place.ledger.campaigns.resume(place.campaign.id, OPERATOR);
    expect(await standing(place, person)).toEqual(SUPPRESSED);
  });

  test('whom the limit per person held back and the list keeps out is skipped for the list', async () => {
    const place = await campaignWith(open, 1);
    await place.rawly("UPDATE deliveries SET status = 'skipped', reason = 'capped'");
    await suppressed(place, onList(person));
    await inLine(place, 4_000);
    expect(await standing(place, person)).toEqual(SUPPRESSED);
  });

  test('a retry leaves out whom it must not send to, and says why', async () => {
    const place = await campaignWith(open, 4);
    await place.rawly("UPDATE deliveries SET status = 'refused', error_code = '131026'");
    await imported(place, [recipient(0), recipient(2), recipient(3)], 'd2');
    await suppressed(place, onList(person));
    const filter = { ...ALL, code: '131026' };
    const retry = async () =>
      unwrapped(await place.ledger.campaigns.requeue(place.campaign.id, filter, OPERATOR));
    expect(await retry()).toEqual({ count: 2, leftOut: { suppressed: 1, removed: 1 } });
    await cancel(place);
    expect(await retry()).toEqual({ count: 0, leftOut: { canceled: 2 } });
  });

  test('the end of a run skips whoever came back to pending after the cancel', async () => {
    const place = await campaignWith(open, 2);
    const run = await runIn(place);
    await cancel(place);
    await backToPending(place, person);
    expect(await run.end(5_000, null, 'finished')).toEqual({ kind: 'written' });
    expect(await standing(place, person)).toEqual(CANCELED);
  });
}
