import { describe, expect, it } from 'vitest';
import { ACCEPTED, NO_WORD, SettlingPlace, type SettlingRun } from '../support/settling-run.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const counted = (place: SettlingPlace, confirmation: 'listed' | 'failed'): unknown =>
  place.db.prepare('SELECT count(*) FROM deliveries WHERE confirmation = ?').pluck().get(confirmation);

/** So many people, to half of whom a run sent an hour ago; the list shows them. */
async function halfSent(people: number): Promise<SettlingPlace> {
  const place = await SettlingPlace.with(people);
  for (let index = 0; index < people / 2; index += 1) place.was(index, 'accepted', HOUR);
  place.list.records = Array.from({ length: people / 2 }, (_, index) => place.record(index, HOUR - 1_000));
  return place;
}

describe('accepted people of an earlier run', () => {
  it('are looked for beside the next one, which they do not hold up', async () => {
    const place = await halfSent(100);
    const { sentAtMs, delivered, reports, tookMs } = await place.run();
    expect(sentAtMs[0]).toBeLessThan(200);
    expect(delivered).toMatchObject({ sent: 50, halt: null });
    expect(reports).toMatchObject([{ uncertain: 0, acceptedPeople: { accepted: 50, found: 50 } }]);
    expect(place.list.asked).toEqual([null, '20', '40']);
    expect(tookMs - (sentAtMs.at(-1) ?? 0)).toBeLessThan(1_000);
  });

  it('are looked for by a run that has nobody left to send to, for a minute at most', async () => {
    const place = await SettlingPlace.with(1);
    place.was(0, 'accepted', HOUR);
    place.list.records = [...place.strangers(100_000).map((record) => ({ ...record, createdAt: null }))];
    const { tookMs, waits, reports } = await place.run();
    expect(tookMs).toBeLessThan(MINUTE + 2_000);
    expect(waits).toContain('wait.list');
    expect(reports).toMatchObject([{ scan: { problem: { code: 'reconcile.scan.interrupted' } } }]);
    const asked = place.list.asked.length;
    await place.run();
    expect(place.list.asked[asked]).toBe(String(20 * asked));
  });

  it('are looked for once, however often a run begins', async () => {
    const place = await halfSent(4);
    place.list.records = place.list.records.slice(1);
    await place.run({ limit: 1 });
    await place.run({ limit: 0 });
    expect((await place.run({ limit: 0 })).tookMs).toBeLessThan(1_000);
    expect(place.list.asked).toEqual([null]);
  });

  it('whom a list cannot tell that is shut leave the run as it is', async () => {
    const place = await halfSent(100);
    place.list.before = () => ({
      kind: 'failed',
      passing: false,
      problem: { code: 'list.interrupted' },
    });
    const { delivered, reports, problems, tookMs } = await place.run();
    expect(delivered).toMatchObject({ sent: 50, halt: null, fatal: null });
    expect(reports).toMatchObject([{ scan: { pages: 0, problem: { code: 'list.interrupted' } } }]);
    expect([problems, place.list.asked.length]).toEqual([[], 1]);
    expect(tookMs).toBeLessThan(10_000);
  });
});

describe('accepted people of this run', () => {
  it('are left to a later command where the settle time is long', async () => {
    const place = await SettlingPlace.with(20);
    await place.run();
    await place.time.pass(14 * MINUTE);
    await place.run();
    expect(place.list.asked).toEqual([]);
    await place.time.pass(2 * MINUTE);
    place.list.records = Array.from({ length: 20 }, (_, index) => place.record(index, 16 * MINUTE));
    await place.run();
    expect(counted(place, 'listed')).toBe(20);
  });

  it('are looked for before it ends where the settle time is short, and one who failed is not sent to again', async () => {
    const place = await SettlingPlace.with(20);
    const answer: NonNullable<SettlingRun['answer']> = ({ phone }) => {
      const index = Number(phone.slice(-4)) - 2;
      place.list.records = [{ ...place.record(index, 0), failed: index === 3 }, ...place.list.records];
      return ACCEPTED;
    };
    const { reports, delivered, tookMs, sentAtMs } = await place.run({ settleMs: 2_000, answer });
    expect(reports).toMatchObject([{ acceptedPeople: { accepted: 20, found: 20, failed: 1 } }]);
    expect([counted(place, 'listed'), counted(place, 'failed'), place.statusOf(3)]).toEqual([
      19,
      1,
      'accepted',
    ]);
    expect(delivered).toMatchObject({ sent: 20, halt: null });
    expect(tookMs - (sentAtMs.at(-1) ?? 0)).toBeLessThan(5_000);
    expect((await place.run({ settleMs: 2_000 })).sentAtMs).toEqual([]);
  });

  it('are left to a later command where somebody is uncertain, whom nothing brings back at the end', async () => {
    const place = await SettlingPlace.with(20);
    const answer: NonNullable<SettlingRun['answer']> = ({ phone }) =>
      phone === place.phone(0) ? NO_WORD : ACCEPTED;
    const { delivered, tookMs } = await place.run({ settleMs: 0, answer });
    expect([delivered.sent, place.statusOf(0), place.list.asked]).toEqual([20, 'uncertain', []]);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('are not looked for while it sends', async () => {
    const place = await SettlingPlace.with(60);
    const { reports } = await place.run({ ratePerSecond: 1 / 10, settleMs: 8_000 });
    expect(reports).toHaveLength(1);
    expect(place.list.asked).toEqual([null]);
  });
});
