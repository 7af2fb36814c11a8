import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import {
  ACCEPTED,
  DEFERRED,
  NOT_SENT,
  REFUSED,
  recipient,
  settlementOf,
  UNCERTAIN,
} from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  countsOf,
  ended,
  imported,
  type OpenLedger,
  runIn,
  settledAs,
} from './ledger-at-hand.js';

/** What one run does in the ledger. */
export function runs(open: OpenLedger): void {
  describe('a run', () => {
    test('claims what is due, in order, once', async () => {
      const run = await runIn(await campaignWith(open, 5));
      const claimed = [...(await claimedBy(run, 2)), ...(await claimedBy(run))];
      expect(claimed.map(({ phone }) => phone)).toEqual([0, 1, 2, 3, 4].map(phoneNumber));
      expect(await claimedBy(run)).toEqual([]);
      expect(await run.counts()).toMatchObject({ sending: 5, pending: 0 });
    });

    test('answers claims that were made together one after the other', async () => {
      const run = await runIn(await campaignWith(open, 5));
      const both = await Promise.all([claimedBy(run, 3), claimedBy(run, 3)]);
      expect(both.map((claim) => claim.map(({ phone }) => phone))).toEqual([
        [0, 1, 2].map(phoneNumber),
        [3, 4].map(phoneNumber),
      ]);
    });

    test('hands out what a request needs', async () => {
      const run = await runIn(await campaignWith(open, 1));
      const [delivery] = await claimedBy(run);
      expect(delivery).toEqual({
        deliveryId: expect.any(Number),
        attemptId: expect.any(Number),
        phone: phoneNumber(0),
        person: phoneNumber(0),
        country: 'PE',
        bodyJson: '[{"variable":"1","value":"Ana 0"}]',
        headerJson: '[]',
        attachmentJson: null,
        transientRefusals: 0,
        deferrals: 0,
      });
    });

    test.each([
      ['accepted', ACCEPTED, { accepted: 1 }],
      ['refused', REFUSED, { refused: 1 }],
      ['uncertain', UNCERTAIN, { uncertain: 1 }],
      ['not sent', NOT_SENT, { pending: 1 }],
      ['deferred', DEFERRED, { pending: 1 }],
    ] as const)('writes what is %s', async (_name, outcome, counts) => {
      const { run } = await settledAs(open, outcome);
      expect(await run.counts()).toMatchObject({ recipients: 1, sending: 0, ...counts });
    });

    test('does not claim a deferred delivery before it is due', async () => {
      const { run } = await settledAs(open, DEFERRED);
      const dueAt = (await run.nextDueAt()) ?? 0;
      expect(dueAt).toBeGreaterThan(2_000);
      expect(await claimedBy(run, 1, dueAt - 1)).toEqual([]);
      expect(await claimedBy(run, 1, dueAt)).toMatchObject([{ transientRefusals: 1, deferrals: 1 }]);
    });

    test('tells when its last attempt began', async () => {
      const place = await campaignWith(open, 3);
      const { status } = place.ledger;
      const run = await runIn(place);
      await claimedOne(run, 1_500);
      await claimedOne(run, 1_700);
      const runId = (await status.lastRun(place.campaign.id))?.id ?? 0;
      expect(await status.lastAttemptAt(runId)).toBe(1_700);
      expect(await status.lastAttemptAt(runId + 1)).toBeNull();
    });

    test('claims in the order in which people are due', async () => {
      const place = await campaignWith(open, 3);
      const run = await runIn(place);
      await ended(run, await claimedOne(run), DEFERRED);
      expect(await place.ledger.status.nextDueAt(place.campaign.id)).toBe(0);
      const claimed = await claimedBy(run, 9, 9_000_000);
      expect(claimed.map(({ phone }) => phone)).toEqual([1, 2, 0].map(phoneNumber));
      expect(await place.ledger.status.nextDueAt(place.campaign.id)).toBeNull();
    });

    test('cannot settle the attempt of another run', async () => {
      const place = await campaignWith(open, 1);
      const dead = await runIn(place);
      const delivery = await claimedOne(dead);
      const next = await runIn({ ...place, ledger: await place.again() });
      expect(await next.recover(3_000)).toBe(1);
      for (const run of [dead, next]) {
        run.recordOutcome(settlementOf(delivery, NOT_SENT));
        await run.flush();
        expect(await next.counts()).toMatchObject({ uncertain: 1, pending: 0 });
      }
    });

    test('settles an attempt once', async () => {
      const { run, delivery } = await settledAs(open, ACCEPTED);
      await ended(run, delivery, REFUSED);
      expect(await run.counts()).toMatchObject({ accepted: 1, refused: 0 });
    });

    test('finds what dead runs left as uncertain, and nothing of its own', async () => {
      const place = await campaignWith(open, 4);
      for (let dead = 0; dead < 2; dead += 1) await claimedOne(await runIn(place));
      const run = await runIn(place);
      await claimedOne(run, 1_600);
      expect(await run.recover(3_000)).toBe(2);
      expect(await run.counts()).toMatchObject({ uncertain: 2, sending: 1, pending: 1 });
    });

    test('leaves the campaigns of others alone when it recovers', async () => {
      const place = await campaignWith(open, 2);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, [recipient(7)]);
      await claimedOne(await runIn(other));
      expect(await (await runIn(place)).recover(3_000)).toBe(0);
      expect(await countsOf(other)).toMatchObject({ sending: 1 });
    });

    test('does not call itself ended while something of it is in flight', async () => {
      const place = await campaignWith(open, 1);
      const run = await runIn(place);
      await claimedOne(run);
      await run.end(2_000, null, 'finished');
      expect(await place.ledger.runs.endedUncleanly()).toBe(true);
      expect(await place.ledger.runs.recover(place.campaign.id, 3_000)).toBe(1);
      expect(await countsOf(place)).toMatchObject({ uncertain: 1, sending: 0 });
    });

    test('that ended in order leaves nothing to look after', async () => {
      const { ledger, run, campaign } = await settledAs(open, ACCEPTED);
      expect(await run.end(3_000, null, 'finished')).toEqual({ kind: 'written' });
      expect(await ledger.runs.endedUncleanly()).toBe(false);
      expect(await ledger.status.lastRun(campaign.id)).toMatchObject({ endedAt: 3_000, halt: null });
    });

    test('never claims what is uncertain', async () => {
      const { run } = await settledAs(open, UNCERTAIN);
      expect(await claimedBy(run, 9, 9_999_999)).toEqual([]);
      expect(await run.nextDueAt()).toBeNull();
    });

    test('shows why it waits and why it halted, until the next one begins', async () => {
      const place = await campaignWith(open, 1);
      const { ledger, campaign } = place;
      const found = () => ledger.campaigns.find(campaign);
      const run = await runIn(place);
      const wait = { code: 'wait.ledger-busy', untilAt: 7_000 } as const;
      await run.showWaiting(wait);
      expect(await found()).toMatchObject({ waiting: wait, halt: null });
      const halt = { code: 'halt.ledger-write', params: { detail: 'x' } } as const;
      await run.end(5_000, halt, 'finished');
      expect(await found()).toMatchObject({ waiting: null, halt });
      expect(await ledger.status.lastRun(campaign.id)).toMatchObject({ pid: 1, host: 'host', halt });
      const next = await begunIn(place, null, 6_000);
      expect(await found()).toMatchObject({ waiting: null, halt: null });
      expect(await ledger.status.lastRun(campaign.id)).toMatchObject({ id: next.runId, endedAt: null });
    });

    test('makes room before it begins', async () => {
      const { ledger } = await campaignWith(open, 1);
      expect(await ledger.runs.reserve()).toEqual({ ok: true, value: null });
    });
  });
}
