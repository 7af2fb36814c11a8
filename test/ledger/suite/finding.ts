import { describe, expect, test } from 'vitest';
import type { DeliveryFilter, FoundPage, PageEnd } from '../../../src/core/ledger/finding.js';
import { phoneNumber } from '../../support/run-cli.js';
import { ACCEPTED, DEFERRED, REFUSED, recipient, UNCERTAIN, WORKSPACE } from '../../support/sends.js';
import {
  begunIn,
  campaignIn,
  campaignWith,
  claimedBy,
  claimedOne,
  ended,
  imported,
  OPERATOR,
  type OpenLedger,
  type Place,
  people,
  rejectedRow,
  runIn,
  settledAs,
} from './ledger-at-hand.js';

const ANYBODY: DeliveryFilter = { status: null, reason: null, confirmation: null };

/** Every row of a list, read in pages of so many. */
async function inPages<T>(
  most: number,
  page: (after: PageEnd | null) => Promise<FoundPage<T>>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  let after: PageEnd | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const found: FoundPage<T> = await page(after);
    expect(found.rows.length).toBeLessThanOrEqual(most);
    rows.push(...found.rows);
    after = found.next;
    if (after === null) return rows;
  }
  throw new Error('the list has no end');
}

/** The lines of those who fit a filter, read two at a time. */
async function linesOf(
  { ledger, campaign }: Place,
  filter: Partial<DeliveryFilter>,
): Promise<readonly number[]> {
  const all = { ...ANYBODY, ...filter };
  const rows = await inPages(2, (after) => ledger.finding.deliveries(campaign.id, all, { after, most: 2 }));
  return rows.map(({ line }) => line);
}

/** Nine people: three accepted, two refused, one uncertain, one sending, two pending; and a campaign beside them. */
async function mixed(open: OpenLedger): Promise<Place> {
  const place = await campaignWith(open, 9);
  const other = await campaignIn(place, { name: 'other' });
  await imported(other, people(9), 'd2');
  const { ledger: run } = await begunIn(place);
  const claimed = await claimedBy(run, 7);
  const outcomes = [ACCEPTED, REFUSED, ACCEPTED, UNCERTAIN, REFUSED, ACCEPTED];
  for (const [index, outcome] of outcomes.entries()) {
    const delivery = claimed[index];
    if (delivery === undefined) throw new Error('nothing was claimed');
    await ended(run, delivery, outcome);
  }
  return place;
}

