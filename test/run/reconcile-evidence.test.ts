import { describe, expect, it } from 'vitest';
import type { ListedSend } from '../../src/core/match.js';
import { declare } from '../../src/ledger/sqlite/declare.js';
import { ana, ben, listedOf, valued } from '../core/values-sample.js';
import { listEvidence } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';
import { listed, MINUTE, NOON, noteClock, type TestWorld, tryAgain, world } from './reconcile-world.js';

const ANA = '51900000001';
const BEN = '51900000002';
const EVA = '51900000003';
const HOUR = 60 * MINUTE;

/** Ben and Eva were accepted before and after noon, and are in the list: what is missing at noon is provably so. */
function provable(...records: readonly ListedSend[]): TestWorld {
  const made = world();
  made.plant(BEN, NOON - MINUTE);
  made.plant(EVA, NOON + 5 * MINUTE);
  made.list.records = [listed(EVA, NOON + 5 * MINUTE + 400), ...records, listed(BEN, NOON - MINUTE + 400)];
  return made;
}

const reasonsIn = (report: { leftReasons: readonly { code: string; count: number }[] }) =>
  report.leftReasons.map(({ code, count }) => [code.replace('reconcile.left.', ''), count]);

describe('two messages to one person, told apart by their values', () => {
  it('of which only the second was executed: the second is accepted, and the first is sent again', async () => {
    const made = provable(listed(ANA, NOON + 3_700, { values: listedOf(ben) }));
    const first = made.plant(ANA, NOON, { status: 'uncertain', key: 'A-1', body: ana });
    const second = made.plant(ANA, NOON + 3_000, { status: 'uncertain', key: 'A-2', body: ben });
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 1, left: 0 });
    expect([made.statusOf(first).status, made.statusOf(second).status]).toEqual(['pending', 'accepted']);
  });

  it('of two campaigns with one template and name are not taken for each other', async () => {
    const made = provable(listed(ANA, NOON + 3_700, { values: listedOf(ben) }));
    const first = made.plant(ANA, NOON, { status: 'uncertain', body: ana });
    const campaignId = made.campaign('again');
    const second = made.plant(ANA, NOON + 3_000, { status: 'uncertain', campaignId, body: ben });
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ requeued: 1, acceptedElsewhere: 1 });
    expect([made.statusOf(first).status, made.statusOf(second).status]).toEqual(['pending', 'accepted']);
  });

  it('with the message of somebody else in the list: neither is settled', async () => {
    const made = provable(listed(ANA, NOON + 3_700, { values: listedOf(valued('Eva', 'S/ 30')) }));
    made.plant(ANA, NOON, { status: 'uncertain', key: 'A-1', body: ana });
    made.plant(ANA, NOON + 3_000, { status: 'uncertain', key: 'A-2', body: ben });
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['unclear', 2]]);
  });

  it('of which the first was accepted by its answer: the second is proven absent', async () => {
    for (const body of [ana, ben]) {
      const made = provable(listed(ANA, NOON + 700, { values: listedOf(ana) }));
      const first = made.plant(ANA, NOON, { key: 'A-1', body: ana });
      const second = made.plant(ANA, NOON + 3_000, { status: 'uncertain', key: 'A-2', body });
      expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
      expect([made.statusOf(first), made.statusOf(second)]).toMatchObject([
        { status: 'accepted', confirmation: 'listed' },
        { status: 'pending' },
      ]);
    }
  });

  it('of which the first was accepted yesterday: each has its own record, whatever its age', async () => {
    const made = provable(
      listed(ANA, NOON + 700, { id: 'new', values: listedOf(ana) }),
      listed(ANA, NOON - 20 * HOUR + 700, { id: 'old', values: listedOf(ana) }),
    );
    made.plant(ANA, NOON - 20 * HOUR, { key: 'A-1', body: ana });
    const second = made.plant(ANA, NOON, { status: 'uncertain', key: 'A-2', body: ana });
    expect((await made.settle({ resend: 'yes' })).accepted).toBe(1);
    const [evidence] = listEvidence(made.db, made.campaignId, 0, 10);
    expect(evidence).toMatchObject({ deliveryId: second, detail: { record: { id: 'new' } } });
  });
});

