import { describe, expect, test } from 'vitest';
import { assign } from '../../../src/core/reconcile-assign.js';
import { unwrapped } from '../../support/results.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  collected,
  countsOf,
  ended,
  expectBalance,
  imported,
  OPERATOR,
  type OpenLedger,
  people,
  rejectedRow,
  rowsOf,
  runIn,
  settledAs,
} from './ledger-at-hand.js';
import { listed, read, settlingOf } from './list-at-hand.js';

/** How data of persons leave the ledger. */
export function forgetting(open: OpenLedger): void {
  describe('somebody who is forgotten', () => {
    const person = phoneNumber(0);

    test('keeps status and attempts, and loses phone and cells', async () => {
      const place = await settledAs(open, ACCEPTED);
      const forgotten = await place.ledger.people.forget(person, 3_000);
      expect(forgotten).toMatchObject({ people: 1, deliveries: 1, suppressions: 0, open: [], rows: 0 });
      expect(await rowsOf(place)).toMatchObject([
        { line: 2, phone: '', status: 'accepted', attempts: 1, cells: [] },
      ]);
      expect(await place.ledger.people.forget(person, 3_000)).toMatchObject({ people: 0 });
    });

    test.each(['pending', 'refused'] as const)('is never sent to again when %s', async (status) => {
      const place = status === 'refused' ? await settledAs(open, REFUSED) : await campaignWith(open, 1);
      await place.ledger.people.forget(person, 3_000);
      await imported(place, people(2), 'd2');
      expect(await countsOf(place)).toMatchObject({ recipients: 2, pending: 1, skipped: 1 });
      expect((await claimedBy(await runIn(place))).map(({ phone }) => phone)).toEqual([phoneNumber(1)]);
      await expectBalance(place);
    });

    test('keeps the record of what she got: it settles no message of a later campaign', async () => {
      const place = await settledAs(open, ACCEPTED);
      await place.ledger.people.forget(person, 3_000);
      const other = await campaignIn(place, { name: 'other', campaignName: 'sale' });
      await imported(other, people(1));
      const run = await runIn(other);
      await ended(run, await claimedOne(run, 4_000), UNCERTAIN, 5_000);
      const settling = settlingOf(other);
      const scanId = await read(settling, [listed('of-forgotten', 0, 1_600)]);
      const sends = unwrapped(await settling.sendsTo([person]));
      const { matches } = assign(sends, unwrapped(await settling.recordsOf(scanId, [person])));
      unwrapped(await settling.writePresence(scanId, { matches, extra: [] }, true, OPERATOR));
      expect(await countsOf(other)).toMatchObject({ uncertain: 1, accepted: 0 });
      expect(await collected(place.ledger.reports.evidence(place.campaign.id))).toEqual([]);
    });

    test('stays whole while what became of a message is open', async () => {
      const place = await settledAs(open, UNCERTAIN);
      const { open: stays, people: gone } = await place.ledger.people.forget(person, 3_000);
      expect([gone, stays]).toEqual([0, [{ person, campaign: 'sale', status: 'uncertain' }]]);
      expect(await rowsOf(place)).toMatchObject([{ phone: person }]);
    });

    test('stays on the do-not-contact list, nameless, and can be taken off it by the number', async () => {
      const place = await campaignWith(open, 1);
      const { lists } = place.ledger;
      const entry = { person, phone: person, reason: 'asked', source: 'test', expiresAt: null };
      await lists.add(WORKSPACE, [entry], 2_000);
      expect(await place.ledger.people.forget(person, 3_000)).toMatchObject({ suppressions: 1 });
      expect(await collected(lists.entries(WORKSPACE))).toMatchObject([{ phone: '', reason: 'asked' }]);
      expect(await lists.isOn(WORKSPACE, person, 3_500)).toBe(true);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, people(1));
      expect(await claimedBy(await runIn(other))).toEqual([]);
      expect(await lists.remove(WORKSPACE, [person])).toBe(1);
    });

    test('counts as on the do-not-contact list already when somebody names her number again', async () => {
      const { ledger } = await campaignWith(open, 1);
      const { lists } = ledger;
      const entry = { person, phone: person, reason: 'asked', source: 'test', expiresAt: null };
      await lists.add(WORKSPACE, [{ ...entry, expiresAt: 9_000 }], 2_000);
      await ledger.people.forget(person, 3_000);
      const other = { ...entry, person: phoneNumber(1), phone: phoneNumber(1) };
      expect(await lists.add('another', [entry, other], 4_000)).toBe(2);
      expect(await lists.add(WORKSPACE, [entry, other], 4_000)).toBe(1);
      await ledger.people.forget(person, 5_000);
      await ledger.people.forget(phoneNumber(1), 5_000);
      await lists.remove(WORKSPACE, [person]);
      expect(await lists.add(WORKSPACE, [entry, other], 6_000)).toBe(1);
    });

    test('is gone from repeated and rejected rows, too', async () => {
      const place = await campaignIn(await open());
      const rejection = {
        line: 9,
        phone: `+${person}`,
        reason: 'phone.landline',
        column: '',
        value: '',
      } as const;
      await imported(place, [
        recipient(0),
        recipient(0, { line: 5 }),
        { kind: 'rejection', rejection: { ...rejection, cells: [person] } },
      ]);
      expect(await place.ledger.people.forget(person, 3_000)).toMatchObject({ rows: 1 });
      expect(JSON.stringify(await rowsOf(place))).not.toContain(person);
    });
  });

  describe('retention', () => {
    test('forgets whose last campaign is older, and the rows of old files', async () => {
      const place = await campaignIn(await open());
      await imported(place, [...people(3), rejectedRow(9)], 'd1', 1_000);
      const next = await campaignIn(place, { name: 'next' });
      await imported(next, [recipient(1)], 'd2', 9_000);
      const { ledger } = place;
      expect(await ledger.people.countLastSeenBefore(5_000)).toBe(2);
      const forgotten = await ledger.people.forgetOlder(5_000, 10_000);
      expect(forgotten).toMatchObject({ people: 2, deliveries: 2, rows: 1 });
      expect(await ledger.people.countLastSeenBefore(5_000)).toBe(0);
      expect((await rowsOf(place)).map(({ phone }) => phone)).toEqual(['', phoneNumber(1), '', '']);
      expect(await ledger.people.eraseLeftovers()).toBe(true);
    });
  });
}
