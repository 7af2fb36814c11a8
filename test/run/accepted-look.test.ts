import { describe, expect, it } from 'vitest';
import type { ListedPage } from '../../src/core/reconcile-ports.js';
import { forgetPeople } from '../../src/ledger/sqlite/forget.js';
import { audit } from '../../src/run/audit.js';
import { unwrapped } from '../support/results.js';
import { listed, MINUTE, NOON, policy, type TestWorld, world } from './reconcile-world.js';

const HOUR = 60 * MINUTE;
const phone = (index: number): string => String(51_900_000_000 + index);

/** So many people accepted at noon, an hour ago. */
function accepted(people: number): TestWorld {
  const made = world();
  for (let index = 0; index < people; index += 1) made.plant(phone(index), NOON + index);
  return made;
}

/** Their records, newest first. */
const records = (people: number, from = 0) =>
  Array.from({ length: people }, (_, index) => listed(phone(from + people - 1 - index), NOON + 1_000));

/** So many records of messages that nobody here sent, each made so long before noon. */
const strangers = (count: number, beforeMs: number) =>
  Array.from({ length: count }, (_, index) =>
    listed(String(51_980_000_000 + index), NOON - beforeMs, { campaignNames: ['Other'] }),
  );

const confirmations = ({ db }: TestWorld): readonly unknown[] =>
  db.prepare('SELECT confirmation FROM deliveries ORDER BY id').pluck().all();