describe('two equal messages to one person and one record', () => {
  function twice(): TestWorld & { readonly first: number; readonly second: number } {
    const made = provable(listed(ANA, NOON + 3_700, { values: listedOf(ana) }));
    const first = made.plant(ANA, NOON, { status: 'uncertain', key: 'A-1', body: ana });
    const second = made.plant(ANA, NOON + 3_000, { status: 'uncertain', key: 'A-2', body: ana });
    return { ...made, first, second };
  }
  const translate = (made: TestWorld, key: string, fate: 'accepted' | 'absent') =>
    unwrapped(
      declare(
        made.db,
        made.campaignId,
        { people: [{ phone: ANA, person: ANA }], key, fate, note: 'she said so' },
        { by: 'maria', at: made.clock.at },
      ),
    );

  it('stay uncertain both, and the words name the person and the key', async () => {
    const made = twice();
    const report = await made.settle({ resend: 'yes' });
    expect(report).toMatchObject({ accepted: 0, provenAbsent: 0, requeued: 0, left: 2 });
    expect(report.leftReasons).toEqual([
      { code: 'reconcile.left.ambiguous', params: { options: `--phone ${ANA} --key A-1` }, count: 2 },
    ]);
  });

  it('are settled when an operator says which: the other one is proven absent', async () => {
    const made = twice();
    await made.settle({ resend: 'yes' });
    translate(made, 'A-2', 'accepted');
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ requeued: 1, left: 0 });
    expect([made.statusOf(made.first).status, made.statusOf(made.second).status]).toEqual([
      'pending',
      'accepted',
    ]);
  });

  it('are settled when an operator says which was not: the record is of the other one', async () => {
    const made = twice();
    translate(made, 'A-1', 'absent');
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, left: 0 });
    expect([made.statusOf(made.first).status, made.statusOf(made.second).status]).toEqual([
      'pending',
      'accepted',
    ]);
  });

  it('are settled when a second record turns up', async () => {
    const made = twice();
    made.list.records.push(listed(ANA, NOON + 4_000, { values: listedOf(ana) }));
    expect(await made.settle()).toMatchObject({ accepted: 2, left: 0 });
  });
});

describe('a test message and a delivery of type individual to one phone', () => {
  function individual(record: Partial<ListedSend>, test: Parameters<TestWorld['test']>[2]) {
    const made = provable(listed(ANA, NOON + 3_700, { campaignNames: [], type: 2, ...record }));
    made.db.prepare("UPDATE campaigns SET type = 'individual', campaign_name = NULL").run();
    made.db.prepare('DELETE FROM former_identities').run();
    made.list.records = made.list.records.map((one) => ({ ...one, campaignNames: [], type: 2 }));
    const delivery = made.plant(ANA, NOON, { status: 'uncertain', body: ana });
    made.test(ANA, NOON + 3_000, test);
    return { ...made, delivery };
  }

  it('are told apart by what they said: the delivery is not taken for sent', async () => {
    const made = individual({ values: listedOf(ben) }, { outcome: 'uncertain', body: ben });
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
    expect(made.statusOf(made.delivery).status).toBe('pending');
  });

  it('are not told apart when they said the same, and the test was not answered', async () => {
    const made = individual({ values: listedOf(ana) }, { outcome: 'uncertain', body: ana });
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['ambiguous', 1]]);
  });

  it('that was answered: the one record is of the test', async () => {
    const made = individual({ values: listedOf(ana) }, { body: ana });
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });
});

