import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import type { Outcome } from '../../src/core/outcome.js';
import { faultyLedger, sqliteError } from '../support/faulty-ledger.js';
import { beginTestSend, endTestSend } from '../support/on-sqlite.js';
import { ACCEPTED, NO_WORD, SettlingPlace } from '../support/settling-run.js';
import { listed } from './reconcile-world.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a list of 5,000 pages', () => {
  it('does not hold up the first message, and prolongs the run by a minute at most', async () => {
    const place = await SettlingPlace.with(100);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(100_000)];
    const { delivered, sentAtMs, tookMs, reports } = await place.run();
    expect(delivered).toMatchObject({ sent: 99, accepted: 99, halt: null });
    expect(sentAtMs[0]).toBeLessThan(2_000);
    expect(tookMs - (sentAtMs.at(-1) ?? 0)).toBeGreaterThan(MINUTE - 1);
    expect(tookMs - (sentAtMs.at(-1) ?? 0)).toBeLessThan(MINUTE + 2_000);
    expect(reports).toMatchObject([
      { left: 1, scan: { complete: false, problem: { code: 'reconcile.scan.interrupted' } } },
    ]);
  });

  it('is gone on with by the next run, where it was left', async () => {
    const place = await SettlingPlace.with(2);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(6_400), place.record(0, HOUR - 1_000)];
    await place.run();
    const asked = place.list.asked.length;
    expect(place.statusOf(0)).toBe('uncertain');
    await place.run();
    expect(place.list.asked[asked]).toBe(String(20 * asked));
    expect(place.statusOf(0)).toBe('accepted');
  });

  it('is not read to its end when everybody was found', async () => {
    const place = await SettlingPlace.with(2);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [place.record(0, HOUR - 1_000), ...place.strangers(100_000)];
    const { reports, tookMs } = await place.run();
    expect(place.list.asked).toEqual([null]);
    expect(reports).toMatchObject([{ uncertain: 1, accepted: 1, left: 0 }]);
    expect(tookMs).toBeLessThan(2_000);
    expect(place.db.prepare('SELECT count(*) FROM scan_records').pluck().get()).toBe(0);
  });
});

describe('a list that may move, of 250 pages,', () => {
  /** Records in the order of their last change, and one of a person who is uncertain. */
  async function movingPlace(agoMs: number): Promise<SettlingPlace> {
    const place = await SettlingPlace.with(3);
    place.was(0, 'uncertain', agoMs);
    place.was(1, 'uncertain', agoMs);
    place.was(2, 'accepted', agoMs / 2);
    const strangers = place.strangers(4_900).map((record, index) => ({
      ...record,
      createdAt: place.time.clock.now() - ((index * 7) % 24) * HOUR,
    }));
    place.list.records = [...strangers, place.record(1, agoMs), place.record(2, agoMs / 2)];
    return place;
  }

  it('is read once while no settle time is over: a second reading could prove nothing', async () => {
    const place = await movingPlace(MINUTE);
    const { reports, tookMs } = await place.run();
    expect(place.list.asked).toHaveLength(246);
    expect(tookMs).toBeLessThan(50_000);
    expect(reports).toMatchObject([
      {
        accepted: 1,
        left: 1,
        leftReasons: [{ code: 'reconcile.left.settling' }],
        leftDeliveries: [{ reasons: [{ code: 'reconcile.left.settling' }] }],
        scan: { problem: null },
      },
    ]);
    expect((await place.run()).tookMs).toBeLessThan(1_000);
    expect(place.list.asked).toHaveLength(246);
  });

  it('is read again once a settle time is over, and whoever is not in it is left until both readings end', async () => {
    const place = await movingPlace(HOUR);
    const { reports } = await place.run();
    expect(place.list.asked.filter((token) => token === null)).toHaveLength(2);
    expect(reports).toMatchObject([
      {
        left: 1,
        leftReasons: [{ code: 'reconcile.left.list-incomplete' }],
        scan: { problem: { code: 'reconcile.scan.interrupted-again' } },
      },
    ]);
  });
});