describe('accepted people whose settle time is over', () => {
  it('get what the list says of them, and stay accepted', async () => {
    const made = accepted(3);
    const [eva, ben, ana] = records(3);
    if (eva === undefined || ben === undefined || ana === undefined) throw new Error('three records');
    made.list.records = [eva, { ...ben, failed: true }, ana];
    expect(await made.settle()).toMatchObject({
      uncertain: 0,
      confirmed: 3,
      acceptedPeople: { accepted: 3, found: 3, failed: 1, missing: 0 },
    });
    expect(confirmations(made)).toEqual(['listed', 'failed', 'listed']);
    expect([1, 2, 3].map((id) => made.statusOf(id).status)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('are looked for once, also where one is missing', async () => {
    const made = accepted(3);
    made.list.records = [...records(2), ...strangers(1, HOUR)];
    expect((await made.settle()).acceptedPeople).toMatchObject({ found: 2, missing: 1 });
    const asked = made.list.asked.length;
    expect(await made.settle()).toMatchObject({ acceptedPeople: null, scan: null });
    expect(made.list.asked).toHaveLength(asked);
  });

  it('are not looked for before, and not while the last of them is younger', async () => {
    const made = accepted(2);
    made.plant(phone(2), NOON + 50 * MINUTE);
    expect((await made.settle()).scan).toBeNull();
    made.clock.at += 6 * MINUTE;
    made.list.records = [listed(phone(2), NOON + 50 * MINUTE), ...records(2)];
    expect((await made.settle()).acceptedPeople).toMatchObject({ accepted: 3, found: 3 });
  });

  it('of a later run alone are looked for by the next reading', async () => {
    const made = accepted(2);
    made.list.records = records(2);
    await made.settle();
    made.plant(phone(2), NOON + HOUR);
    made.clock.at += HOUR;
    made.list.records = [listed(phone(2), NOON + HOUR + 1_000, { failed: true }), ...records(2)];
    expect((await made.settle()).acceptedPeople).toMatchObject({ accepted: 1, found: 1, failed: 1 });
  });

  it('cost no page that comes after the last of them', async () => {
    const made = accepted(30);
    made.list.records = [...records(30), ...strangers(400, HOUR)];
    const report = await made.settle();
    expect(made.list.asked).toEqual([null, '20']);
    expect(report).toMatchObject({ scan: { problem: null }, acceptedPeople: { found: 30, twice: null } });
    expect(made.db.prepare('SELECT count(*) FROM scan_records').pluck().get()).toBe(0);
  });

  it('cost no more than three pages behind their first attempt where one is missing', async () => {
    const made = accepted(30);
    made.list.records = [...records(29), ...strangers(1_000, HOUR)];
    const report = await made.settle();
    expect(report.acceptedPeople).toEqual({
      accepted: 30,
      found: 29,
      failed: 0,
      missing: 1,
      twice: 0,
      unknown: 0,
    });
    // 29 records, and three pages of older ones alone.
    expect(made.list.asked).toHaveLength(5);
  });

  it('are found in a list that begins with the oldest', async () => {
    const made = accepted(30);
    made.list.records = [...strangers(200, HOUR), ...records(30).reverse()];
    expect((await made.settle()).acceptedPeople).toMatchObject({ found: 30, missing: 0 });
  });

  it('are told apart by the rest of the list where two messages went to one of them', async () => {
    const made = world();
    const body = (order: string) => [{ variable: '1', value: order }];
    made.plant(phone(0), NOON, { key: 'a', body: body('A') });
    made.plant(phone(0), NOON + 1, { key: 'b', body: body('B') });
    made.list.records = [
      listed(phone(0), NOON + 1_000),
      listed(phone(0), NOON + 1_100),
      ...strangers(90, HOUR),
    ];
    expect((await made.settle()).acceptedPeople).toMatchObject({ found: 2, missing: 0 });
    expect(confirmations(made)).toEqual(['listed', 'listed']);
  });
});

describe('a reading for accepted people', () => {
  it('serves the uncertain, too', async () => {
    const made = accepted(2);
    const eva = made.plant(phone(9), NOON + 5, { status: 'uncertain' });
    made.list.records = [listed(phone(9), NOON + 1_000), ...records(2), ...strangers(1, 48 * HOUR)];
    const report = await made.settle();
    expect(report).toMatchObject({ accepted: 1, left: 0, acceptedPeople: { accepted: 2, found: 2 } });
    expect(made.statusOf(eva)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
    expect(made.list.asked).toEqual([null]);
  });

  it('that broke off is gone on with, and what it found before holds', async () => {
    const made = accepted(60);
    made.list.records = records(60);
    made.list.before = (page) =>
      page === 2 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    expect(await made.settle()).toMatchObject({
      scan: { problem: { code: 'list.interrupted' } },
      acceptedPeople: { found: 20, missing: null },
    });
    expect(await made.settle()).toMatchObject({
      scan: { resumed: true },
      acceptedPeople: { accepted: 60, found: 60, missing: 0 },
    });
    expect(made.list.asked).toEqual([null, '20', '20', '40']);
  });

  it('of a list in circles says so, and is no word about who is missing', async () => {
    const made = accepted(2);
    const page: ListedPage = {
      kind: 'page',
      records: records(1),
      nextToken: 'again',
      clockOffsetMs: 0,
      receivedAt: 0,
    };
    made.list.before = () => page;
    expect(await made.settle()).toMatchObject({
      scan: { problem: { code: 'reconcile.scan.token-repeated' } },
      acceptedPeople: { found: 1, missing: null },
    });
    made.list.before = () => null;
    made.list.records = records(2);
    expect((await made.settle()).acceptedPeople).toMatchObject({ found: 2 });
  });

  it('counts records twice in the list or unknown here, and changes nothing by that', async () => {
    const made = accepted(2);
    made.plant(phone(3), NOON, { status: 'refused' });
    made.plant(phone(4), NOON, { status: 'accepted' });
    made.list.records = [
      ...records(1, 3),
      ...records(2),
      listed(phone(1), NOON + 5_000),
      ...strangers(1, HOUR),
    ];
    expect((await made.settle()).acceptedPeople).toMatchObject({ missing: 1, twice: 1, unknown: 1 });
    expect(made.db.prepare('SELECT status FROM deliveries ORDER BY id').pluck().all()).toEqual([
      'accepted',
      'accepted',
      'refused',
      'accepted',
    ]);
  });

  it('is not made after an audit that looked for the same people', async () => {
    const made = accepted(2);
    made.list.records = records(2);
    const ports = { ...made, signal: new AbortController().signal };
    unwrapped(await audit(ports, 'tester', () => Promise.resolve(), policy.settleMs));
    expect((await made.settle()).scan).toBeNull();
  });

  it('asks nothing about somebody who was forgotten', async () => {
    const made = accepted(2);
    forgetPeople(made.db, [phone(1)], NOON + HOUR);
    made.list.records = [...records(2), ...strangers(1, HOUR)];
    expect((await made.settle()).acceptedPeople).toMatchObject({ accepted: 2, found: 1, missing: 0 });
  });
});
