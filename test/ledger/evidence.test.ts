import { describe, expect, it } from 'vitest';
import { declare } from '../../src/ledger/declare.js';
import { listEvidence } from '../../src/ledger/evidence.js';
import { whatWouldSettle } from '../../src/ledger/unsettled.js';
import { listed, MINUTE, NOON, policy, type TestWorld, world } from '../run/reconcile-world.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { said, saidInSpanish } from '../support/said.js';

const ANA = '51900000001';
const BEN = '51900000002';
const operator = { by: 'maria', at: NOON + 60 * MINUTE };
const about = (...phones: string[]) => phones.map((phone) => ({ phone, person: phone }));

describe('an operator’s word', () => {
  it('accepted settles, without a confirmation, and is kept with its note', () => {
    const { db, campaignId, plant, statusOf } = world();
    const ana = plant(ANA, NOON, { status: 'uncertain', reason: 'no-answer' });
    const word = { people: about(ANA), fate: 'accepted', note: 'she showed me the message' } as const;
    expect(unwrapped(declare(db, campaignId, word, operator))).toBe(1);
    expect(statusOf(ana)).toEqual({ status: 'accepted', confirmation: null, reason: null });
    expect(listEvidence(db, campaignId, 0, 10)).toMatchObject([
      {
        kind: 'declared-accepted',
        phone: ANA,
        detail: { note: 'she showed me the message' },
        recordedBy: 'maria',
        recordedAt: operator.at,
      },
    ]);
  });

  it('absent puts every uncertain delivery of the person back to pending', () => {
    const { db, campaignId, plant, statusOf } = world();
    const first = plant(ANA, NOON, { status: 'uncertain', key: '1' });
    const second = plant(ANA, NOON, { status: 'uncertain', key: '2' });
    const third = plant(ANA, NOON, { status: 'accepted', key: '3' });
    const word = { people: about(ANA), fate: 'absent', note: 'asked her' } as const;
    expect(unwrapped(declare(db, campaignId, word, operator))).toBe(2);
    expect([first, second, third].map((id) => statusOf(id).status)).toEqual([
      'pending',
      'pending',
      'accepted',
    ]);
  });

  it('about somebody who has no uncertain delivery changes nothing, and says why', () => {
    const { db, campaignId, plant, statusOf } = world();
    const ana = plant(ANA, NOON, { status: 'uncertain' });
    plant(BEN, NOON);
    const word = { people: about(ANA, BEN, '51900000009'), fate: 'absent', note: 'x' } as const;
    const problems = problemsOf(declare(db, campaignId, word, operator));
    expect(problems.map(said)).toEqual([
      '51900000002 has no uncertain message in the campaign "welcome": it is accepted. Only uncertain ones can be declared.',
      'There is nobody with the phone 51900000009 in the campaign "welcome".',
    ]);
    expect(problems.map(saidInSpanish).every((text) => text.includes('welcome'))).toBe(true);
    expect(statusOf(ana).status).toBe('uncertain');
  });

  it('needs a note', () => {
    const { db, campaignId, plant } = world();
    plant(ANA, NOON, { status: 'uncertain' });
    const word = { people: about(ANA), fate: 'accepted', note: ' ' } as const;
    expect(problemsOf(declare(db, campaignId, word, operator))).toEqual([{ code: 'declare.no-note' }]);
  });
});

describe('the ledger itself', () => {
  it('refuses an absence without evidence', () => {
    const { db, plant } = world();
    const ana = plant(ANA, NOON, { status: 'uncertain' });
    const end = db.prepare("UPDATE attempts SET outcome = 'absent' WHERE delivery_id = ?");
    expect(() => end.run(ana)).toThrow('absence needs stored evidence');
    const back = db.prepare("UPDATE deliveries SET status = 'pending' WHERE id = ?");
    expect(() => back.run(ana)).toThrow('live attempt');
  });
});

describe('what would settle the uncertain deliveries', () => {
  const codes = (made: TestWorld, at: number, resend: 'no' | 'never' = 'no') =>
    whatWouldSettle(made.db, made.campaignId, { ...policy, resend }, at).map(({ code, count }) => [
      code.replace('reconcile.left.', ''),
      count,
    ]);

  it('is time at first, then a scan', () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(BEN, NOON + MINUTE, { status: 'uncertain' });
    expect(codes(made, NOON + 2 * MINUTE)).toEqual([['settling', 2]]);
    const [reason] = whatWouldSettle(made.db, made.campaignId, { ...policy, resend: 'no' }, NOON);
    expect(reason?.params).toEqual({ until: NOON + 17 * MINUTE });
    expect(codes(made, NOON + 16 * MINUTE + 1)).toEqual([
      ['not-scanned', 1],
      ['settling', 1],
    ]);
  });

  it('is what the last scan found', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['no-control', 1]]);
    made.test('51911111111', NOON + 58 * MINUTE);
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['control-missing', 1]]);
    made.list.records = [listed('51911111111', NOON + 58 * MINUTE, { campaignNames: [], type: 2 })];
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['proven-absent', 1]]);
    expect(codes(made, made.clock.at, 'never')).toEqual([['proven-absent-never', 1]]);
    await made.settle({ resend: 'yes' });
    expect(codes(made, made.clock.at)).toEqual([]);
  });

  it('is an operator, when the list cannot tell', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.list.records = [listed(ANA, NOON, { numbers: [] })];
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['unclear', 1]]);
  });

  it('is another scan, when the last one came before the settle time ended', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(BEN, NOON + 5 * MINUTE);
    made.list.records = [listed(BEN, NOON + 5 * MINUTE)];
    made.clock.at = NOON + 10 * MINUTE;
    await made.settle();
    expect(codes(made, NOON + 20 * MINUTE)).toEqual([['not-scanned', 1]]);
  });
});