describe('a person whom the list proves absent', () => {
  it('comes back and is sent to by the same run', async () => {
    const place = await SettlingPlace.with(2);
    place.was(0, 'uncertain', HOUR);
    place.was(1, 'accepted', HOUR / 2);
    place.list.records = [place.record(1, HOUR / 2)];
    const { delivered, reports, waits } = await place.run();
    expect(reports).toMatchObject([{ provenAbsent: 1, requeued: 1, left: 0 }]);
    expect(delivered.sent).toBe(1);
    expect(waits).toContain('wait.list');
    expect(place.statusOf(0)).toBe('accepted');
  });

  it('is asked about when nothing is left to send, and not before', async () => {
    const place = await SettlingPlace.with(40);
    place.was(0, 'uncertain', HOUR);
    place.was(1, 'accepted', HOUR / 2);
    place.list.records = [place.record(1, HOUR / 2)];
    const sent: ClaimedDelivery[] = [];
    const answer = (delivery: ClaimedDelivery): Outcome => {
      sent.push(delivery);
      return ACCEPTED;
    };
    const askedAfter: number[] = [];
    const resend = (count: number): Promise<boolean> => {
      askedAfter.push(sent.length);
      return Promise.resolve(count === 1);
    };
    await place.run({ answer, resend });
    expect([askedAfter, sent.length, place.statusOf(0)]).toEqual([[38], 39, 'accepted']);
  });

  it('is not asked about at all by a run that ends otherwise', async () => {
    const place = await SettlingPlace.with(40);
    place.was(0, 'uncertain', HOUR);
    place.was(1, 'accepted', HOUR / 2);
    place.list.records = [place.record(1, HOUR / 2)];
    let asked = 0;
    const resend = (): Promise<boolean> => Promise.resolve(++asked > 0);
    const { delivered, reports } = await place.run({ resend, limit: 5 });
    expect([delivered.sent, asked]).toEqual([5, 0]);
    expect(reports).toMatchObject([{ provenAbsent: 1, requeued: 0, left: 1 }]);
  });
});

describe('the list is read', () => {
  it('once within the settle time, and again when it is over', async () => {
    const place = await SettlingPlace.with(2);
    place.was(0, 'uncertain', MINUTE);
    place.was(1, 'accepted', MINUTE / 2);
    place.list.records = [place.record(1, MINUTE / 2)];
    await place.run();
    await place.time.pass(MINUTE);
    expect((await place.run()).tookMs).toBeLessThan(1_000);
    expect(place.list.asked).toHaveLength(1);
    await place.time.pass(15 * MINUTE);
    await place.run();
    expect(place.list.asked).toHaveLength(2);
  });

  it('not at all when nobody is uncertain', async () => {
    const place = await SettlingPlace.with(20);
    const { tookMs } = await place.run();
    expect([place.list.asked, tookMs < 2_500]).toEqual([[], true]);
  });

  it('during a run, too, when the settle time of somebody is over who became uncertain in it', async () => {
    const place = await SettlingPlace.with(60);
    const answer = (_dispatch: ClaimedDelivery, atMs: number): Outcome => (atMs < 1_000 ? NO_WORD : ACCEPTED);
    const { reports, delivered } = await place.run({ answer, ratePerSecond: 1 / 60 });
    expect(place.statusOf(0)).toBe('uncertain');
    expect(reports.length).toBeGreaterThan(1);
    expect(reports[0]?.leftReasons).toMatchObject([{ code: 'reconcile.left.control-missing' }]);
    expect(delivered.sent).toBe(60);
  });

  it('again after a minute when it broke off, and the run goes on meanwhile', async () => {
    const place = await SettlingPlace.with(20);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(30), place.record(0, HOUR - 1_000)];
    place.list.before = (page) =>
      page === 2 ? { kind: 'failed', passing: true, problem: { code: 'list.interrupted' } } : null;
    const { reports, delivered } = await place.run({ ratePerSecond: 1 / 10 });
    expect(reports).toMatchObject([
      { left: 1, scan: { problem: { code: 'list.interrupted' } } },
      { accepted: 1, left: 0, scan: { resumed: true } },
    ]);
    expect(delivered).toMatchObject({ sent: 19, halt: null });
  });

  it('to its end by a run whose limit is reached before', async () => {
    const place = await SettlingPlace.with(20);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(500), place.record(0, HOUR - 1_000)];
    expect((await place.run({ limit: 3 })).delivered.sent).toBe(3);
    expect(place.statusOf(0)).toBe('accepted');
  });

  it('no longer by a run that is halted', async () => {
    const place = await SettlingPlace.with(20);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(5_000)];
    const { delivered, tookMs } = await place.run({ answer: () => NO_WORD });
    expect(delivered.halt?.code).toBe('halt.uncertain');
    expect(tookMs).toBeLessThan(3_000);
  });

  it('no longer by a run that a person stops: both end at once', async () => {
    const place = await SettlingPlace.with(2_000);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [...place.strangers(5_000), place.record(0, HOUR - 1_000)];
    const { delivered, tookMs } = await place.run({ stopAfterMs: 3_000 });
    expect([delivered.interrupted, tookMs]).toEqual([true, 3_000]);
    expect(place.list.asked.length).toBeLessThan(20);
    await place.run({ limit: 1 });
    expect(place.list.asked.filter((token) => token === null)).toHaveLength(1);
  });
});