describe('a delivery that was called absent', () => {
  it('is known by what it sent then, whatever an import has made of it since', async () => {
    const made = provable();
    const first = made.plant(ANA, NOON, { status: 'uncertain', body: ana });
    await made.settle({ resend: 'yes' });
    made.db.prepare('UPDATE contents SET body = ? WHERE delivery_id = ?').run(JSON.stringify(ben), first);
    const [send] = unwrapped(await made.ledger.sendsTo([ANA]));
    expect(send?.tries[0]?.values?.body.named).toBe(listedOf(ana).body?.digest);
    made.plant('51900000008', NOON, { status: 'uncertain' });
    made.list.records.push(listed(ANA, NOON + 700, { values: listedOf(ana) }));
    await made.settle();
    expect(made.statusOf(first)).toMatchObject({ status: 'accepted', confirmation: 'listed' });
  });

  it('by an operator is known by that, too, and its next attempt by its own values', async () => {
    const made = provable();
    const first = made.plant(ANA, NOON, { status: 'uncertain', body: ana });
    const word = { people: [{ phone: ANA, person: ANA }], key: null, fate: 'absent', note: 'x' } as const;
    unwrapped(declare(made.db, made.campaignId, word, { by: 'maria', at: NOON }));
    made.db.prepare('UPDATE contents SET body = ? WHERE delivery_id = ?').run(JSON.stringify(ben), first);
    tryAgain(made.db, first, NOON + 6 * MINUTE, 'uncertain');
    const tries = unwrapped(await made.ledger.sendsTo([ANA]))[0]?.tries;
    expect(tries?.map(({ values }) => values?.body.named)).toEqual([
      listedOf(ana).body?.digest,
      listedOf(ben).body?.digest,
    ]);
  });
});

describe('a campaign that was edited right after its last attempt', () => {
  it('is compared under the names under which that attempt went out', async () => {
    const made = provable();
    const last = made.plant(ANA, NOON, { status: 'uncertain' });
    made.campaign('welcome', { template: 'welcome_v2', campaignName: 'Welcome 2' });
    made.list.records.push(listed(ANA, NOON + 700));
    expect(await made.settle({ resend: 'yes' })).toMatchObject({ accepted: 1, requeued: 0 });
    expect(made.statusOf(last).status).toBe('accepted');
  });
});

describe('a clock that was wrong', () => {
  it.each([HOUR, 14 * HOUR, 25 * HOUR])('by %i ms during the attempt forbids absence', async (aheadMs) => {
    const made = provable(listed(ANA, NOON + 700));
    made.plant(ANA, NOON + aheadMs, { status: 'uncertain' });
    made.test('51911111111', NOON + aheadMs + 5 * MINUTE);
    made.list.records.push(
      listed('51911111111', NOON + aheadMs + 5 * MINUTE, { campaignNames: [], type: 2 }),
    );
    made.clock.at = NOON + aheadMs + HOUR;
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['unclear', 1]]);
  });

  it('does not make the record of another campaign one’s own: yesterday’s message forbids nothing', async () => {
    const made = provable(listed(ANA, NOON - 20 * HOUR + 700));
    made.plant(ANA, NOON - 20 * HOUR, { key: 'A-1' });
    made.plant(ANA, NOON, { status: 'uncertain', key: 'A-2' });
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('behind, and set right since, has not let the settle time pass', async () => {
    const made = provable();
    // The attempt began at noon by a clock that was an hour behind; ten seconds later it was set right.
    noteClock(made.db, 0, { at: NOON, bootId: 'boot-1', monotonicMs: NOON + HOUR, providerOffsetMs: HOUR });
    const ana = made.plant(ANA, NOON, { status: 'uncertain' });
    made.clock.at = NOON + HOUR + 10_000;
    const report = await made.settle({ resend: 'yes' });
    expect(reasonsIn(report)).toEqual([['settling', 1]]);
    expect(report.leftReasons[0]?.params).toEqual({ until: NOON + HOUR + 16 * MINUTE });
    made.clock.at = NOON + HOUR + 16 * MINUTE + 1;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
    expect(made.statusOf(ana).status).toBe('pending');
  });

  it('that was set back since does not hold up the settle time', async () => {
    const made = provable();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.clock.at = NOON + 16 * MINUTE + 1;
    made.clock.setMs = -90_000;
    made.list.offsetMs = 90_000;
    expect(reasonsIn(await made.settle())).toEqual([['proven-absent', 1]]);
  });
});

