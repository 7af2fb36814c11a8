import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/problem.js';
import { declare } from '../../src/ledger/sqlite/declare.js';
import { listed, MINUTE, NOON, policy, type TestWorld, world } from '../run/reconcile-world.js';
import { listEvidence, whatWouldSettle } from '../support/on-sqlite.js';
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
    const word = {
      people: about(ANA),
      key: null,
      fate: 'accepted',
      note: 'she showed me the message',
    } as const;
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

  it('absent puts the one uncertain delivery of the person back to pending, or the one that the key names', () => {
    const { db, campaignId, plant, statusOf } = world();
    const first = plant(ANA, NOON, { status: 'uncertain', key: '1' });
    const second = plant(ANA, NOON, { status: 'uncertain', key: '2' });
    const third = plant(ANA, NOON, { status: 'accepted', key: '3' });
    const translate = (key: string | null) =>
      declare(db, campaignId, { people: about(ANA, ANA), key, fate: 'absent', note: 'asked her' }, operator);
    expect(unwrapped(translate('2'))).toBe(1);
    const statuses = () => [first, second, third].map((id) => statusOf(id).status);
    expect(statuses()).toEqual(['uncertain', 'pending', 'accepted']);
    expect(unwrapped(translate(null))).toBe(1);
    expect(statuses()).toEqual(['pending', 'pending', 'accepted']);
  });

  it('about one of several without a key, or with a key that nobody has, changes nothing and names them', () => {
    const { db, campaignId, plant, statusOf } = world();
    const first = plant(ANA, NOON, { status: 'uncertain', key: 'A-1' });
    plant(ANA, NOON, { status: 'uncertain' });
    plant(ANA, NOON, { status: 'accepted', key: 'A-3' });
    const translate = (key: string | null) =>
      problemsOf(declare(db, campaignId, { people: about(ANA), key, fate: 'absent', note: 'x' }, operator));
    const problems = [...translate(null), ...translate('A-9'), ...translate('A-3')];
    expect(problems.map(said)).toEqual([
      '51900000001 has several uncertain messages in the campaign "welcome". Say with --key which one you mean. They are, key (line): A-1 (2), "" (2).',
      '51900000001 has no message with the key "A-9" in the campaign "welcome". There are, key (line): A-1 (2), "" (2), A-3 (2).',
      'The message to 51900000001 with the key "A-3" in the campaign "welcome" is accepted. Only uncertain ones can be declared.',
    ]);
    expect(problems.map(saidInSpanish).every((text) => text.includes('51900000001'))).toBe(true);
    expect(statusOf(first).status).toBe('uncertain');
    for (let key = 0; key < 30; key += 1) plant(BEN, NOON, { status: 'uncertain', key: String(key) });
    const many = { people: about(BEN), key: null, fate: 'absent', note: 'x' } as const;
    expect(said(problemsOf(declare(db, campaignId, many, operator))[0] as Problem)).toMatch(
      / 19 \(2\), …\.$/u,
    );
  });

  it('about somebody who has no uncertain delivery changes nothing, and says why', () => {
    const { db, campaignId, plant, statusOf } = world();
    const ana = plant(ANA, NOON, { status: 'uncertain' });
    plant(BEN, NOON);
    const word = { people: about(ANA, BEN, '51900000009'), key: null, fate: 'absent', note: 'x' } as const;
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
    const word = { people: about(ANA), key: null, fate: 'accepted', note: ' ' } as const;
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
  const clockAt = (made: TestWorld, at: number) => ({ ...made.clock.read(), at, monotonicMs: at });
  const codes = (made: TestWorld, at: number, resend: 'no' | 'never' = 'no') =>
    whatWouldSettle(made.db, made.campaignId, { ...policy, resend }, clockAt(made, at)).map(
      ({ code, count }) => [code.replace('reconcile.left.', ''), count],
    );

  it('is time at first, then a scan', () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(BEN, NOON + MINUTE, { status: 'uncertain' });
    expect(codes(made, NOON + 2 * MINUTE)).toEqual([['settling', 2]]);
    const asked = { ...policy, resend: 'no' } as const;
    const [reason] = whatWouldSettle(made.db, made.campaignId, asked, clockAt(made, NOON));
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
    expect(codes(made, made.clock.at)).toEqual([['list-too-short', 1]]);
    const older = listed(BEN, NOON - MINUTE);
    made.list.records = [older];
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['no-control', 1]]);
    made.test('51911111111', NOON + 58 * MINUTE);
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['control-missing', 1]]);
    made.list.records.push(listed('51911111111', NOON + 58 * MINUTE, { campaignNames: [], type: 2 }));
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

  it('is an operator, when two messages share a record, but not before the other one can turn up no more', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain', key: '1' });
    made.plant(ANA, NOON, { status: 'uncertain', key: '2' });
    made.plant(BEN, NOON + 5 * MINUTE);
    made.list.records = [
      listed(BEN, NOON + 5 * MINUTE),
      listed(ANA, NOON + 700),
      listed('51900000009', NOON - MINUTE),
    ];
    made.clock.at = NOON + 10 * MINUTE;
    await made.settle();
    expect(codes(made, made.clock.at)).toEqual([['settling', 2]]);
    expect(codes(made, NOON + 20 * MINUTE)).toEqual([['not-scanned', 2]]);
    made.clock.at = NOON + 20 * MINUTE;
    await made.settle();
    const asked = { ...policy, resend: 'no' } as const;
    const [reason] = whatWouldSettle(made.db, made.campaignId, asked, made.clock.read());
    expect(said(reason as Problem)).toBe(
      'The list has a message that fits this one and another one to the same person equally well, so it does not tell which of them went out. If you know, say so: reconcile --phone 51900000001 --key 1 --declare accepted (or absent) --note "how you know".',
    );
    expect(saidInSpanish(reason as Problem)).toContain('--phone 51900000001 --key 1 --declare accepted');
  });

  it('is another scan, when the last one came before the settle time ended', async () => {
    const made = world();
    made.plant(ANA, NOON, { status: 'uncertain' });
    made.plant(BEN, NOON + 5 * MINUTE);
    made.list.records = [listed(BEN, NOON + 5 * MINUTE), listed('51900000007', NOON - MINUTE)];
    made.clock.at = NOON + 10 * MINUTE;
    await made.settle();
    expect(codes(made, NOON + 20 * MINUTE)).toEqual([['not-scanned', 1]]);
  });
});
