import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import { recipient } from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  campaignWith,
  claimedOne,
  countsOf,
  imported,
  type OpenLedger,
} from './ledger-at-hand.js';

/** What belongs to no campaign. */
export function wholeLedger(open: OpenLedger): void {
  describe('the ledger', () => {
    test('holds together, survives a power cut, and is held by nobody', async () => {
      const { ledger } = await campaignWith(open, 3);
      for (const depth of ['quick', 'full'] as const) {
        expect(await ledger.check(depth)).toEqual({ ok: true, value: null });
      }
      expect(await ledger.durability()).toMatchObject({ durable: true });
      expect(await ledger.isHeld(1)).toBe(false);
      expect(await ledger.runs.endedUncleanly()).toBe(false);
    });

    test('is told from others by an id that stays', async () => {
      const [one, other] = [await open(), await open()];
      const id = await one.ledger.identity.id();
      expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u);
      expect(await (await one.again()).identity.id()).toBe(id);
      expect(await other.ledger.identity.id()).not.toBe(id);
    });

    test('knows a campaign’s last attempt, whatever others sent since, and no other ledger’s', async () => {
      const place = await campaignWith(open, 2);
      const { identity } = place.ledger;
      expect(await identity.lastAttempt(place.campaign.id)).toBeNull();
      const { runId, ledger: run } = await begunIn(place);
      const { attemptId } = await claimedOne(run);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, [recipient(7)]);
      await claimedOne((await begunIn(other)).ledger);
      const mark = { attemptId, runId, runStartedAt: 1_000 };
      expect(await identity.lastAttempt(place.campaign.id)).toEqual(mark);
      expect(await identity.holdsAttempt(place.campaign, mark)).toBe(true);
      for (const wrong of [{ attemptId: attemptId + 9 }, { runId: runId + 9 }, { runStartedAt: 1_001 }]) {
        expect(await identity.holdsAttempt(place.campaign, { ...mark, ...wrong })).toBe(false);
      }
      expect(await identity.holdsAttempt(other.campaign, mark)).toBe(false);
    });

    test('works while it sends, and gives back what the work gives', async () => {
      const place = await campaignWith(open, 1);
      expect(await place.ledger.whileSending(() => countsOf(place))).toMatchObject({ pending: 1 });
      await expect(place.ledger.whileSending(() => Promise.reject(new Error('stop')))).rejects.toThrow(
        'stop',
      );
    });
  });

  describe('a rate that a sender was taught', () => {
    test('is kept, replaced and forgotten', async () => {
      const { runs } = (await open()).ledger;
      expect(await runs.learnedRate('sender')).toBeNull();
      await runs.keepLearnedRate('sender', 4.5, 1_000);
      await runs.keepLearnedRate('other', 9, 1_000);
      await runs.keepLearnedRate('sender', 2.25, 2_000);
      expect(await runs.learnedRate('sender')).toEqual({ ratePerSecond: 2.25, learnedAt: 2_000 });
      await runs.forgetLearnedRate('sender', 3_000);
      expect(await runs.learnedRate('sender')).toBeNull();
      expect(await runs.learnedRate('other')).toEqual({ ratePerSecond: 9, learnedAt: 1_000 });
    });
  });

  describe('a wait that a sender was asked for', () => {
    test('is kept beside its rate, whichever came first', async () => {
      const { runs } = (await open()).ledger;
      expect(await runs.pause('sender')).toBeNull();
      await runs.keepLearnedRate('sender', 4.5, 1_000);
      expect(await runs.pause('sender')).toBeNull();
      await runs.keepPause('sender', { askedAt: 2_000, untilAt: 9_000 }, 2.25);
      await runs.keepLearnedRate('sender', 2.25, 3_000);
      expect(await runs.pause('sender')).toEqual({ askedAt: 2_000, untilAt: 9_000 });
      expect(await runs.learnedRate('sender')).toEqual({ ratePerSecond: 2.25, learnedAt: 3_000 });
      await runs.keepPause('other', { askedAt: 2_000, untilAt: 5_000 }, 9);
      await runs.keepPause('other', { askedAt: 3_000, untilAt: 6_000 }, 9);
      expect(await runs.pause('other')).toEqual({ askedAt: 3_000, untilAt: 6_000 });
    });

    test('outlasts the rate that was learned, until it is over', async () => {
      const { runs } = (await open()).ledger;
      await runs.keepLearnedRate('sender', 4.5, 1_000);
      await runs.keepPause('sender', { askedAt: 2_000, untilAt: 9_000 }, 4.5);
      await runs.forgetLearnedRate('sender', 8_999);
      expect(await runs.pause('sender')).toEqual({ askedAt: 2_000, untilAt: 9_000 });
      await runs.forgetLearnedRate('sender', 9_000);
      expect(await runs.pause('sender')).toBeNull();
      expect(await runs.learnedRate('sender')).toBeNull();
    });
  });

  describe('a test message', () => {
    const person = phoneNumber(3);
    const test1 = { workspace: 'ws-test', campaign: 'sale', template: 'sale_es', phone: person, person };
    const message = { ...test1, body: [{ variable: '1', value: 'Ana' }], header: [], press: null };
    const answer = { httpStatus: 200, errorCode: null, errorMessage: null };

    test('is entered before it leaves, ends once, and is nobody’s delivery', async () => {
      const place = await campaignWith(open, 1);
      const { testSends, people } = place.ledger;
      const begun = await testSends.begin(message, 2_000);
      if (!begun.ok) throw new Error('the test message was not entered');
      await testSends.end(begun.value, 'accepted', answer, 2_500);
      await testSends.end(begun.value, 'refused', answer, 2_600);
      const scope = { campaignId: place.campaign.id, workspace: 'ws-test', sender: 'sender' };
      const clocks = () => ({ at: 3_000, bootId: 'boot', monotonicMs: 3_000, providerOffsetMs: null });
      const sends = await place.ledger.settling(scope, clocks).sendsTo([person]);
      expect(sends).toMatchObject({
        ok: true,
        value: [{ kind: 'test', standing: 'accepted', tries: [{ startedAt: 2_000, answeredAt: 2_500 }] }],
      });
      expect(await countsOf(place)).toMatchObject({ recipients: 1, pending: 1 });
      expect(await people.forget(person, 9_000)).toMatchObject({ people: 1, testSends: 1 });
    });

    test('of a press that was heard before is none, and those that nobody pressed are as many as there are', async () => {
      const { testSends } = (await campaignWith(open, 1)).ledger;
      const pressed = { ...message, press: 'one' };
      expect(await testSends.begin(pressed, 2_000)).toMatchObject({ ok: true });
      expect(await testSends.begin(pressed, 3_000)).toMatchObject({
        ok: false,
        problems: [{ code: 'test.pressed-before' }],
      });
      for (const each of [{ ...message, press: 'two' }, message, message])
        expect(await testSends.begin(each, 4_000)).toMatchObject({ ok: true });
    });
  });
}
