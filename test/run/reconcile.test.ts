import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ListedPage } from '../../src/core/reconcile-ports.js';
import { reconcile } from '../../src/run/reconcile.js';
import { listEvidence } from '../support/on-sqlite.js';
import { problemsOf } from '../support/results.js';
import {
  listed,
  MINUTE,
  NOON,
  noteClock,
  policy,
  type TestWorld,
  tryAgain,
  world,
} from './reconcile-world.js';

const ANA = '51900000001';
const BEN = '51900000002';
const EVA = '51900000003';

/** Ana is uncertain; Ben and Eva were accepted around her, Eva after her deadline, and are in the list. */
function uncertainAna(file?: string): TestWorld & { readonly ana: number } {
  const made = world(file);
  const ana = made.plant(ANA, NOON, { status: 'uncertain', reason: 'no-answer' });
  made.plant(BEN, NOON - MINUTE);
  made.plant(EVA, NOON + 5 * MINUTE);
  made.list.records = [listed(EVA, NOON + 5 * MINUTE + 400), listed(BEN, NOON - MINUTE + 400)];
  return { ...made, ana };
}

describe('an uncertain delivery that is in the list', () => {
  it('is accepted, with the record as evidence', async () => {
    const { list, statusOf, ana, settle, db, campaignId } = uncertainAna();
    list.records.push(listed(ANA, NOON + 700, { id: 'of-ana' }));
    expect(await settle()).toMatchObject({ uncertain: 1, accepted: 1, failed: 0, left: 0, provenAbsent: 0 });
    expect(statusOf(ana)).toEqual({ status: 'accepted', confirmation: 'listed', reason: null });
    const [evidence] = listEvidence(db, campaignId, 0, 10);
    expect(evidence).toMatchObject({ kind: 'listed', phone: ANA, recordedBy: 'tester' });
    expect(evidence?.detail).toMatchObject({ likeness: 'exact', record: { id: 'of-ana' } });
    expect(db.prepare('SELECT outcome FROM attempts WHERE delivery_id = ?').pluck().get(ana)).toBe(
      'accepted',
    );
  });

  it('is accepted before the settle time has passed, too', async () => {
    const { list, statusOf, ana, settle, clock } = uncertainAna();
    clock.at = NOON + 2 * MINUTE;
    list.records.push(listed(ANA, NOON + 700));
    expect((await settle()).accepted).toBe(1);
    expect(statusOf(ana).status).toBe('accepted');
  });

  it('is confirmed as failed when the record says so, and is not sent again', async () => {
    const { list, statusOf, ana, settle } = uncertainAna();
    list.records.push(listed(ANA, NOON + 700, { failed: true }));
    expect(await settle({ resend: 'yes' })).toMatchObject({ accepted: 1, failed: 1, requeued: 0 });
    expect(statusOf(ana)).toMatchObject({ status: 'accepted', confirmation: 'failed' });
  });

  it('is found by another way of writing the number, in any of its fields', async () => {
    const { db, list, plant, statusOf, settle } = world();
    const maria = plant('525512345678', NOON, { status: 'uncertain' });
    list.records = [listed('51999999999', NOON, { numbers: ['51999999999', '5215512345678'] })];
    await settle();
    expect(statusOf(maria).status).toBe('accepted');
    expect(db.prepare('SELECT contact_id FROM deliveries WHERE id = ?').pluck().get(maria)).toMatch(
      /^contact-/,
    );
  });

  it.each([
    ['whose campaign name is missing', { campaignNames: [] }],
    ['whose template is missing', { templates: [] }],
    ['that was created four minutes before', { createdAt: NOON - 4 * MINUTE }],
    ['whose time cannot be read', { createdAt: null }],
  ])('counts as present by a near match: a record %s', async (_what, over) => {
    const { list, statusOf, ana, settle } = uncertainAna();
    list.records.push(listed(ANA, NOON + 700, over));
    await settle({ resend: 'yes' });
    expect(statusOf(ana)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
  });

  it.each([[-3 * 60 * MINUTE], [-10 * MINUTE], [10 * MINUTE], [3 * 60 * MINUTE]])(
    'is found although the provider’s clock is off by %i ms',
    async (offsetMs) => {
      const { list, statusOf, ana, settle } = uncertainAna();
      list.offsetMs = offsetMs;
      list.records = [...list.records, listed(ANA, NOON + 700)].map((record) => ({
        ...record,
        createdAt: (record.createdAt ?? 0) + offsetMs,
      }));
      await settle();
      expect(statusOf(ana).status).toBe('accepted');
    },
  );

  it('does not take the record of another template, campaign or day for its own', async () => {
    const { list, statusOf, ana, settle } = uncertainAna();
    list.records.push(
      listed(ANA, NOON + 700, { templates: ['goodbye_es'] }),
      listed(ANA, NOON + 700, { campaignNames: ['Goodbye'] }),
      listed(ANA, NOON - 27 * 60 * MINUTE),
    );
    expect((await settle({ resend: 'yes' })).requeued).toBe(1);
    expect(statusOf(ana).status).toBe('pending');
  });

  it('shares no record with another delivery to the same person', async () => {
    const { list, plant, statusOf, ana, settle } = uncertainAna();
    const second = plant(ANA, NOON + 10_000, { status: 'uncertain', key: 'order-2' });
    list.records.push(listed(ANA, NOON + 700));
    const report = await settle({ resend: 'yes' });
    expect(report).toMatchObject({ accepted: 0, left: 2, requeued: 0 });
    expect(report.leftReasons).toEqual([
      { code: 'reconcile.left.ambiguous', params: { options: `--phone ${ANA}` }, count: 2 },
    ]);
    expect(report.leftDeliveries[1]).toMatchObject({ key: 'order-2', line: 2 });
    expect([statusOf(ana).status, statusOf(second).status]).toEqual(['uncertain', 'uncertain']);
  });

  it('shares no record with another campaign, also not in a later scan', async () => {
    const { list, plant, campaign, statusOf, ana, settle, clock } = uncertainAna();
    list.records.push(listed(ANA, NOON + 700));
    await settle();
    expect(statusOf(ana).status).toBe('accepted');
    const other = plant(ANA, NOON + 30_000, { status: 'uncertain', campaignId: campaign('again') });
    plant('51900000009', NOON, { status: 'uncertain' });
    clock.at += MINUTE;
    expect((await settle()).acceptedElsewhere).toBe(0);
    expect(statusOf(other).status).toBe('uncertain');
  });

  it('shares no record with another person whom the record names, too', async () => {
    const { list, plant, statusOf, settle } = uncertainAna();
    const both = listed(ANA, NOON + 700, { numbers: [ANA, '51900000000'] });
    list.records.push(both);
    expect((await settle()).accepted).toBe(1);
    const other = plant('51900000000', NOON, { status: 'uncertain' });
    expect(await settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 1 });
    expect(statusOf(other).status).toBe('uncertain');
  });

  it('settles other campaigns of the workspace from the same list', async () => {
    const { list, plant, campaign, statusOf, settle } = uncertainAna();
    const other = plant(EVA, NOON, {
      status: 'uncertain',
      campaignId: campaign('sale', { template: 'sale_es', campaignName: 'Sale' }),
    });
    list.records.push(listed(EVA, NOON, { templates: ['sale_es'], campaignNames: ['Sale'] }));
    expect((await settle()).acceptedElsewhere).toBe(1);
    expect(statusOf(other).status).toBe('accepted');
  });

  it('is compared under the names that the campaign had when it was sent', async () => {
    const { list, campaign, statusOf, ana, settle } = uncertainAna();
    campaign('welcome', { template: 'welcome_v2', campaignName: 'Welcome 2' });
    list.records.push(listed(ANA, NOON + 700));
    expect((await settle()).accepted).toBe(1);
    expect(statusOf(ana).status).toBe('accepted');
  });
});

