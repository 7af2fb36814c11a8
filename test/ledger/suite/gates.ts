import { describe, expect, test } from 'vitest';
import { LONGEST_RETRY_AFTER_MS } from '../../../src/core/backoff.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, DEFERRED, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  DAY,
  ended,
  imported,
  type OpenLedger,
  type Place,
  runIn,
  settledAs,
} from './ledger-at-hand.js';

const WRITTEN = { kind: 'written' };

/** What the conditions before a claim ask and write. */
export function gates(open: OpenLedger): void {
  const gatesOf = ({ ledger, campaign }: Place) => ledger.runs.gates(campaign.id, WORKSPACE);

  describe('a window', () => {
    test('puts off a country of those who are pending, and nobody else', async () => {
      const place = await campaignIn(await open());
      await imported(place, [recipient(0), recipient(1, { country: 'MX' }), recipient(2, { country: '' })]);
      const gates = gatesOf(place);
      expect([...(await gates.pendingCountries())].toSorted()).toEqual(['', 'MX', 'PE']);
      expect(await gates.postpone('PE', 5_000)).toEqual(WRITTEN);
      const run = await runIn(place);
      expect((await claimedBy(run)).map(({ country }) => country)).toEqual(['MX', '']);
      expect(await run.nextDueAt()).toBe(5_000);
      expect(await gates.pendingCountries()).toEqual(['PE']);
      expect(await claimedBy(run, 9, 5_000)).toMatchObject([{ phone: phoneNumber(0) }]);
      expect(await gates.pendingCountries()).toEqual([]);
    });

    test('that was edited lets go of whom it put off', async () => {
      const place = await campaignWith(open, 2);
      const gates = gatesOf(place);
      await gates.postpone('PE', 5_000);
      await gates.postpone('PE', 4_000);
      expect(await place.ledger.status.nextDueAt(place.campaign.id)).toBe(5_000);
      expect(await gates.forgetPostponing(1_500)).toEqual(WRITTEN);
      expect(await claimedBy(await runIn(place))).toHaveLength(2);
    });

    test('keeps a retry waiting no longer than a retry ever waits, whatever a clock said', async () => {
      const place = await campaignWith(open, 2);
      const run = await runIn(place);
      const [soon, never] = await claimedBy(run, 2);
      if (soon === undefined || never === undefined) throw new Error('nothing was claimed');
      await ended(run, soon, DEFERRED, 1_500);
      await ended(run, never, DEFERRED, 1_500 + 365 * DAY);
      const { status } = place.ledger;
      expect(await gatesOf(place).forgetPostponing(1_500)).toEqual(WRITTEN);
      expect(await status.nextDueAt(place.campaign.id)).toBe(2_500);
      expect(await claimedBy(run, 9, 1_500 + LONGEST_RETRY_AFTER_MS - 1)).toHaveLength(1);
      expect(await claimedBy(run, 9, 1_500 + LONGEST_RETRY_AFTER_MS)).toHaveLength(1);
    });
  });

  describe('a canary', () => {
    test('sees how the first messages stand', async () => {
      const place = await campaignWith(open, 4);
      const run = await runIn(place);
      const outcomes = [ACCEPTED, REFUSED, UNCERTAIN] as const;
      for (const [index, delivery] of (await claimedBy(run)).entries()) {
        const outcome = outcomes[index];
        if (outcome !== undefined) await ended(run, delivery, outcome);
      }
      expect(await gatesOf(place).canaryUse()).toEqual({
        passedAt: null,
        begun: 4,
        ended: 3,
        failed: 2,
        lastEndedAt: 1_500,
      });
    });

    test('begins anew after a run that it halted', async () => {
      const place = await settledAs(open, REFUSED);
      const params = { failed: 1, ended: 1, maximum: 0 };
      await place.run.end(3_000, { code: 'halt.canary', params } as never, 'finished');
      expect(await gatesOf(place).canaryUse()).toMatchObject({ begun: 0, ended: 0, failed: 0 });
    });

    test('counts the first of the next run also where the clock was set back since', async () => {
      const place = await campaignWith(open, 2);
      const tomorrow = DAY + 1_000;
      const run = await runIn(place, null, tomorrow);
      await ended(run, await claimedOne(run, tomorrow), REFUSED, tomorrow);
      await run.end(tomorrow, { code: 'halt.canary', params: {} } as never, 'finished');
      const next = await runIn(place, null, 2_000);
      await ended(next, await claimedOne(next, 2_000), ACCEPTED, 2_000);
      expect(await gatesOf(place).canaryUse()).toMatchObject({ begun: 1, ended: 1, failed: 0 });
    });

    test('that passed stays passed', async () => {
      const place = await campaignWith(open, 1);
      const gates = gatesOf(place);
      expect(await gates.passCanary(3_000)).toEqual(WRITTEN);
      expect(await gates.canaryUse()).toMatchObject({ passedAt: 3_000, begun: 0, lastEndedAt: null });
      expect(await place.ledger.campaigns.find(place.campaign)).toMatchObject({ canaryPassedAt: 3_000 });
    });
  });
}