describe('a control', () => {
  /** One's own phone, which is not in the campaign. */
  const OWN = '51977777777';

  /** Makes controls that the list shows at once, or never. */
  const makerIn = (place: SettlingPlace, listedToo: boolean) => {
    const madeAfter: number[] = [];
    const make = (): Promise<boolean> => {
      madeAfter.push(place.list.asked.length);
      const at = place.time.clock.now();
      const own = { phone: OWN, person: OWN, body: [], header: [], press: null };
      const test = { workspace: 'ws', campaign: 'sale', template: 'sale_es', ...own };
      const id = Number(beginTestSend(place.db, test, at));
      endTestSend(place.db, id, 'accepted', ACCEPTED.answer, at);
      const record = listed(OWN, at, { templates: ['sale_es'], campaignNames: [], type: 2 });
      if (listedToo) place.list.records.unshift(record);
      return Promise.resolve(true);
    };
    return { madeAfter, control: { make } };
  };

  const lastOfCampaign = async (agoMs: number): Promise<SettlingPlace> => {
    const place = await SettlingPlace.with(2);
    place.was(1, 'accepted', agoMs + MINUTE);
    place.was(0, 'uncertain', agoMs);
    place.list.records = [place.record(1, agoMs + MINUTE)];
    return place;
  };

  it('is made when nothing else is missing, and who never got the message is sent to by the same run', async () => {
    const place = await lastOfCampaign(HOUR);
    const { control, madeAfter } = makerIn(place, true);
    const { reports, delivered } = await place.run({ control });
    expect(madeAfter).toEqual([1]);
    expect(reports).toMatchObject([{ uncertain: 1, provenAbsent: 1, requeued: 1, left: 0 }]);
    expect([delivered.sent, place.statusOf(0)]).toEqual([1, 'accepted']);
  });

  it('is made once for a reading, also when the list does not show it', async () => {
    const place = await lastOfCampaign(HOUR);
    const { control, madeAfter } = makerIn(place, false);
    const { reports } = await place.run({ control });
    expect(madeAfter).toEqual([1]);
    expect(reports).toMatchObject([{ left: 1, leftReasons: [{ code: 'reconcile.left.control-missing' }] }]);
    expect((await place.run({ control })).sentAtMs).toEqual([]);
    expect(madeAfter).toHaveLength(1);
  });

  it.each([
    ['the settle time is not over', 2 * MINUTE, 'yes'],
    ['nobody would be sent to again', HOUR, 'never'],
  ] as const)('is not made while %s', async (_what, agoMs, resend) => {
    const place = await lastOfCampaign(agoMs);
    const { control, madeAfter } = makerIn(place, true);
    const { reports } = await place.run({ control, resend });
    expect([reports.length, madeAfter]).toEqual([1, []]);
  });

  it('is not made for who is in the list', async () => {
    const place = await lastOfCampaign(HOUR);
    place.list.records.push(place.record(0, HOUR));
    const { control, madeAfter } = makerIn(place, true);
    await place.run({ control });
    expect([madeAfter, place.statusOf(0)]).toEqual([[], 'accepted']);
  });

  it('is not made when the run itself has a message accepted meanwhile: that one is it', async () => {
    const place = await SettlingPlace.with(3);
    place.was(0, 'uncertain', HOUR);
    const answer = (delivery: ClaimedDelivery): Outcome => {
      const index = delivery.phone === place.phone(1) ? 1 : 2;
      place.list.records.push(place.record(index, 0));
      return ACCEPTED;
    };
    const { control, madeAfter } = makerIn(place, true);
    const { reports } = await place.run({ control, answer });
    expect(madeAfter).toEqual([]);
    expect(reports).toMatchObject([{ requeued: 1, left: 0 }]);
  });

  it('that somebody sent by hand is found by the next run', async () => {
    const place = await lastOfCampaign(HOUR);
    expect((await place.run()).reports).toMatchObject([
      { left: 1, leftReasons: [{ code: 'reconcile.left.no-control' }] },
    ]);
    await makerIn(place, true).control.make();
    expect((await place.run()).reports).toMatchObject([{ requeued: 1 }]);
  });
});