describe('a machine that was started anew', () => {
  const uncertain = (providerOffsetMs: number | null) => {
    // Where nobody knows the provider's clock of then, a record of the day before shows that the list reaches back.
    const made = provable(listed('51933333333', NOON - 27 * HOUR));
    noteClock(made.db, 0, { at: NOON, bootId: 'boot-1', monotonicMs: NOON, providerOffsetMs });
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.clock.bootId = 'boot-2';
    return made;
  };

  it('goes by the provider’s clock', async () => {
    const made = uncertain(0);
    made.clock.at = NOON + 16 * MINUTE;
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['settling', 1]]);
    made.clock.at = NOON + 16 * MINUTE + 1;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('goes by the provider’s clock, although its own says that more time has passed', async () => {
    const made = uncertain(0);
    made.clock.at = NOON + 10 * MINUTE;
    made.clock.setMs = HOUR;
    made.list.offsetMs = -HOUR;
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['settling', 1]]);
  });

  it('takes the provider’s clock at the beginning of the scan, whatever is set while it is read', async () => {
    const made = uncertain(0);
    made.clock.at = NOON + 10 * MINUTE;
    made.list.pageSize = 1;
    made.list.before = (page) => {
      if (page < 2) return null;
      made.clock.setMs = -20 * MINUTE;
      made.list.offsetMs = 20 * MINUTE;
      return null;
    };
    const report = await made.settle({ resend: 'yes' });
    expect(report.leftDeliveries[0]?.reasons.map(({ code }) => code)).toContain('reconcile.left.settling');
  });

  it('counts from its first look at the list when the provider’s clock was not known then', async () => {
    const made = uncertain(null);
    made.clock.at = NOON + HOUR;
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['settling', 1]]);
    made.clock.at = NOON + HOUR + 16 * MINUTE;
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['settling', 1]]);
    made.clock.at = NOON + HOUR + 16 * MINUTE + 1;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('counts from there, too, when it was started once more and the list told the time', async () => {
    const made = uncertain(null);
    made.clock.at = NOON + HOUR;
    await made.settle({ resend: 'yes' });
    made.clock.bootId = 'boot-3';
    made.clock.at = NOON + 2 * HOUR;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });

  it('begins to count anew with every start when nobody tells the time', async () => {
    const made = uncertain(null);
    made.list.offsetMs = null;
    for (const bootId of ['boot-3', 'boot-4']) {
      made.clock.bootId = bootId;
      made.clock.at += HOUR;
      expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['settling', 1]]);
    }
  });
});

describe('a list that does not reach back to the attempt', () => {
  it('proves no absence: a fresh workspace, or one whose list forgets', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(EVA, NOON + 5 * MINUTE);
    made.list.records = [listed(EVA, NOON + 5 * MINUTE)];
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['list-too-short', 1]]);
    made.list.records = [];
    expect(reasonsIn(await made.settle({ resend: 'yes' }))).toEqual([['list-too-short', 1]]);
  });

  it('is told by its oldest record, of whomever, on whatever page', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(EVA, NOON + 5 * MINUTE);
    made.list.records = [
      listed('51977777777', NOON - 400 * 24 * HOUR, { templates: ['other_es'] }),
      listed(EVA, NOON + 5 * MINUTE),
      listed('51977777778', NOON + 6 * MINUTE),
    ];
    made.list.pageSize = 1;
    expect((await made.settle({ resend: 'yes' })).requeued).toBe(1);
  });
});