describe('accepted deliveries that the scan sees', () => {
  it('get their confirmation, and keep their status', async () => {
    const { list, plant, statusOf, settle } = uncertainAna();
    const bad = plant('51900000004', NOON + 6 * MINUTE);
    list.records.push(listed('51900000004', NOON + 6 * MINUTE, { failed: true }));
    expect((await settle()).confirmed).toBe(3);
    expect(statusOf(bad)).toMatchObject({ status: 'accepted', confirmation: 'failed' });
  });
});

describe('an uncertain delivery that is not in the list', () => {
  it('is proven absent, stays uncertain with the evidence, and says what to do', async () => {
    const { statusOf, ana, settle, db, campaignId } = uncertainAna();
    const report = await settle();
    expect(report).toMatchObject({ provenAbsent: 1, requeued: 0, left: 1 });
    expect(report.leftReasons).toEqual([{ code: 'reconcile.left.proven-absent', params: {}, count: 1 }]);
    expect(statusOf(ana).status).toBe('uncertain');
    expect(listEvidence(db, campaignId, 0, 10)).toMatchObject([{ kind: 'absent', detail: { pages: 1 } }]);
  });

  it('goes back to pending when it may be sent again', async () => {
    const { statusOf, ana, settle, db } = uncertainAna();
    expect(await settle({ resend: 'yes' })).toMatchObject({ provenAbsent: 1, requeued: 1, left: 0 });
    expect(statusOf(ana)).toEqual({ status: 'pending', confirmation: null, reason: 'absent' });
    expect(db.prepare('SELECT outcome FROM attempts WHERE delivery_id = ?').pluck().get(ana)).toBe('absent');
  });

  it('is sent again only if the person who is asked says yes, and never against the campaign', async () => {
    const { statusOf, ana, settle } = uncertainAna();
    const report = await settle({ resend: 'never' });
    expect(report.leftReasons[0]?.code).toBe('reconcile.left.proven-absent-never');
    expect((await settle({ resend: (count) => Promise.resolve(count > 1) })).requeued).toBe(0);
    expect(statusOf(ana).status).toBe('uncertain');
    expect((await settle({ resend: (count) => Promise.resolve(count === 1) })).requeued).toBe(1);
  });

  it('that turns up in a later scan is accepted, although it was proven absent', async () => {
    const { list, statusOf, ana, settle } = uncertainAna();
    await settle();
    list.records.push(listed(ANA, NOON + 700));
    expect((await settle({ resend: 'yes' })).requeued).toBe(0);
    expect(statusOf(ana).status).toBe('accepted');
  });

  it('that turns up while it waits to be sent again is not sent again', async () => {
    const { list, plant, statusOf, ana, settle } = uncertainAna();
    await settle({ resend: 'yes' });
    expect(statusOf(ana).status).toBe('pending');
    plant('51900000008', NOON, { status: 'uncertain' });
    list.records.push(listed(ANA, NOON + 700));
    await settle();
    expect(statusOf(ana)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
  });

  it('that turns up while it waits for its window to open is not sent again, also hours later', async () => {
    const { db, list, clock, plant, statusOf, ana, settle } = uncertainAna();
    await settle({ resend: 'yes' });
    db.prepare("UPDATE deliveries SET reason = 'window', due_at = ? WHERE id = ?").run(
      NOON + 900 * MINUTE,
      ana,
    );
    plant('51900000008', NOON + 300 * MINUTE, { status: 'uncertain' });
    clock.at = NOON + 310 * MINUTE;
    list.records.push(listed(ANA, NOON + 700));
    await settle();
    expect(statusOf(ana)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
  });

  it.each([
    ['skipped', 'removed'],
    ['refused', 'refused'],
    ['exhausted', 'attempts-used-up'],
  ])(
    'that turns up once it is %s is accepted: no row that returns, and no retry, sends it again',
    async (status, reason) => {
      const { db, list, clock, plant, statusOf, ana, settle } = uncertainAna();
      await settle({ resend: 'yes' });
      db.prepare('UPDATE deliveries SET status = ?, reason = ? WHERE id = ?').run(status, reason, ana);
      plant('51900000008', NOON + 300 * MINUTE, { status: 'uncertain' });
      clock.at = NOON + 310 * MINUTE;
      list.records.push(listed(ANA, NOON + 700));
      await settle();
      expect(statusOf(ana)).toEqual({ status: 'accepted', confirmation: 'listed', reason: null });
    },
  );

  it('was sent again and is uncertain again: a late record of the first attempt settles it', async () => {
    const { db, list, clock, statusOf, ana, settle } = uncertainAna();
    await settle({ resend: 'yes' });
    tryAgain(db, ana, NOON + 61 * MINUTE, 'uncertain');
    clock.at = NOON + 120 * MINUTE;
    list.records.push(listed(ANA, NOON + 700));
    await settle({ resend: 'yes' });
    expect(statusOf(ana).status).toBe('accepted');
  });
});

describe('absence is not proven', () => {
  const reasonsOf = async (made: TestWorld) => {
    const report = await made.settle({ resend: 'yes' });
    expect(report.requeued).toBe(0);
    return report.leftReasons.map(({ code }) => code.replace('reconcile.left.', ''));
  };

  it('before the settle time has passed since the deadline', async () => {
    const made = uncertainAna();
    made.clock.at = NOON + 16 * MINUTE;
    expect(await reasonsOf(made)).toEqual(['settling']);
    made.clock.at = NOON + 16 * MINUTE + 1;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('by a scan that began before the settle time ended, even if it ends after', async () => {
    const made = uncertainAna();
    made.clock.at = NOON + 16 * MINUTE - 1;
    made.list.pageSize = 1;
    made.list.before = () => {
      made.clock.at += 5 * MINUTE;
      return null;
    };
    expect(await reasonsOf(made)).toEqual(['settling']);
  });

  it('while a control is missing: any campaign, and tests, too', async () => {
    const made = uncertainAna();
    made.plant('51900000005', NOON - 14 * MINUTE, {
      campaignId: made.campaign('sale', { template: 'sale_es', campaignName: 'Sale' }),
    });
    expect(await reasonsOf(made)).toEqual(['control-missing']);
    const tested = uncertainAna();
    tested.test('51900000006', NOON + 2 * MINUTE);
    expect(await reasonsOf(tested)).toEqual(['control-missing']);
  });

  it('without a control after the deadline, until a test message makes one', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(BEN, NOON - MINUTE);
    made.list.records = [listed(BEN, NOON - MINUTE)];
    expect(await reasonsOf(made)).toEqual(['no-control']);
    made.test(EVA, NOON + 59 * MINUTE);
    expect(await reasonsOf(made)).toEqual(['control-missing']);
    made.list.records.unshift(listed(EVA, NOON + 59 * MINUTE, { campaignNames: [], type: 2 }));
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('by a message that left after the reading began: the list was not asked about it', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.list.records = [listed(BEN, NOON - MINUTE)];
    made.list.before = () => {
      made.plant(BEN, made.clock.at + 1);
      return null;
    };
    expect(await reasonsOf(made)).toEqual(['no-control']);
  });

  it('by a control that the list itself had settled', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(EVA, NOON + 5 * MINUTE, { status: 'uncertain' });
    made.list.records = [listed(EVA, NOON + 5 * MINUTE), listed(BEN, NOON - MINUTE)];
    expect(await reasonsOf(made)).toEqual(['no-control']);
  });

  it('while a record that names nobody may be it', async () => {
    const made = uncertainAna();
    made.list.records.push(listed(ANA, NOON + 700, { numbers: [] }));
    expect(await reasonsOf(made)).toEqual(['unclear']);
  });

  it('by a list whose records move to its front while it is read', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.records.splice(1, 0, listed(ANA, NOON + 700));
    made.list.before = (page) => {
      // By its last change, as lists of conversations are: somebody has just read the message.
      if (page === 2) made.list.records.unshift(...made.list.records.splice(1, 1));
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
    expect(made.statusOf(made.ana).status).toBe('accepted');
  });

  const eva = listed(EVA, NOON + 5 * MINUTE + 400);
  const ben = listed(BEN, NOON - MINUTE + 400);
  const ana = listed(ANA, NOON + 700);
  const OTHERS = [4, 3, 2, 1].map((minutes) => listed('51900000009', NOON - minutes * MINUTE));

  it('by a list where others moved in front of a record that had', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.records = [...OTHERS, ana, eva, ben];
    made.list.before = (page) => {
      if (page === 5) made.list.records = [ana, ...OTHERS, eva, ben];
      if (page === 6) made.list.records = [...OTHERS, ana, eva, ben];
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
  });

  const FALLING = [4, 3, 2, 1].map((seconds) => listed('51900000009', NOON + MINUTE + seconds * 1_000));

  it('by a list that went by when its records were made, until many were read at once', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    const [first, second, third, last] = FALLING;
    if (!(first && second && third && last)) throw new Error('four');
    made.list.records = [eva, first, second, third, last, ana, ben];
    made.list.before = (page) => {
      if (page === 6) made.list.records = [second, third, first, ana, eva, last, ben];
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
  });

  it('by a list that gives records of one moment in another order for the next page', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    const twin = listed('51900000009', NOON + 700);
    made.list.records = [eva, ...FALLING, twin, ana, ben];
    made.list.before = (page) => {
      if (page === 7) made.list.records = [eva, ...FALLING, ana, twin, ben];
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
  });

  it('by a list whose tokens count records, where one that was read is deleted', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.counts = true;
    made.list.records = [eva, ...FALLING, ana, ben];
    made.list.before = (page) => {
      if (page === 6) made.list.records.splice(4, 1);
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
  });

  it('by a list whose tokens count records, of which one is deleted in each of two readings', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.counts = true;
    made.list.records = [eva, ...FALLING, ana, ben];
    const length = made.list.records.length;
    made.list.before = (page) => {
      // Ana is on the next page, and moves up to the one before it.
      if (page === length - 1 || page === 2 * length - 3) made.list.records.splice(1, 1);
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
  });

  it('by a list whose tokens count records, of which one is deleted in every reading', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.counts = true;
    made.list.records = [...OTHERS, eva, ...FALLING, ben];
    let read = 0;
    made.list.before = () => {
      read += 1;
      if (read % 4 === 0 && made.list.records.length > 3) made.list.records.splice(0, 1);
      return null;
    };
    expect(await made.settle({ resend: 'yes' })).toMatchObject({
      requeued: 0,
      scan: { complete: false, problem: { code: 'reconcile.scan.unsteady' } },
    });
  });

  it('by a list that was read in two parts, between which many records moved', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    const others = OTHERS.map((other) => ({ ...other, createdAt: NOON + 6 * MINUTE }));
    made.list.records = [...others, eva, ana, ben];
    made.list.before = (page) =>
      page === 6 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    await made.settle();
    made.list.before = () => null;
    made.list.records = [...others, ana, eva, ben];
    expect(await made.settle({ resend: 'yes' })).toMatchObject({
      accepted: 1,
      requeued: 0,
      scan: { resumed: true },
    });
  });

  it('by a list whose front cannot be read a second time', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    made.list.before = (page) =>
      page === 3 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    expect(await reasonsOf(made)).toEqual(['list-incomplete']);
    made.list.before = () => null;
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ requeued: 1, scan: { resumed: false } });
  });

  it('when the list breaks off, but what it showed is settled', async () => {
    const made = uncertainAna();
    const other = made.plant('51900000007', NOON, { status: 'uncertain' });
    made.list.records.unshift(listed('51900000007', NOON));
    made.list.pageSize = 1;
    made.list.before = (page) =>
      page < 3 ? null : { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } };
    expect(await reasonsOf(made)).toEqual(['list-incomplete']);
    expect(made.statusOf(other).status).toBe('accepted');
  });

  it('nor presence by a part of the list, where a record may belong to either of two', async () => {
    const made = uncertainAna();
    const later = made.plant(ANA, NOON + 10 * MINUTE, { status: 'uncertain', key: '2' });
    made.list.records = [
      listed(ANA, NOON + 10 * MINUTE + 700, { id: 'of-later' }),
      ...made.list.records,
      listed(ANA, NOON + 700, { id: 'of-ana' }),
    ];
    made.list.pageSize = 2;
    made.list.before = (page) =>
      page === 1 ? null : { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } };
    expect((await made.settle()).accepted).toBe(0);
    made.list.before = () => null;
    expect((await made.settle()).accepted).toBe(2);
    const details = listEvidence(made.db, made.campaignId, 0, 10);
    expect(details.map(({ deliveryId, detail }) => [deliveryId, detail])).toMatchObject([
      [made.ana, { record: { id: 'of-ana' } }],
      [later, { record: { id: 'of-later' } }],
    ]);
  });

  it('by a short list: empty and short pages are no end', async () => {
    const made = uncertainAna();
    made.list.records.push(listed(ANA, NOON + 700));
    made.list.pageSize = 2;
    const empty: ListedPage = { kind: 'page', records: [], nextToken: '0', clockOffsetMs: 0, receivedAt: 0 };
    made.list.before = (page) => (page === 1 ? empty : null);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({
      accepted: 1,
      scan: { pages: 3, complete: true },
    });
  });
});