/** Looking for people and rows. */
export function finding(open: OpenLedger): void {
  describe('looking for people', () => {
    test('gives everybody of a status or reason once, whatever the size of a page', async () => {
      const place = await mixed(open);
      expect(await linesOf(place, {})).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await linesOf(place, { status: 'accepted' })).toEqual([2, 4, 7]);
      expect(await linesOf(place, { status: 'refused' })).toEqual([3, 6]);
      expect(await linesOf(place, { status: 'refused', reason: 'not-on-whatsapp' })).toEqual([3, 6]);
      expect(await linesOf(place, { status: 'refused', reason: 'not-now' })).toEqual([]);
      expect(await linesOf(place, { reason: 'no-answer' })).toEqual([5]);
      expect(await linesOf(place, { status: 'sending' })).toEqual([8]);
      expect(await linesOf(place, { status: 'pending' })).toEqual([9, 10]);
      expect(await linesOf(place, { confirmation: 'failed' })).toEqual([]);
    });

    test('tells of each what became of the message', async () => {
      const { ledger, campaign } = await mixed(open);
      const filter = { ...ANYBODY, status: 'refused' } as const;
      const { rows } = await ledger.finding.deliveries(campaign.id, filter, { after: null, most: 1 });
      expect(rows).toEqual([
        {
          id: expect.any(Number),
          line: 3,
          phone: phoneNumber(1),
          person: phoneNumber(1),
          key: '',
          status: 'refused',
          reason: 'not-on-whatsapp',
          attempts: 1,
          firstAttemptAt: 1_500,
          lastAttemptAt: 1_500,
          httpStatus: 200,
          errorCode: null,
          errorMessage: null,
          contactId: null,
          confirmation: null,
          dueAt: 0,
        },
      ]);
      expect(await ledger.finding.ofPerson(campaign.id, phoneNumber(1))).toEqual(rows);
      expect(await ledger.finding.ofPerson(campaign.id, phoneNumber(99))).toEqual([]);
      const ids = [rows[0]?.id ?? 0, 99_999];
      expect(await ledger.finding.deliveriesOf(ids)).toEqual(rows);
    });

    test('has one of several messages to a person for each key', async () => {
      const place = await campaignIn(await open(), { keyColumn: 'order' });
      await imported(
        place,
        ['b', 'a'].map((key, index) => recipient(0, { key, line: index + 2 })),
      );
      const { ledger, campaign } = place;
      const found = await ledger.finding.ofPerson(campaign.id, phoneNumber(0));
      expect(found.map(({ key, line }) => [key, line])).toEqual([
        ['a', 3],
        ['b', 2],
      ]);
    });

    test('lists the phones of a campaign for an index, and stamps them', async () => {
      const place = await campaignWith(open, 5);
      const { finding: at, people: persons } = place.ledger;
      const { id } = place.campaign;
      const phones = () => inPages(2, (after) => at.phones(id, { after, most: 2 }));
      expect(await phones()).toEqual(
        [0, 1, 2, 3, 4].map((index) => [index + 2, expect.any(Number), phoneNumber(index)]),
      );
      const stamp = await at.phonesStamp(id);
      expect(await at.phonesStamp(id)).toBe(stamp);
      await persons.forget(phoneNumber(1), 3_000);
      expect((await phones()).map(([line]) => line)).toEqual([2, 4, 5, 6]);
      const forgotten = await at.phonesStamp(id);
      expect(forgotten).not.toBe(stamp);
      await imported(place, people(6), 'd2');
      expect(await at.phonesStamp(id)).not.toBe(forgotten);
    });
  });

  describe('looking for rows that are sent nothing', () => {
    test('gives the rejected ones by their reason, and the repeated ones with their first line', async () => {
      const place = await campaignIn(await open());
      const twice = [recipient(0, { line: 12 }), recipient(0, { line: 13 })];
      await imported(place, [recipient(0), rejectedRow(5), rejectedRow(7), rejectedRow(9), ...twice]);
      const { id } = place.campaign;
      const at = place.ledger.finding;
      const rejected = (reason: string | null) =>
        inPages(2, (after) => at.rejections(id, reason, { after, most: 2 }));
      expect((await rejected(null)).map(({ line }) => line)).toEqual([5, 7, 9]);
      expect(await rejected('phone.missing')).toEqual([]);
      expect((await rejected('phone.invalid'))[0]).toEqual({
        line: 5,
        phone: 'abc',
        reason: 'phone.invalid',
        column: 'phone',
        value: 'abc',
        cells: ['abc'],
      });
      expect(await inPages(1, (after) => at.duplicates(id, { after, most: 1 }))).toEqual([
        { line: 12, firstLine: 2, phone: phoneNumber(0) },
        { line: 13, firstLine: 2, phone: phoneNumber(0) },
      ]);
    });
  });

  describe('a message', () => {
    test('is found by its line, its person, or its place among those that can be sent', async () => {
      const place = await campaignIn(await open());
      await imported(place, [recipient(0), rejectedRow(3), recipient(2), recipient(3)]);
      const { id } = place.campaign;
      const at = place.ledger.finding;
      const second = {
        line: 4,
        phone: phoneNumber(2),
        body: [{ variable: '1', value: 'Ana 2' }],
        header: [],
        attachment: null,
        status: 'pending',
        reason: null,
        cells: [phoneNumber(2)],
      };
      expect(await at.message(id, { by: 'line', line: 4 })).toEqual(second);
      expect(await at.message(id, { by: 'person', person: phoneNumber(2) })).toEqual(second);
      expect(await at.message(id, { by: 'position', position: 2 })).toEqual(second);
      expect(await at.message(id, { by: 'line', line: 3 })).toBeNull();
      expect(await at.message(id, { by: 'person', person: phoneNumber(9) })).toBeNull();
      expect(await at.message(id, { by: 'position', position: 4 })).toBeNull();
    });
  });

  describe('the history of a person', () => {
    test('has every attempt, whatever came of it, and what settled it', async () => {
      const place = await campaignWith(open, 1);
      const run = await runIn(place);
      await ended(run, await claimedOne(run), DEFERRED);
      await ended(run, await claimedOne(run, 9_000_000), UNCERTAIN, 9_000_500);
      const { ledger, campaign } = place;
      const person = phoneNumber(0);
      const declared = {
        people: [{ person, phone: person }],
        key: null,
        fate: 'accepted',
        note: 'she says so',
      } as const;
      expect(await ledger.campaigns.declare(campaign.id, declared, OPERATOR)).toMatchObject({ ok: true });
      const { deliveries, forgottenAt } = await ledger.finding.history(person);
      expect(forgottenAt).toBeNull();
      expect(deliveries).toMatchObject([
        {
          campaign: 'sale',
          workspace: WORKSPACE,
          status: 'accepted',
          tries: [
            { startedAt: 1_500, endedAt: 2_000, outcome: 'deferred', onWire: true, httpStatus: 200 },
            { startedAt: 9_000_000, endedAt: 9_000_500, outcome: 'accepted', onWire: true },
          ],
          evidence: [
            {
              kind: 'declared-accepted',
              detail: { note: 'she says so' },
              recordedBy: 'maria',
              recordedAt: 4_000,
            },
          ],
        },
      ]);
    });

    test('spans campaigns, do-not-contact lists and test messages', async () => {
      const place = await settledAs(open, ACCEPTED);
      const { ledger, campaign } = place;
      const person = phoneNumber(0);
      const next = await campaignIn(place, { name: 'next' });
      await imported(next, people(1), 'd2', 3_000);
      const entry = { person, phone: person, reason: 'asked', source: 'phone', expiresAt: 9_999 };
      await ledger.lists.add(WORKSPACE, [entry], 4_000);
      await ledger.lists.replaceOfCampaign(
        campaign,
        [{ ...entry, source: 'stop.csv', expiresAt: null }],
        5_000,
      );
      const { phone, body, header } = recipient(0);
      const test = {
        workspace: WORKSPACE,
        campaign: 'sale',
        template: 'sale_es',
        phone,
        person,
        body,
        header,
        press: null,
      };
      await ledger.testSends.begin(test, 6_000);
      const history = await ledger.finding.history(person);
      expect(history.deliveries.map((one) => [one.campaign, one.status, one.tries.length])).toEqual([
        ['next', 'skipped', 0],
        ['sale', 'accepted', 1],
      ]);
      expect(history.suppressions).toEqual([
        {
          workspace: WORKSPACE,
          campaign: null,
          reason: 'asked',
          source: 'phone',
          addedAt: 4_000,
          expiresAt: 9_999,
        },
        {
          workspace: WORKSPACE,
          campaign: 'sale',
          reason: 'asked',
          source: 'stop.csv',
          addedAt: 5_000,
          expiresAt: null,
        },
      ]);
      expect(history.tests).toEqual([
        {
          workspace: WORKSPACE,
          campaign: 'sale',
          startedAt: 6_000,
          outcome: 'in-flight',
          errorMessage: null,
        },
      ]);
    });

    test('of somebody forgotten says when, and has no number', async () => {
      const { ledger } = await settledAs(open, ACCEPTED);
      await ledger.people.forget(phoneNumber(0), 8_000);
      const { deliveries, forgottenAt } = await ledger.finding.history(phoneNumber(0));
      expect(forgottenAt).toBe(8_000);
      expect(deliveries).toMatchObject([{ phone: '', person: '', campaign: 'sale' }]);
      expect(await ledger.finding.history(phoneNumber(7))).toEqual({
        deliveries: [],
        suppressions: [],
        tests: [],
        forgottenAt: null,
      });
    });
  });
}
