import { describe, expect, test } from 'vitest';
import { assign } from '../../../src/core/reconcile-assign.js';
import {
  type AuditBatch,
  type AuditCursor,
  type AuditFinding,
  type AuditLedger,
  FIRST_FINDINGS,
} from '../../../src/core/reconcile-ports.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, UNCERTAIN } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  countsOf,
  ended,
  entryOf,
  imported,
  MINUTE,
  OPERATOR,
  type OpenLedger,
  runIn,
  settledAs,
  standing,
} from './ledger-at-hand.js';
import { LATER, listed, onlySend, present, read, settlingOf } from './list-at-hand.js';

/** What the list says of what was accepted, and of who is still to be sent to. */
export function audit(open: OpenLedger): void {
  describe('what was accepted', () => {
    test('is a control of the list, seen or missing', async () => {
      const place = await settledAs(open, ACCEPTED);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0, 2_100)]);
      expect(unwrapped(await settling.controls(scanId, 0))).toMatchObject({
        listed: 0,
        missingAt: [1_500],
        lastListedAt: null,
        lastAt: 1_500,
      });
      expect(await present(settling, scanId)).toMatchObject({ accepted: 0, confirmed: 1 });
      expect(unwrapped(await settling.controls(scanId, 0))).toEqual({
        listed: 1,
        missingAt: [],
        lastListedAt: 1_500,
        lastAt: 1_500,
        longestDelayMs: 100,
      });
      expect(unwrapped(await settling.controls(scanId, 1_501))).toMatchObject({ listed: 0, lastAt: null });
      expect(await countsOf(place)).toMatchObject({ accepted: 1, listed: 1 });
    });
  });

  describe('an audit', () => {
    test('finds who is missing, listed twice, failed, and not known', async () => {
      const place = await campaignWith(open, 3);
      const run = await runIn(place);
      for (const delivery of await claimedBy(run)) await ended(run, delivery, ACCEPTED);
      const settling = settlingOf(place);
      const records = [listed('a', 0, 1_600, { failed: true }), listed('b', 0), listed('z', 9)];
      const scanId = await read(settling, records, { purpose: 'look' });
      const send = await onlySend(settling);
      const [one, other] = unwrapped(await settling.recordsOf(scanId, [phoneNumber(0)]));
      if (one === undefined || other === undefined) throw new Error('nothing was listed');
      const failed = one.failed === true ? one : other;
      const match = { send, record: failed, likeness: 'exact', unrivalled: false } as const;
      const extra = [{ send, record: failed === one ? other : one }];
      unwrapped(await settling.writePresence(scanId, { matches: [match], extra }, false, OPERATOR));
      expect((await findings(settling, scanId, true)).map(({ finding, phone }) => [finding, phone])).toEqual([
        ['failed', phoneNumber(0)],
        ['missing', phoneNumber(1)],
        ['missing', phoneNumber(2)],
        ['twice', phoneNumber(0)],
        ['unknown', phoneNumber(9)],
      ]);
      const kinds = (await findings(settling, scanId, false)).map(({ finding }) => finding);
      expect(kinds).toEqual(['failed', 'twice', 'unknown']);
      expect(unwrapped(await settling.acceptedCount())).toBe(3);
      expect(unwrapped(await settling.openedAt())).toBe(1_000);
    });

    async function findings(settling: AuditLedger, scanId: number, complete: boolean) {
      const all: AuditFinding[] = [];
      for (let cursor: AuditCursor | null = FIRST_FINDINGS; cursor !== null; ) {
        const batch: AuditBatch = unwrapped(await settling.findings(scanId, cursor, complete));
        all.push(...batch.findings);
        cursor = batch.next;
      }
      return all;
    }

    test('holds back who is pending although listed, so that no send repeats it', async () => {
      const place = await campaignWith(open, 2);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0)], { purpose: 'look' });
      expect(unwrapped(await settling.holdListed(scanId, { by: 'maria', at: LATER }))).toBe(1);
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'uncertain', reason: 'in-list' });
      const claimed = await claimedBy(await runIn(place), 9, LATER);
      expect(claimed.map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
    });

    test('holds back who was taken out although listed, so that no return repeats it', async () => {
      const place = await campaignWith(open, 2);
      await place.ledger.campaigns.cancel(place.campaign.id, OPERATOR);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0)], { purpose: 'look' });
      expect(unwrapped(await settling.holdListed(scanId, { by: 'maria', at: LATER }))).toBe(1);
      await place.ledger.campaigns.resume(place.campaign.id, OPERATOR);
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'uncertain', reason: 'in-list' });
      const claimed = await claimedBy(await runIn(place), 9, LATER);
      expect(claimed.map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
    });

    test('holds back who was refused although a later record shows them, so that no retry repeats it', async () => {
      const place = await settledAs(open, REFUSED);
      const settling = settlingOf(place);
      const later = LATER - MINUTE;
      const scanId = await read(settling, [listed('own', 0, 2_000), listed('a', 0, later)], {
        purpose: 'look',
      });
      expect(unwrapped(await settling.holdListed(scanId, { by: 'maria', at: LATER }))).toBe(1);
      expect(await standing(place, phoneNumber(0))).toEqual({ status: 'uncertain', reason: 'in-list' });
    });

    test('holds back whom it finds under a name that the campaign had before', async () => {
      const place = await campaignWith(open, 1);
      unwrapped(await place.ledger.campaigns.open(entryOf({ campaignName: 'sale again' }), true, 2_000));
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('a', 0)], { purpose: 'look' });
      expect(unwrapped(await settling.holdListed(scanId, { by: 'maria', at: LATER }))).toBe(1);
    });

    test('gives no record to an order that may be of another one, whose fate is unknown', async () => {
      const place = await campaignIn(await open());
      await imported(
        place,
        ['a', 'b'].map((key, index) => ({ ...recipient(0), key, line: index + 2 })),
      );
      const run = await runIn(place);
      await ended(run, await claimedOne(run, 20 * MINUTE), UNCERTAIN, 20 * MINUTE + 1_000);
      const settling = settlingOf(place);
      const scanId = await read(settling, [listed('r', 0, 8 * MINUTE)], { purpose: 'look' });
      expect(unwrapped(await settling.holdListed(scanId, { by: 'maria', at: LATER }))).toBe(1);
      const sends = unwrapped(await settling.sendsTo([phoneNumber(0)]));
      expect(sends.map(({ ownRecordId }) => ownRecordId)).toEqual([null, null]);
      const assigned = assign(sends, unwrapped(await settling.recordsOf(scanId, [phoneNumber(0)])));
      expect([...assigned.unmatched.values()]).toEqual(['ambiguous', 'ambiguous']);
    });
  });
}