describe('a scan', () => {
  it('tells every page that is read, also those that are read again', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    const told: number[] = [];
    const onPage = ({ pages }: { readonly pages: number }): void => void told.push(pages);
    const signal = new AbortController().signal;
    await reconcile({ ...made, signal, onPage }, { policy, resend: 'no', by: 'tester' });
    expect(told).toEqual([1, 2, 3, 4]);
  });

  const page = (nextToken: string | null, ...records: ListedPage['records']): ListedPage => ({
    kind: 'page',
    records,
    nextToken,
    clockOffsetMs: null,
    receivedAt: 0,
  });

  it('stops when a token comes a second time', async () => {
    const made = uncertainAna();
    made.list.before = (count) => page(count % 2 === 0 ? 'a' : 'b', listed(BEN, NOON));
    const { scan } = await made.settle({ resend: 'yes' });
    expect(scan).toMatchObject({
      complete: false,
      pages: 3,
      problem: { code: 'reconcile.scan.token-repeated' },
    });
  });

  it('stops after three pages running that bring nothing new', async () => {
    const made = uncertainAna();
    const same = listed(BEN, NOON);
    made.list.before = (count) => page(String(count), same);
    const { scan } = await made.settle();
    expect(scan).toMatchObject({ pages: 4, records: 1, problem: { code: 'reconcile.scan.nothing-new' } });
  });

  it('keeps its pace', async () => {
    const made = uncertainAna();
    made.list.pageSize = 1;
    await made.settle();
    expect(made.list.asked).toEqual([null, '1', null, '1']);
    expect(made.clock.slept).toEqual([200, 200, 200]);
  });

  it('goes on after a broken connection where it was, with what it had seen', async () => {
    const made = uncertainAna();
    made.list.records.unshift(listed(ANA, NOON + 700));
    made.list.pageSize = 1;
    made.list.before = (count) =>
      count === 3 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    const other = made.plant('51900000007', NOON, { status: 'uncertain' });
    expect((await made.settle({ resend: 'yes' })).scan).toMatchObject({ pages: 2, complete: false });
    made.list.records = made.list.records.filter((one) => one.numbers[0] === BEN);
    made.list.before = () => ({ ...page(null, ...made.list.records) });
    const second = await made.settle({ resend: 'yes' });
    expect(second.scan).toMatchObject({ resumed: true, pages: 3, complete: true });
    expect(made.list.asked).toEqual([null, '1', '2', '2', null]);
    expect(made.statusOf(other).status).toBe('pending');
  });

  it('goes on after a crash, from the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-reconcile-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const made = uncertainAna(join(folder, 'ledger.db'));
    made.list.pageSize = 1;
    made.list.before = (count) => {
      if (count === 2) throw new Error('the power went out');
      return null;
    };
    await expect(made.settle()).rejects.toThrow('the power went out');
    made.list.before = () => null;
    expect((await made.settle({ resend: 'yes' })).scan).toMatchObject({
      resumed: true,
      pages: 2,
      complete: true,
    });
    expect(made.statusOf(made.ana).status).toBe('pending');
  });

  it.each([
    ['that is too old', 121 * MINUTE, 0],
    ['that began before an attempt had settled', 0, 10 * MINUTE],
  ])('%s is begun anew', async (_what, laterMs, startedMs) => {
    const made = uncertainAna();
    made.clock.at = NOON + 17 * MINUTE;
    made.list.pageSize = 1;
    made.list.before = (count) =>
      count === 2 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    await made.settle();
    if (startedMs > 0) made.plant('51900000007', NOON + startedMs, { status: 'uncertain' });
    made.clock.at = NOON + 40 * MINUTE + laterMs;
    expect((await made.settle()).scan).toMatchObject({ resumed: false, complete: true });
    expect(made.list.asked).toEqual([null, '1', null, '1', null, '1']);
  });

  it('is stopped by a signal, and can be gone on with', async () => {
    const made = uncertainAna();
    const stop = new AbortController();
    made.list.pageSize = 1;
    const ports = { ...made, signal: stop.signal, onPage: () => stop.abort() };
    const stopped = await reconcile(ports, { policy, resend: 'yes', by: 'tester' });
    expect(stopped).toMatchObject({
      value: { scan: { pages: 1, problem: { code: 'reconcile.scan.interrupted' } } },
    });
    expect((await made.settle()).scan).toMatchObject({ resumed: true, complete: true });
  });

  it('is begun anew, and says so, where the signal stops it while it is made again', async () => {
    const made = uncertainAna();
    const stop = new AbortController();
    made.list.pageSize = 1;
    let pages = 0;
    const onPage = () => {
      pages += 1;
      if (pages === 3) stop.abort();
    };
    const stopped = await reconcile(
      { ...made, signal: stop.signal, onPage },
      { policy, resend: 'yes', by: 'tester' },
    );
    expect(stopped).toMatchObject({
      value: { scan: { complete: false, problem: { code: 'reconcile.scan.interrupted-again' } } },
    });
    expect((await made.settle()).scan).toMatchObject({ resumed: false, complete: true });
  });

  it('is not made when nobody is uncertain, and no accepted one is to be looked for yet', async () => {
    const made = world();
    made.plant(BEN, NOON + 50 * MINUTE);
    expect((await made.settle()).scan).toBeNull();
    expect(made.list.asked).toEqual([]);
  });

  it('leaves no records behind in the ledger', async () => {
    const made = uncertainAna();
    await made.settle();
    for (const table of ['scan_records', 'scan_persons', 'scan_tokens', 'scan_matches']) {
      expect(made.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
  });

  it('says that the ledger cannot be written', async () => {
    const made = uncertainAna();
    made.list.before = () => {
      made.db.pragma('query_only = ON');
      return null;
    };
    const ports = { ...made, signal: new AbortController().signal };
    const result = await reconcile(ports, { policy, resend: 'yes', by: 'tester' });
    expect(problemsOf(result).map(({ code }) => code)).toEqual(['ledger.read-only']);
  });
});