describe('a look for the canary', () => {
  it('cuts the reading short, and the reading goes on where it was', async () => {
    const place = await SettlingPlace.with(30);
    place.was(0, 'uncertain', HOUR);
    place.list.records = [place.record(1, 0), ...place.strangers(200)];
    let looked = false;
    const gates = (beside: { look(): Promise<unknown> }) => [
      {
        check: async (at: number) => {
          if (!looked && at > 0 && place.list.asked.length === 5) {
            looked = true;
            await beside.look();
          }
          return { kind: 'open', atMost: null } as const;
        },
      },
    ];
    const { reports } = await place.run({ gates });
    expect(looked).toBe(true);
    const tokens = Array.from({ length: 11 }, (_, page) => (page === 0 ? null : String(20 * page)));
    const look = [...tokens, ...tokens];
    expect(place.list.asked.slice(0, 33)).toEqual([...tokens.slice(0, 5), ...look, ...tokens.slice(5)]);
    expect(reports).toMatchObject([{ requeued: 1, left: 0, scan: { complete: true } }]);
    const confirmed = 'SELECT confirmation FROM deliveries WHERE person = ?';
    expect(place.db.prepare(confirmed).pluck().get(place.phone(1))).toBe('listed');
  });
});

describe('a ledger that fails under the reading', () => {
  const place = async (code: string) => {
    const made = await SettlingPlace.with(30);
    made.was(0, 'uncertain', HOUR);
    made.list.records = [...made.strangers(60)];
    let failing = false;
    made.list.before = (page) => {
      failing = page === 2;
      return null;
    };
    const db = faultyLedger(made.db, (step) => {
      if (!failing || step !== 'commit') return null;
      failing = false;
      return sqliteError(code);
    });
    return { made, end: await made.run({ db }) };
  };

  it('is told, and stops nothing, when it may pass', async () => {
    const { end } = await place('SQLITE_FULL');
    expect(end.problems.map(({ code }) => code)).toEqual(['ledger.full']);
    expect(end.delivered).toMatchObject({ sent: 29, halt: null });
  });

  it('halts the run when what is on the disk is unknown', async () => {
    const { end } = await place('SQLITE_IOERR_FSYNC');
    expect(end.delivered).toMatchObject({ halt: { code: 'halt.ledger-write' } });
    expect(end.delivered.sent).toBeLessThan(29);
  });
});
