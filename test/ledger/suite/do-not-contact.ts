import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, REFUSED, recipient, settlementOf, WORKSPACE } from '../../support/sends.js';
import {
  campaignIn,
  campaignWith,
  claimedOne,
  collected,
  imported,
  type OpenLedger,
  runIn,
  settledAs,
  standing,
  takenOut,
} from './ledger-at-hand.js';

/** Who must not be written to. */
export function doNotContact(open: OpenLedger): void {
  describe('the do-not-contact list', () => {
    const person = phoneNumber(1);
    const entry = { person, phone: person, reason: 'asked', source: 'test', expiresAt: null };

    test('skips who is on it at once, and takes back who leaves it', async () => {
      const place = await campaignWith(open, 2);
      const { lists } = place.ledger;
      expect(await lists.add(WORKSPACE, [entry], 2_000)).toBe(1);
      expect(await standing(place, person)).toEqual({ status: 'skipped', reason: 'suppressed' });
      expect(await lists.remove(WORKSPACE, [person])).toBe(1);
      await takenOut(place, 2_000);
      expect(await standing(place, person)).toEqual({ status: 'pending', reason: null });
    });

    test('lets nobody off by an entry that somebody saw before something else was said', async () => {
      const { lists } = (await campaignWith(open, 2)).ledger;
      await lists.add(WORKSPACE, [{ ...entry, expiresAt: 9_000 }], 2_000);
      const seen = { addedAt: 2_000, expiresAt: 9_000 };
      await lists.add(WORKSPACE, [entry], 3_000);
      expect(await lists.remove(WORKSPACE, [person], seen)).toBe(0);
      expect(await lists.remove(WORKSPACE, [person], { addedAt: 3_000, expiresAt: 9_000 })).toBe(0);
      expect(await lists.isOn(WORKSPACE, person, 4_000)).toBe(true);
      expect(await lists.remove(WORKSPACE, [person], { addedAt: 3_000, expiresAt: null })).toBe(1);
    });

    test('has an opt-out at WhatsApp in the place of what somebody said before', async () => {
      const place = await campaignWith(open, 2);
      const run = await runIn(place);
      const delivery = await claimedOne(run);
      const [known, { lists }] = [{ ...entry, person: delivery.person }, place.ledger];
      await lists.add(WORKSPACE, [{ ...known, expiresAt: 9_000 }], 1_800);
      run.recordOutcome({ ...settlementOf(delivery, REFUSED, 2_000), reason: 'opted-out' });
      expect(await run.flush()).toEqual({ kind: 'written' });
      expect(await collected(lists.entries(WORKSPACE))).toMatchObject([
        { reason: 'opted-out', source: 'whatsapp', addedAt: 2_000, expiresAt: null },
      ]);
    });

    test('ends with its expiry', async () => {
      const place = await campaignWith(open, 2);
      await place.ledger.lists.add(WORKSPACE, [{ ...entry, expiresAt: 5_000 }], 2_000);
      const isOn = (at: number) => place.ledger.lists.isOn(WORKSPACE, person, at);
      expect([await isOn(4_999), await isOn(5_000)]).toEqual([true, false]);
      await takenOut(place, 5_001);
      expect(await standing(place, person)).toMatchObject({ status: 'pending' });
    });

    test('keeps whom it held back when it was confirmed, although the entry has expired since', async () => {
      const place = await campaignWith(open, 2);
      await place.ledger.lists.add(WORKSPACE, [{ ...entry, expiresAt: 5_000 }], 2_000);
      await takenOut(place, 5_001, null, 4_000);
      expect(await standing(place, person)).toEqual({ status: 'skipped', reason: 'suppressed' });
      await takenOut(place, 5_001, null, 5_000);
      expect(await standing(place, person)).toMatchObject({ status: 'pending' });
    });

    test('has nobody on it whose entry has expired: who is put on it again is new there', async () => {
      const { lists } = (await campaignWith(open, 2)).ledger;
      const brief = { ...entry, expiresAt: 5_000 };
      const added = [];
      for (const [one, at] of [
        [brief, 2_000],
        [brief, 4_999],
        [entry, 5_000],
        [entry, 6_000],
      ] as const)
        added.push(await lists.add(WORKSPACE, [one], at));
      expect(added).toEqual([1, 0, 1, 0]);
    });

    test('takes an old entry in twice as one', async () => {
      const { lists } = (await campaignWith(open, 2)).ledger;
      const old = { ...entry, expiresAt: 5_000 };
      expect([await lists.add(WORKSPACE, [old], 9_000), await lists.add(WORKSPACE, [old], 9_001)]).toEqual([
        1, 0,
      ]);
    });

    test('takes a person with an old entry and one that lasts, in one go, in as one', async () => {
      const { lists } = (await campaignWith(open, 2)).ledger;
      const old = { ...entry, expiresAt: 5_000 };
      expect(await lists.add(WORKSPACE, [old, entry], 9_000)).toBe(1);
      expect(await lists.add(WORKSPACE, [old, entry], 9_001)).toBe(0);
    });

    test('holds for its workspace alone', async () => {
      const place = await campaignWith(open, 2);
      const { lists } = place.ledger;
      await lists.add('another', [entry], 2_000);
      expect(await standing(place, person)).toMatchObject({ status: 'pending' });
      expect(await collected(lists.entries(WORKSPACE))).toEqual([]);
      expect(await lists.isOn(WORKSPACE, person, 2_000)).toBe(false);
      expect(await lists.workspaces()).toEqual(['another', WORKSPACE].toSorted());
    });

    test('never touches who was sent to', async () => {
      const place = await settledAs(open, ACCEPTED);
      await place.ledger.lists.add(WORKSPACE, [{ ...entry, person: phoneNumber(0) }], 3_000);
      expect(await standing(place, phoneNumber(0))).toMatchObject({ status: 'accepted' });
    });

    test('is read in order of person, with the last word on each', async () => {
      const { ledger } = await open();
      const { lists } = ledger;
      const other = { ...entry, person: phoneNumber(0), phone: phoneNumber(0), addedAt: 7 };
      expect(await lists.add(WORKSPACE, [entry, other], 2_000)).toBe(2);
      expect(await lists.add(WORKSPACE, [{ ...entry, reason: 'again' }], 3_000)).toBe(0);
      expect(await collected(lists.entries(WORKSPACE))).toEqual([
        other,
        { ...entry, reason: 'again', addedAt: 3_000 },
      ]);
    });

    test('keeps of two entries for a person the one that lasts longer: taking in a list makes no wish weaker', async () => {
      const place = await campaignWith(open, 2);
      const { lists } = place.ledger;
      const temporary = { ...entry, reason: 'list', expiresAt: 9_000 };
      await lists.add(WORKSPACE, [entry], 2_000);
      expect(await lists.add(WORKSPACE, [temporary], 3_000)).toBe(0);
      await lists.add(WORKSPACE, [{ ...temporary, expiresAt: 1_000 }], 3_000);
      expect(await collected(lists.entries(WORKSPACE))).toEqual([{ ...entry, addedAt: 2_000 }]);
      await takenOut(place, 10_000);
      expect(await standing(place, person)).toMatchObject({ reason: 'suppressed' });
    });

    test('keeps the longer of two ends, whichever came first, also within one list', async () => {
      const { lists } = (await open()).ledger;
      const until = (expiresAt: number | null) => ({ ...entry, expiresAt });
      const ends = async () => (await collected(lists.entries(WORKSPACE))).map((one) => one.expiresAt);
      await lists.add(WORKSPACE, [until(9_000), until(5_000)], 2_000);
      expect(await ends()).toEqual([9_000]);
      await lists.add(WORKSPACE, [until(8_000)], 2_000);
      expect(await ends()).toEqual([9_000]);
      await lists.add(WORKSPACE, [until(null), until(12_000)], 2_000);
      expect(await ends()).toEqual([null]);
    });

    test('is read from behind a person on, for who reads it page by page', async () => {
      const { lists } = (await open()).ledger;
      const people = [0, 1, 2].map((index) => ({ ...entry, person: phoneNumber(index) }));
      await lists.add(WORKSPACE, people, 2_000);
      const behind = await collected(lists.entries(WORKSPACE, phoneNumber(0)));
      expect(behind.map((one) => one.person)).toEqual([phoneNumber(1), phoneNumber(2)]);
      expect(await collected(lists.entries(WORKSPACE, phoneNumber(2)))).toEqual([]);
    });

    test('of a campaign is what its files say now, and holds for it alone', async () => {
      const place = await campaignWith(open, 3);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, [recipient(1)]);
      const { lists } = place.ledger;
      await lists.replaceOfCampaign(place.campaign, [entry], 2_000);
      expect(await standing(place, person)).toMatchObject({ reason: 'suppressed' });
      expect(await standing(other, person)).toMatchObject({ status: 'pending' });
      expect(await collected(lists.entries(WORKSPACE))).toEqual([]);
      await lists.replaceOfCampaign(place.campaign, [{ ...entry, person: phoneNumber(2) }], 3_000);
      await takenOut(place, 3_000);
      expect(await standing(place, person)).toMatchObject({ status: 'pending' });
      expect(await standing(place, phoneNumber(2))).toMatchObject({ reason: 'suppressed' });
    });

    test('is heard by a run that goes on', async () => {
      const place = await campaignWith(open, 2);
      const run = await runIn(place);
      const before = await run.takenOut();
      expect(await run.takenOut()).toBe(before);
      await place.ledger.lists.add(WORKSPACE, [entry], 2_000);
      expect(await run.takenOut()).not.toBe(before);
    });

    test('takes in who opted out at WhatsApp, for every campaign of the workspace', async () => {
      const place = await campaignWith(open, 1);
      const other = await campaignIn(place, { name: 'other' });
      await imported(other, [recipient(0)]);
      const run = await runIn(place);
      const delivery = await claimedOne(run);
      const refused = { outcome: 'refused', status: 'refused', reason: 'opted-out' } as const;
      run.recordOutcome({ ...settlementOf(delivery, ACCEPTED), ...refused });
      await run.flush();
      expect(await standing(other, phoneNumber(0))).toEqual({ status: 'skipped', reason: 'suppressed' });
      expect(await place.ledger.lists.isOn(WORKSPACE, phoneNumber(0), 9_000)).toBe(true);
    });
  });
}