describe('whatever the list does', () => {
  const person = fc.record({
    executed: fc.boolean(),
    accepted: fc.boolean(),
    second: fc.nat({ max: 600 }),
    repeated: fc.boolean(),
  });
  const scenario = fc.record({
    people: fc.array(person, { minLength: 1, maxLength: 40 }),
    pageSize: fc.integer({ min: 2, max: 9 }),
    offsetMs: fc.integer({ min: -7_200_000, max: 7_200_000 }),
    arrivals: fc.array(fc.boolean(), { maxLength: 20 }),
    order: fc.infiniteStream(fc.nat()),
  });

  it('who got it is never sent to again, who did not is, and everybody is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ people, pageSize, offsetMs, arrivals, order }) => {
        const made = world();
        noteClock(made.db, 0, { at: NOON, bootId: 'boot-1', monotonicMs: NOON, providerOffsetMs: offsetMs });
        const control = made.plant('51911111111', NOON + 12 * MINUTE);
        const planted = people.map(({ executed, accepted, second }, index) => {
          const phone = `519000${String(index).padStart(5, '0')}`;
          const startedAt = NOON + second * 1_000;
          const status = accepted ? 'accepted' : 'uncertain';
          return {
            id: made.plant(phone, startedAt, { status }),
            phone,
            startedAt,
            got: executed || accepted,
          };
        });
        const records = planted
          .filter(({ got }) => got)
          .map(({ phone, startedAt }) => listed(phone, startedAt + 900 + offsetMs));
        records.push(listed('51911111111', NOON + 12 * MINUTE + offsetMs));
        made.plant('51933333333', NOON, { status: 'uncertain' });
        records.push(listed('51933333333', NOON + offsetMs));
        // The list reaches back to before the first message.
        records.push(listed('51944444444', NOON - MINUTE + offsetMs));
        const keys = new Map(records.map((record) => [record.id, order.next().value as number]));
        made.list.records = records.sort((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0));
        made.list.pageSize = pageSize;
        made.list.offsetMs = offsetMs;
        made.list.before = (page) => {
          // New records push old ones onto the next page.
          if (arrivals[page] === true)
            made.list.records.unshift(listed('51922222222', NOON + 60 * MINUTE + offsetMs));
          return null;
        };
        const report = await made.settle({ resend: 'yes' });
        expect(report.scan?.complete).toBe(true);
        for (const { id, got } of planted)
          expect(made.statusOf(id).status).toBe(got ? 'accepted' : 'pending');
        expect(made.statusOf(control)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
        expect(report.accepted + report.requeued + report.left).toBe(report.uncertain);
      }),
      { numRuns: 60 },
    );
  });

  it('nobody is sent to again when records are lost from it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }),
        fc.nat(),
        async (uncertain, lost) => {
          const made = world();
          const phones = uncertain.map((_, index) => `519000${String(index).padStart(5, '0')}`);
          const ids = phones.map((phone, index) =>
            made.plant(phone, NOON + index * 1_000, {
              status: uncertain[index] === true ? 'uncertain' : 'accepted',
            }),
          );
          made.test('51911111111', NOON + 10 * MINUTE);
          const all = phones.map((phone, index) => listed(phone, NOON + index * 1_000));
          const from = lost % all.length;
          // All were executed; a stretch of the list is lost, and with it at least one that was accepted.
          made.list.records = all.slice(0, from);
          made.list.records.push(listed('51911111111', NOON + 10 * MINUTE, { campaignNames: [], type: 2 }));
          await made.settle({ resend: 'yes' });
          const controlLost = uncertain.slice(from).includes(false);
          const pending = ids.filter((id) => made.statusOf(id).status === 'pending');
          if (controlLost) expect(pending).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
