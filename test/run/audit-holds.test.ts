import { describe, expect, it } from 'vitest';
import { ana, ben, listedOf } from '../core/values-sample.js';
import { dailyUse, listEvidence } from '../support/on-sqlite.js';
import { audited, listed, MINUTE, NOON, type TestWorld, world } from './reconcile-world.js';

const ANA = '51900000001';
const BEN = '51900000002';
const EVA = '51900000003';

const attemptsOf = (made: TestWorld, id: number) =>
  made.db.prepare('SELECT outcome, run_id AS runId, live FROM attempts WHERE delivery_id = ?').all(id);

describe('a pending person whom an audit finds in the list', () => {
  it('becomes uncertain, with the record as evidence, and says why', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    const ben = made.plant(BEN, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE, { id: 'of-ana' })];
    const { report, rows } = await audited(made);
    expect(report).toMatchObject({ held: 1, findings: { unknown: 1 } });
    expect(rows).toMatchObject([
      { finding: 'unknown', phone: ANA, line: 2, recordId: 'of-ana', detail: { code: 'audit.held' } },
    ]);
    expect(made.statusOf(ana)).toMatchObject({ status: 'uncertain', reason: 'in-list' });
    expect(made.statusOf(ben).status).toBe('pending');
    expect(attemptsOf(made, ana)).toEqual([{ outcome: 'uncertain', runId: 0, live: 1 }]);
    expect(listEvidence(made.db, made.campaignId, 0, 10)).toMatchObject([
      { kind: 'listed', phone: ANA, recordedBy: 'tester', detail: { audit: true, record: { id: 'of-ana' } } },
    ]);
  });

  it('is accepted at the next settling, by that record', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE, { failed: true })];
    await audited(made);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ uncertain: 1, accepted: 1, requeued: 0 });
    expect(made.statusOf(ana)).toMatchObject({ status: 'accepted', confirmation: 'failed' });
  });

  it('is never proven absent, also when the list has forgotten the record', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE)];
    await audited(made);
    made.test(EVA, NOON + 90 * MINUTE);
    made.list.records = [
      listed(BEN, NOON - MINUTE),
      listed(EVA, NOON + 90 * MINUTE, { campaignNames: [], type: 2 }),
    ];
    made.clock.at = NOON + 120 * MINUTE;
    const report = await made.settle({ resend: 'yes' });
    expect(report).toMatchObject({
      provenAbsent: 0,
      requeued: 0,
      left: 1,
      leftReasons: [{ code: 'reconcile.left.listed-before' }],
    });
    expect(made.statusOf(ana).status).toBe('uncertain');
  });

  it('is held although it waits to be sent again because it was proven absent', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(EVA, NOON + 5 * MINUTE);
    made.list.records = [
      listed(BEN, NOON - MINUTE, { campaignNames: ['Goodbye'] }),
      listed(EVA, NOON + 5 * MINUTE),
    ];
    await made.settle({ resend: 'yes' });
    expect(made.statusOf(ana).status).toBe('pending');
    made.list.records.push(listed(ANA, NOON + 400, { id: 'late' }));
    const { report, rows } = await audited(made);
    expect(report.held).toBe(1);
    expect(rows).toMatchObject([{ phone: ANA, recordId: 'late', detail: { code: 'audit.held' } }]);
    expect(made.statusOf(ana).status).toBe('uncertain');
  });

  it('is held for one order, when another one of the same person was accepted', async () => {
    const made = world();
    made.plant(ANA, NOON, { key: '1' });
    const second = made.plant(ANA, NOON, { key: '2', status: 'pending' });
    made.list.records = [listed(ANA, NOON), listed(ANA, NOON + MINUTE, { id: 'of-second' })];
    expect((await audited(made)).report).toMatchObject({ held: 1, findings: { twice: 0, unknown: 1 } });
    expect(made.statusOf(second).status).toBe('uncertain');
  });

  it('is held by a record under a name that the campaign had before, and gets none for its own by that', async () => {
    const made = world();
    made.plant(EVA, NOON);
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.campaign('welcome', { campaignName: 'Welcome 2' });
    made.list.records = [listed(EVA, NOON), listed(ANA, NOON + MINUTE)];
    const { report, rows } = await audited(made);
    expect([report.held, rows.length, made.statusOf(ana).status]).toEqual([1, 1, 'uncertain']);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 1 });
  });

  it('is held, and accepted, by a record whose names differ only in case and white space, which systems change on the way', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [
      listed(ANA, NOON + MINUTE, { templates: ['Welcome_ES'], campaignNames: [' WELCOME'] }),
    ];
    expect((await audited(made)).report).toMatchObject({ held: 1, findings: { unknown: 1 } });
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
    expect(made.statusOf(ana).status).toBe('accepted');
  });

  it('is held with all orders that the record may be of, none of which gets it for its own', async () => {
    const made = world();
    const orders = ['1', '2'].map((key) => made.plant(ANA, NOON, { key, status: 'pending' }));
    made.list.records = [listed(ANA, NOON + MINUTE, { id: 'of-one' })];
    expect((await audited(made)).report.held).toBe(2);
    expect(orders.map((id) => made.statusOf(id).status)).toEqual(['uncertain', 'uncertain']);
    const details = listEvidence(made.db, made.campaignId, 0, 10).map(({ detail }) => detail);
    expect(details).toMatchObject([{ candidates: [{ id: 'of-one' }] }, { candidates: [{ id: 'of-one' }] }]);
    expect(details.some((detail) => 'record' in detail)).toBe(false);
  });

  it('gets no record for its own that another campaign of the same name may have sent', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'pending', campaignId: made.campaign('welcome-2') });
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE)];
    expect((await audited(made)).report.held).toBe(1);
    expect(made.statusOf(ana).status).toBe('uncertain');
    const [evidence] = listEvidence(made.db, made.campaignId, 0, 10);
    expect(evidence?.detail).toHaveProperty('candidates');
  });

  it('gets no record for its own that an accepted message may miss, because a clock was set', async () => {
    const made = world();
    made.plant(ANA, NOON + 20 * MINUTE, { campaignId: made.campaign('welcome-2') });
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + 9 * MINUTE)];
    expect((await audited(made)).report.held).toBe(1);
    expect(made.statusOf(ana).status).toBe('uncertain');
    const [evidence] = listEvidence(made.db, made.campaignId, 0, 10);
    expect(evidence?.detail).toHaveProperty('candidates');
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 1 });
  });

  it('gets no record that may be of another order of unknown fate, whose own record is astray', async () => {
    const made = world();
    const first = made.plant(ANA, NOON + 20 * MINUTE, { key: '1', status: 'uncertain' });
    const second = made.plant(ANA, NOON, { key: '2', status: 'pending' });
    made.list.records = [listed(BEN, NOON - MINUTE), listed(ANA, NOON + 9 * MINUTE)];
    expect((await audited(made)).report.held).toBe(1);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 2 });
    expect([first, second].map((id) => made.statusOf(id).status)).toEqual(['uncertain', 'uncertain']);
  });

  it.each([
    ['of another campaign', { campaignNames: ['Goodbye'] }],
    ['of another template', { templates: ['goodbye_es'] }],
    ['from before the campaign was in this ledger', { createdAt: NOON - 24 * 60 * MINUTE }],
  ])('is left alone by a record %s', async (_what, over) => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE, over)];
    expect((await audited(made)).report.held).toBe(0);
    expect(made.statusOf(ana).status).toBe('pending');
  });

  it.each(['refused', 'exhausted'] as const)(
    'and who was %s is held by a record of long after: a retry that a backup does not know would be repeated',
    async (status) => {
      const made = world();
      const day = 24 * 60 * MINUTE;
      const ana = made.plant(ANA, NOON, { status });
      made.clock.at = NOON + 3 * day;
      made.list.records = [listed(ANA, NOON + 2 * day, { id: 'retried' }), listed(ANA, NOON, { id: 'own' })];
      const { report, rows } = await audited(made);
      expect([report.held, made.statusOf(ana).status]).toEqual([1, 'uncertain']);
      expect(rows).toContainEqual(
        expect.objectContaining({ recordId: 'retried', detail: { code: 'audit.held' } }),
      );
      expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
    },
  );

  it('and who was refused is held by a record of hours after, too, but gets none for their own: a clock may have been set', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'refused' });
    made.clock.at = NOON + 180 * MINUTE;
    made.list.records = [listed(ANA, NOON + 60 * MINUTE)];
    expect((await audited(made)).report.held).toBe(1);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 1 });
    expect(made.statusOf(ana)).toMatchObject({ status: 'uncertain', reason: 'in-list' });
  });

  it.each([
    ['what may be the record of the refusal itself', 10 * MINUTE, false],
    ['a later record that failed as well', 60 * MINUTE, true],
  ])('but nobody who was refused is held by %s', async (_what, afterMs, failed) => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'refused' });
    made.clock.at = NOON + 180 * MINUTE;
    made.list.records = [listed(ANA, NOON + afterMs, { failed })];
    expect((await audited(made)).report.held).toBe(0);
    expect(made.statusOf(ana).status).toBe('refused');
  });

  it('gets no record for its own that has other values: it is of another message', async () => {
    const made = world();
    made.clock.at = NOON + 60 * MINUTE;
    const pending = made.plant(ANA, NOON, { status: 'pending', body: ana });
    made.list.records = [listed(ANA, NOON + MINUTE, { values: listedOf(ben) })];
    expect((await audited(made)).report.held).toBe(1);
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 0, requeued: 0, left: 1 });
    expect(made.statusOf(pending)).toMatchObject({ status: 'uncertain', reason: 'in-list' });
  });

  it('is held by a list that was read only in part, too', async () => {
    const made = world();
    const ana = made.plant(ANA, NOON, { status: 'pending' });
    made.list.records = [listed(ANA, NOON + MINUTE), listed(BEN, NOON)];
    made.list.pageSize = 1;
    made.list.before = (page) =>
      page === 2 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    expect((await audited(made)).report.held).toBe(1);
    expect(made.statusOf(ana).status).toBe('uncertain');
  });

  it('counts for limits per day when the message went out, and hides nobody who came before', async () => {
    const made = world();
    const day = 24 * 60 * MINUTE;
    made.clock.at = NOON + 3 * day;
    for (const phone of [ANA, BEN]) made.plant(phone, made.clock.at - 60 * MINUTE);
    const found = Array.from({ length: 6 }, (_, index) => `5190000010${index}`);
    for (const phone of found) made.plant(phone, NOON, { status: 'pending' });
    made.list.records = found.map((phone) => listed(phone, NOON + MINUTE));
    expect((await audited(made)).report.held).toBe(6);
    expect(dailyUse(made.db, 'ws-1', 100, made.clock.at)).toMatchObject({ people: 2 });
  });

  it('is held among many, batch by batch', async () => {
    const made = world();
    const phones = Array.from({ length: 450 }, (_, index) => `519${String(index).padStart(8, '0')}`);
    for (const phone of phones) made.plant(phone, NOON, { status: 'pending' });
    made.list.records = phones.map((phone) => listed(phone, NOON + MINUTE));
    made.list.pageSize = 500;
    expect((await audited(made)).report).toMatchObject({ held: 450, findings: { unknown: 450 } });
  });
});
