import { describe, expect, it } from 'vitest';
import { listed, MINUTE, NOON, world } from '../run/reconcile-world.js';
import { endTestSend } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';

const need = { purpose: 'settle', fromAt: NOON, startedAfter: 0, at: NOON + 60 * MINUTE } as const;
const page = (
  records: ReturnType<typeof listed>[],
  nextToken: string | null,
  clockOffsetMs: number | null = 0,
) => ({ kind: 'page', records, nextToken, clockOffsetMs, receivedAt: 0 }) as const;

describe('taking in a page', () => {
  it('leaves the ledger syncing every other commit, also when it fails', async () => {
    const { ledger, db } = world();
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([listed('51900000001', NOON)], 't'));
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.pragma('query_only = ON');
    expect((await ledger.addPage(scan.id, page([], 'u'))).ok).toBe(false);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
  });
});

describe('the records of a scan', () => {
  it('are kept once, however often they come', async () => {
    const { ledger, db } = world();
    const scan = unwrapped(await ledger.openScan(need));
    const [a, b] = [listed('51900000001', NOON), listed('51900000002', NOON)];
    expect(unwrapped(await ledger.addPage(scan.id, page([a, b, a], 't1')))).toMatchObject({ newRecords: 2 });
    expect(unwrapped(await ledger.addPage(scan.id, page([b], 't2')))).toMatchObject({
      newRecords: 0,
      stalePages: 1,
    });
    expect(unwrapped(await ledger.addPage(scan.id, page([], 't1')))).toEqual({
      newRecords: 0,
      stalePages: 2,
      tokenRepeated: true,
    });
    const stored = db.prepare('SELECT pages, records, complete, ended_at FROM scans').all();
    expect(stored).toEqual([{ pages: 3, records: 2, complete: 0, ended_at: null }]);
  });

  it('created before the time of interest are remembered by id alone', async () => {
    const { ledger, db } = world();
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([listed('51900000001', NOON - 1, { id: 'old' })], 't'));
    expect(unwrapped(await ledger.recordsOf(scan.id, ['51900000001']))).toEqual([]);
    expect(db.prepare('SELECT record FROM scan_records').pluck().all()).toEqual([null]);
  });

  it('stand by this machine’s clock; a page without a clock goes by the one before', async () => {
    const { ledger } = world();
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([listed('51900000001', NOON + 3_600_000)], 't1', 3_600_000));
    await ledger.addPage(scan.id, page([listed('51900000001', NOON + 3_601_000)], null, null));
    const records = unwrapped(await ledger.recordsOf(scan.id, ['51900000001']));
    expect(records.map(({ at }) => at)).toEqual([NOON, NOON + 1_000]);
  });

  it('of a person are found by identity', async () => {
    const { ledger, plant } = world();
    plant('525512345678', NOON);
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([listed('5215512345678', NOON)], null));
    expect(unwrapped(await ledger.listedPersons(scan.id, '', 10))).toEqual(['525512345678']);
    expect(unwrapped(await ledger.recordsOf(scan.id, ['525512345678']))).toHaveLength(1);
  });

  it('of another sender are not gone on with', async () => {
    const { ledger, db } = world();
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([], 't'));
    db.prepare("UPDATE scans SET sender = 'sender-2'").run();
    expect(unwrapped(await ledger.openScan(need))).toMatchObject({ resumed: false, token: null });
  });

  it('are not gone on with when earlier ones are needed now', async () => {
    const { ledger } = world();
    const scan = unwrapped(await ledger.openScan(need));
    await ledger.addPage(scan.id, page([], 't'));
    expect(unwrapped(await ledger.openScan(need))).toMatchObject({ resumed: true, token: 't' });
    expect(unwrapped(await ledger.openScan({ ...need, fromAt: NOON - 1 }))).toMatchObject({ resumed: false });
  });

  it('of a test message that was refused are no controls', async () => {
    const { ledger, test, db } = world();
    const id = test('51911111111', NOON + 30 * MINUTE);
    db.prepare("UPDATE test_sends SET outcome = 'in-flight' WHERE id = ?").run(id);
    endTestSend(db, id, 'refused', { httpStatus: 400, errorCode: '131026', errorMessage: null }, NOON);
    const scan = unwrapped(await ledger.openScan(need));
    expect(unwrapped(await ledger.controls(scan.id, 0))).toMatchObject({
      listed: 0,
      lastAt: null,
      missingAt: [],
    });
  });
});
