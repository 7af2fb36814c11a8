import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_MS, likeness, type SeenRecord } from '../../src/core/match.js';
import type { Variable } from '../../src/core/recipient.js';
import { assign, type KnownSend, type Unmatched } from '../../src/core/reconcile-assign.js';
import { sentValues } from '../../src/core/sent-values.js';
import { attempt, PERSON, record, START } from './match-sample.js';
import { ana, ben, listedOf, valued } from './values-sample.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let nextId = 0;

function send(over: Partial<KnownSend> = {}): KnownSend {
  nextId += 1;
  return {
    kind: 'delivery',
    id: nextId,
    campaignId: 1,
    person: PERSON,
    standing: 'uncertain',
    attemptId: nextId,
    ownRecordId: null,
    tries: [attempt],
    ...over,
  };
}

/** What began so much later, and sent these values. */
const at = (ms: number, body?: readonly Variable[]): Partial<KnownSend> => ({
  tries: [{ ...attempt, startedAt: START + ms, values: body === undefined ? null : sentValues(body, []) }],
});
/** The same, taken by an answer half a second later. */
const answered = (ms: number, body?: readonly Variable[]): Partial<KnownSend> => ({
  standing: 'accepted',
  tries: (at(ms, body).tries ?? []).map((one) => ({ ...one, answeredAt: one.startedAt + 500 })),
});
const owners = (sends: readonly KnownSend[], records: readonly SeenRecord[]) =>
  Object.fromEntries(assign(sends, records).matches.map((match) => [match.record.id, match.send.id]));
const fate = (one: KnownSend, sends: readonly KnownSend[], records: readonly SeenRecord[]) =>
  assign(sends, records).unmatched.get(one) ?? 'present';

describe('the records of a person', () => {
  it('are given to the earliest attempt first', () => {
    const [second, first] = [send(at(600_000)), send(at(0))];
    const records = [record({ id: 'b', at: START + 601_000 }), record({ id: 'a', at: START + 1_000 })];
    expect(owners([second, first], records)).toEqual({ a: first.id, b: second.id });
  });

  it('are given to accepted sends before uncertain ones, because those were surely executed', () => {
    const [uncertain, accepted] = [send(at(0)), send(answered(10_000))];
    const assigned = assign([uncertain, accepted], [record({ at: START + 11_000 })]);
    expect(assigned.matches.map((match) => match.send.id)).toEqual([accepted.id]);
    expect(assigned.unmatched.get(uncertain)).toBe('unlisted');
  });

  it('are given to their exact owner before a near one', () => {
    const test = send({
      kind: 'test',
      standing: 'accepted',
      tries: [{ ...attempt, type: 'individual', campaignName: null }],
    });
    const uncertain = send();
    const own = record({ id: 'own', campaignNames: [], type: 2 });
    const assigned = assign([uncertain, test], [own]);
    expect(assigned.matches.map((match) => match.send.id)).toEqual([test.id]);
    expect(assigned.unmatched.get(uncertain)).toBe('unlisted');
  });

  it('stay with the send that stored evidence gave them to', () => {
    const [early, late] = [
      send({ ...at(0), standing: 'accepted' }),
      send({ ...at(1_000), ownRecordId: 'r1' }),
    ];
    expect(owners([early, late], [record({ at: START + 2_000 })])).toEqual({ r1: late.id });
    expect(owners([early, late], [record({ id: 'r2' })])).toEqual({ r2: early.id });
    expect(owners([late], [record({ id: 'r2' })])).toEqual({});
  });

  it('say of a send without one whether nothing was seen, or nobody can tell', () => {
    const first = send(at(0));
    expect(fate(first, [first], [])).toBe('unlisted');
    expect(fate(first, [first], [record({ persons: [] })])).toBe('unclear');
  });

  it('of another template are nobody’s', () => {
    const one = send();
    const assigned = assign([one], [record({ templates: ['goodbye_es'] })]);
    expect([assigned.matches, assigned.extra, assigned.unmatched.get(one)]).toEqual([[], [], 'unlisted']);
  });

  it('that fit a send better than the one that stored evidence gave them to are claimed', () => {
    const near = send({ ...at(4 * MINUTE), standing: 'accepted', ownRecordId: 'r1' });
    const exact = send(at(0));
    expect(fate(exact, [exact, near], [record()])).toBe('claimed');
    const equal = send({ ...at(0), standing: 'accepted', ownRecordId: 'r1' });
    expect(fate(exact, [exact, equal], [record()])).toBe('unlisted');
  });

  it('that are one too many are extra', () => {
    const one = send();
    const [a, b] = [record({ id: 'a' }), record({ id: 'b', templates: [] })];
    expect(assign([one], [b, a]).extra).toEqual([{ send: one, record: b }]);
    expect(assign([one], [a, record({ id: 'c' })]).extra.map((extra) => extra.record.id)).toEqual(['c']);
    expect(assign([one], [a, record({ id: 'c', persons: [] })]).extra).toEqual([]);
  });

  it('have no rival when no other send could own them', () => {
    const [first, second] = [send(at(0)), send(at(600_000))];
    const assigned = assign([first, second], [record(), record({ id: 'r2', at: START + 601_000 })]);
    expect(assigned.matches.map((match) => [match.record.id, match.unrivalled])).toEqual([
      ['r1', true],
      ['r2', false],
    ]);
  });

  it('of an earlier attempt settle the delivery that was tried again since', () => {
    const again = send({
      tries: [
        { ...attempt, absent: true },
        { ...attempt, startedAt: START + 3_600_000 },
      ],
    });
    expect(owners([again], [record({ at: START + 60_000 })])).toEqual({ r1: again.id });
  });

  it('of an attempt that was called absent are first another’s, of unknown fate', () => {
    const tries = [
      { ...attempt, absent: true },
      { ...attempt, startedAt: START + 30 * HOUR },
    ];
    const other = send(at(0));
    for (const again of [send({ tries }), send({ tries, standing: 'accepted' })]) {
      expect(owners([again, other], [record()])).toEqual({ r1: other.id });
      expect(fate(again, [again, other], [record()])).toBe('unlisted');
    }
  });

  it('of an attempt that was called absent are no proof that a later one, taken by its answer, is listed', () => {
    const second = { ...attempt, startedAt: START + 24 * HOUR, answeredAt: START + 24 * HOUR + 500 };
    const again = send({ standing: 'accepted', tries: [{ ...attempt, absent: true }, second] });
    const before = record({ id: 'before' });
    expect(assign([again], [before])).toMatchObject({ matches: [], extra: [] });
    const own = record({ id: 'own', at: second.startedAt + 1_000 });
    const assigned = assign([again], [before, own]);
    expect(assigned.matches.map((match) => match.record.id)).toEqual(['own']);
    expect(assigned.extra).toEqual([{ send: again, record: before }]);
  });
});

describe('two messages to one person', () => {
  const ofBen = record({ values: listedOf(ben) });

  it('are told apart by their values: the record is of the one that it fits, and says nothing about the other', () => {
    const [first, second] = [send(at(0, ana)), send(at(0, ben))];
    expect(owners([first, second], [ofBen])).toEqual({ r1: second.id });
    expect(fate(first, [first, second], [ofBen])).toBe('unlisted');
  });

  it('with a record that is of neither prove nothing, and neither is called absent', () => {
    const [first, second] = [send(at(0, ana)), send(at(0, ben))];
    const other = record({ values: listedOf(valued('Eva', 'S/ 30')) });
    expect(owners([first, second], [other])).toEqual({});
    for (const one of [first, second]) expect(fate(one, [first, second], [other])).toBe('unclear');
  });

  it.each([
    ['equal values', ana, ana, listedOf(ana)],
    ['values that the record does not tell', ana, ben, null],
    ['values that are not known any more', undefined, undefined, listedOf(ana)],
  ])('with %s are both unsettled when there is one record', (_what, one, other, values) => {
    const both = [send(at(0, one)), send(at(3_000, other))];
    const records = [record({ at: START + 4_000, values })];
    expect(owners(both, records)).toEqual({});
    for (const each of both) expect(fate(each, both, records)).toBe('ambiguous');
    const enough = [...records, record({ id: 'r2', at: START + 5_000, values })];
    expect(Object.keys(owners(both, enough))).toEqual(['r1', 'r2']);
  });

  it('are unsettled, too, when one of them is a test of unknown fate, and not when it was accepted', () => {
    const individual = { type: 'individual', campaignName: null, values: sentValues(ana, []) } as const;
    const delivery = send({ tries: [{ ...attempt, ...individual }] });
    const test = send({ kind: 'test', standing: 'other', tries: [{ ...attempt, ...individual }] });
    const records = [record({ campaignNames: [], type: 2, values: listedOf(ana) })];
    expect(fate(delivery, [delivery, test], records)).toBe('ambiguous');
    const accepted: KnownSend = { ...test, standing: 'accepted' };
    expect(fate(delivery, [delivery, accepted], records)).toBe('unlisted');
    expect(owners([delivery, accepted], records)).toEqual({ r1: accepted.id });
  });

  it('of which one was accepted: the one record is of that one, and the other has none', () => {
    const [accepted, second] = [send(answered(0, ana)), send(at(3_000, ana))];
    const records = [record({ at: START + 3_500, values: listedOf(ana) })];
    expect(owners([accepted, second], records)).toEqual({ r1: accepted.id });
    expect(fate(second, [accepted, second], records)).toBe('unlisted');
  });

  it('that wait to be sent again share a record by time: one of them does not go out', () => {
    const both = [send({ ...at(0), standing: 'requeued' }), send({ ...at(3_000), standing: 'requeued' })];
    expect(owners(both, [record({ at: START + 4_000 })])).toEqual({ r1: both[0]?.id });
  });

  it.each(['requeued', 'given-up'] as const)('one of which is %s: the record is of the other', (standing) => {
    const [called, uncertain] = [send({ ...at(0), standing }), send(at(3_000))];
    expect(owners([called, uncertain], [record({ at: START + 4_000 })])).toEqual({ r1: uncertain.id });
  });

  it('one of which was taken out: the record is of the one that would go out', () => {
    const [out, waits] = [
      send({ ...at(0), standing: 'given-up' }),
      send({ ...at(3_000), standing: 'requeued' }),
    ];
    expect(owners([out, waits], [record({ at: START + 4_000 })])).toEqual({ r1: waits.id });
  });

  it('both of which were called absent and taken out: nobody can say whose the record is', () => {
    const both = [send({ ...at(0), standing: 'given-up' }), send({ ...at(3_000), standing: 'given-up' })];
    expect(owners(both, [record({ at: START + 4_000 })])).toEqual({});
  });

  it('that share a record leave it to a third one nowhere', () => {
    const [first, second, third] = [send(at(0, ana)), send(at(0, ana)), send(at(0, ben))];
    const records = [record({ values: listedOf(ana) })];
    expect(fate(third, [first, second, third], records)).toBe('unlisted');
    expect(assign([first, second, third], records).extra).toEqual([]);
  });

  it('are both present when a record that fits less well stands for one of them', () => {
    const both = [send(at(0, ana)), send(at(0, ana))];
    const records = [
      record({ values: listedOf(ana) }),
      record({ id: 'r2', templates: [], values: listedOf(ana) }),
    ];
    expect(assign(both, records).matches).toHaveLength(2);
  });
});

describe('a message that was taken by its answer', () => {
  it('has no claim to a record that came long after', () => {
    const [old, second] = [send(answered(-3 * 24 * HOUR)), send(at(0))];
    expect(owners([old, second], [record()])).toEqual({ r1: second.id });
  });

  it('may own a record that came late, because a clock was set: then nobody can say whose it is', () => {
    const [early, second] = [send(answered(-2 * HOUR)), send(at(0))];
    expect(owners([early, second], [record()])).toEqual({});
    expect(fate(second, [early, second], [record()])).toBe('ambiguous');
    const own = record({ id: 'own', at: START - 2 * HOUR + 1_000 });
    expect(owners([early, second], [own, record()])).toEqual({ own: early.id, r1: second.id });
  });

  it('may own a record that came early, because a clock was set: then nobody can say whose it is', () => {
    const [first, later] = [send(at(0)), send(answered(2 * HOUR))];
    expect(owners([first, later], [record()])).toEqual({});
    expect(fate(first, [first, later], [record()])).toBe('ambiguous');
    const own = record({ id: 'own', at: START + 2 * HOUR + 1_000 });
    expect(owners([first, later], [own, record()])).toEqual({ own: later.id, r1: first.id });
  });

  it.each(['late', 'early'])(
    'may own a record that came %s, and that of one called absent and taken out',
    (when) => {
      const own = when === 'late' ? answered(-2 * HOUR) : answered(2 * HOUR);
      const [taken, absent] = [send(own), send({ ...at(0), standing: 'given-up' })];
      expect(owners([taken, absent], [record()])).toEqual({});
    },
  );

  it('may, as a test without an answer, own a record that came early: its clock may have been set', () => {
    const [first, test] = [send(at(0, ana)), send({ ...at(2 * HOUR, ana), kind: 'test', standing: 'other' })];
    const listed = record({ values: listedOf(ana) });
    expect(owners([first, test], [listed])).toEqual({});
    expect(fate(first, [first, test], [listed])).toBe('ambiguous');
    const own = record({ id: 'own', at: START + 2 * HOUR + 1_000, values: listedOf(ana) });
    expect(owners([first, test], [own, listed])).toEqual({ own: test.id, r1: first.id });
  });

  it('leaves none of those that are alike a record of its own, where it may own one of theirs that came late', () => {
    const alike = [0, 1, 2].map((seconds) => send(at(seconds * 1_000, ana)));
    const damaged = record({ id: 'damaged', templates: [] });
    const exact = ['r1', 'r2'].map((id) => record({ id, values: listedOf(ana) }));
    expect(Object.keys(owners(alike, [damaged, ...exact])).sort()).toEqual(['damaged', 'r1', 'r2']);
    const late = [send(answered(-20 * MINUTE, ben)), ...alike];
    expect(owners(late, [damaged, ...exact])).toEqual({});
    for (const one of alike) expect(fate(one, late, [damaged, ...exact])).toBe('ambiguous');
  });

  it('has no claim to an early record of other values', () => {
    const [first, later] = [send(at(0, ana)), send(answered(2 * HOUR, ben))];
    expect(owners([first, later], [record({ values: listedOf(ana) })])).toEqual({ r1: first.id });
  });

  it('leaves a damaged record to both: it may be the only trace of the other', () => {
    const [accepted, uncertain] = [send(answered(0)), send(at(0))];
    const damaged = [record({ templates: [] })];
    expect(owners([accepted, uncertain], damaged)).toEqual({ r1: accepted.id });
    expect(fate(uncertain, [accepted, uncertain], damaged)).toBe('unclear');
    expect(fate(uncertain, [accepted, uncertain], [record()])).toBe('unlisted');
  });

  it('leaves an exact record to a later one that was accepted, too, and owns the damaged one that is older', () => {
    const [first, later] = [send(answered(0)), send(answered(3 * MINUTE))];
    const records = [record({ id: 'old', templates: [] }), record({ at: START + 3 * MINUTE + 1_000 })];
    expect(owners([first, later], records)).toEqual({ old: first.id, r1: later.id });
  });

  it('owns a late record that may be of another, and clears nobody by it', () => {
    const [accepted, set] = [send(answered(-2 * HOUR)), send(at(19 * HOUR))];
    expect(owners([accepted, set], [record()])).toEqual({ r1: accepted.id });
    expect(fate(set, [accepted, set], [record()])).toBe('unclear');
  });

  it('owns a record that came late when nobody else may', () => {
    const early = send(answered(-2 * HOUR));
    expect(owners([early], [record()])).toEqual({ r1: early.id });
    const both = [early, send(answered(0))];
    expect(owners(both, [record()])).toEqual({ r1: both[1]?.id });
    const settled = send({ ...at(0), ownRecordId: 'r1' });
    expect(owners([early, settled], [record()])).toEqual({ r1: settled.id });
  });

  it('keeps a record whose time cannot be read', () => {
    const early = send(answered(-2 * HOUR));
    expect(owners([early], [record({ at: null })])).toEqual({ r1: early.id });
  });

  it('is named as the one who got it more than once, however late', () => {
    const early = send(answered(0));
    const late = record({ id: 'late', at: START + 3 * 24 * HOUR });
    expect(assign([early], [record(), late]).extra).toEqual([{ send: early, record: late }]);
  });
});

describe('a message of unknown fate', () => {
  const [first, later] = [send(at(0, ana)), send(at(2 * HOUR, ana))];
  const listed = record({ values: listedOf(ana) });

  it('may own a record that came early, because a clock was set: then nobody can say whose it is', () => {
    expect(owners([first, later], [listed])).toEqual({});
    for (const one of [first, later]) expect(fate(one, [first, later], [listed])).toBe('ambiguous');
    const own = record({ id: 'own', at: START + 2 * HOUR + 1_000, values: listedOf(ana) });
    expect(owners([first, later], [own, listed])).toEqual({ own: later.id, r1: first.id });
  });

  it('may own it as well when another one may, too', () => {
    const last = send(at(3 * HOUR, ana));
    expect(owners([first, later, last], [listed])).toEqual({});
    const twin = send(at(0, ana));
    for (const all of [
      [first, later, last],
      [first, twin, later],
    ])
      for (const one of all) expect(fate(one, all, [listed])).toBe('ambiguous');
  });

  it('may own it as well when an operator’s word made it accepted', () => {
    const declared: KnownSend = { ...later, standing: 'accepted' };
    expect(owners([first, declared], [listed])).toEqual({});
    expect(fate(first, [first, declared], [listed])).toBe('ambiguous');
  });

  it('has no claim to an early record of other values, nor to one of more than a day before', () => {
    const others: KnownSend = { ...later, ...at(2 * HOUR, ben) };
    expect(owners([first, others], [listed])).toEqual({ r1: first.id });
    const longAfter: KnownSend = { ...later, ...at(27 * HOUR, ana) };
    expect(owners([first, longAfter], [listed])).toEqual({ r1: first.id });
    expect(fate(longAfter, [first, longAfter], [listed])).toBe('unlisted');
  });

  it('may own an early record that fits one called absent, which stays so: nothing settles it', () => {
    const requeued: KnownSend = { ...first, standing: 'requeued' };
    expect(owners([requeued], [listed])).toEqual({ r1: first.id });
    expect(owners([requeued, later], [listed])).toEqual({});
    expect(fate(later, [requeued, later], [listed])).toBe('ambiguous');
  });

  it('has no claim to an early record any more when it was proven absent', () => {
    const requeued: KnownSend = { ...later, standing: 'requeued' };
    expect(owners([first, requeued], [listed])).toEqual({ r1: first.id });
  });
});

interface World {
  readonly sends: readonly KnownSend[];
  readonly records: readonly SeenRecord[];
  readonly seed: Iterator<number>;
}

const minutes = (min: number, max: number) => fc.integer({ min, max }).map((n) => START + n * 10 * MINUTE);
const values = fc.constantFrom(ana, ben);
const standings = fc.constantFrom('accepted', 'uncertain', 'uncertain', 'requeued', 'given-up', 'other');
const seeds = fc.infiniteStream(fc.nat());

/** Records that can be read in all but some of their parts. */
const anyWorld: fc.Arbitrary<World> = fc
  .record({
    sends: fc.array(fc.record({ startedAt: minutes(0, 3), standing: standings, body: values }), {
      maxLength: 6,
    }),
    records: fc.array(
      fc.record({
        at: fc.option(minutes(-2, 4), { nil: null }),
        named: fc.boolean(),
        templated: fc.boolean(),
        body: fc.option(values, { nil: null }),
      }),
      { maxLength: 8 },
    ),
    seed: seeds,
  })
  .map(({ sends, records, seed }) => ({
    sends: sends.map(({ startedAt, standing, body }, id) =>
      send({ id, attemptId: id, standing, ...at(startedAt - START, body) }),
    ),
    records: records.map(({ at: moment, named, templated, body }, id) =>
      record({
        id: `r${id}`,
        at: moment,
        campaignNames: named ? ['Welcome'] : [],
        templates: templated ? ['welcome_es'] : [],
        values: body === null ? null : listedOf(body),
      }),
    ),
    seed,
  }));

const shuffled = <T>(items: readonly T[], seed: Iterator<number>): T[] =>
  items
    .map((item) => ({ item, key: seed.next().value as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

describe('whatever the order, and however often a record is repeated', () => {
  it('the same records go to the same sends', () => {
    fc.assert(
      fc.property(anyWorld, ({ sends, records, seed }) => {
        const other = assign(shuffled(sends, seed), shuffled([...records, ...records], seed));
        const known = assign(sends, records);
        const pairs = (one: typeof known) => one.matches.map((m) => `${m.record.id} ${m.send.id}`).sort();
        expect(pairs(other)).toEqual(pairs(known));
        for (const [one, why] of known.unmatched) expect(other.unmatched.get(one)).toBe(why);
      }),
    );
  });

  it('a record has one owner, a send one record, and only what could be its own', () => {
    fc.assert(
      fc.property(anyWorld, ({ sends, records }) => {
        const { matches, unmatched, extra } = assign(sends, records);
        expect(new Set(matches.map((match) => match.record.id)).size).toBe(matches.length);
        expect(new Set(matches.map((match) => match.send.id)).size).toBe(matches.length);
        expect(matches.length).toBeLessThanOrEqual(records.length);
        expect(matches.length + unmatched.size).toBe(sends.length);
        for (const { send: owner, record: own } of matches) {
          expect(['exact', 'near']).toContain(likeness(PERSON, owner.tries[0] ?? attempt, own));
        }
        const owned = new Set(matches.map((match) => match.record));
        expect(extra.filter((one) => owned.has(one.record))).toEqual([]);
      }),
    );
  });

  it('nothing that is like a record without an owner is called unlisted', () => {
    fc.assert(
      fc.property(anyWorld, ({ sends, records }) => {
        const { matches, unmatched } = assign(sends, records);
        const owned = new Set(matches.map((match) => match.record.id));
        const contested = [...unmatched].filter(([, why]) => why === 'ambiguous').map(([one]) => one);
        for (const [one, why] of unmatched) {
          if (why !== 'unlisted') continue;
          const free = records.filter(({ id }) => !owned.has(id));
          for (const other of free) {
            const like = likeness(PERSON, one.tries[0] ?? attempt, other);
            const theirs = contested.some((rival) => {
              const found = likeness(PERSON, rival.tries[0] ?? attempt, other);
              return found === 'exact' || found === 'near';
            });
            expect(like === 'none' || theirs).toBe(true);
          }
        }
      }),
    );
  });
});

/** All ways to give records to sends that fit exactly, by trying. */
function* everyWay(
  sends: readonly KnownSend[],
  records: readonly SeenRecord[],
  from = 0,
): Generator<ReadonlySet<KnownSend>> {
  const next = records[from];
  if (next === undefined) {
    yield new Set();
    return;
  }
  yield* everyWay(sends, records, from + 1);
  for (const one of sends) {
    if (likeness(PERSON, one.tries[0] ?? attempt, next) !== 'exact') continue;
    const others = sends.filter((other) => other !== one);
    for (const rest of everyWay(others, records, from + 1)) yield new Set([...rest, one]);
  }
}

/** Whether a send that goes without would fit one of the records but for its time, which is before the send. */
function isEarlyFor(
  one: KnownSend,
  records: readonly SeenRecord[],
  unmatched: ReadonlyMap<KnownSend, Unmatched>,
): boolean {
  const tried = one.tries[0] ?? attempt;
  const isAbsent = one.standing === 'requeued' || one.standing === 'given-up';
  const fits = (listed: SeenRecord) =>
    likeness(PERSON, tried, listed) !== 'exact' &&
    likeness(PERSON, tried, { ...listed, at: tried.startedAt }) === 'exact';
  return unmatched.has(one) && !isAbsent && records.some(fits);
}

const RANKS = { accepted: 1e6, uncertain: 1e3, other: 1e3, requeued: 1, 'given-up': 1 };
const worth = (owning: ReadonlySet<KnownSend>) =>
  [...owning].reduce((sum, { standing }) => sum + RANKS[standing], 0);

describe('where every record can be read', () => {
  const readable: fc.Arbitrary<World> = anyWorld.map((world) => ({
    ...world,
    sends: world.sends.slice(0, 5),
    records: world.records.slice(0, 4).map((one, index) => ({
      ...one,
      at: one.at ?? START,
      templates: ['welcome_es'],
      campaignNames: ['Welcome'],
      values: listedOf(index % 2 === 0 ? ana : ben),
    })),
  }));

  it('a send of unknown fate is present if it owns a record in whatever way they are given, ambiguous if in some', () => {
    fc.assert(
      fc.property(readable, ({ sends, records }) => {
        const ways = [...everyWay(sends, records)];
        const most = Math.max(...ways.map(worth));
        const best = ways.filter((way) => worth(way) === most);
        const { unmatched } = assign(sends, records);
        for (const one of sends) {
          if (one.standing !== 'uncertain' && one.standing !== 'other') continue;
          const owning = best.filter((way) => way.has(one)).length;
          const found: Unmatched | 'present' = unmatched.get(one) ?? 'present';
          // A clock may have been set: whoever goes without and has an early record makes it a matter of choice.
          const early = found === 'ambiguous' && sends.some((other) => isEarlyFor(other, records, unmatched));
          if (early) continue;
          if (owning === best.length) expect(found).toBe('present');
          else if (owning > 0) expect(found).toBe('ambiguous');
          else expect(['unlisted', 'unclear']).toContain(found);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('fewer records than equal sends of unknown fate settle none of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat({ max: 8 }), (many, few) => {
        const sends = Array.from({ length: many }, (_, index) => send(at(index * 1_000, ana)));
        const records = Array.from({ length: Math.min(few, many - 1) }, (_, index) =>
          record({ id: `r${index}`, at: START + many * 1_000 + CLOCK_SKEW_MS, values: listedOf(ana) }),
        );
        const { matches, unmatched } = assign(sends, records);
        expect(matches).toEqual([]);
        expect(new Set(unmatched.values())).toEqual(
          new Set([records.length === 0 ? 'unlisted' : 'ambiguous']),
        );
      }),
    );
  });

  it('hundreds of messages and records of one person take a moment', () => {
    const sends = Array.from({ length: 300 }, (_, index) => send(at(index, ana)));
    const records = Array.from({ length: 299 }, (_, index) =>
      record({ id: `r${index}`, at: START + MINUTE + index, values: listedOf(ana) }),
    );
    expect(assign(sends, records).matches).toEqual([]);
    expect(assign(sends.slice(1), records).matches).toHaveLength(299);
  });
});

describe('an order that an audit held, because the list shows a message that nobody here sent', () => {
  const early = record({ at: START - 12 * MINUTE });
  const heldAs = (body?: readonly Variable[]) => send({ ...at(-12 * MINUTE, body) });

  it('owns the record when no other message may be its own', () => {
    const held = heldAs();
    expect(owners([held], [early])).toEqual({ r1: held.id });
    const later = send(at(2 * 24 * HOUR));
    expect(owners([held, later], [early])).toEqual({ r1: held.id });
  });

  it.each([
    ['an uncertain order', { standing: 'uncertain' }],
    ['an order in flight', { standing: 'other' }],
    ['an order accepted by an operator’s word', { standing: 'accepted' }],
  ] as const)(
    'owns no record that may be of %s, a clock having been set: an operator says',
    (_what, over) => {
      const [held, other] = [heldAs(), send({ ...at(0), ...over })];
      expect(owners([held, other], [early])).toEqual({});
      for (const one of [held, other]) expect(fate(one, [held, other], [early])).toBe('ambiguous');
    },
  );

  it('owns it when the other order has a record of its own, or other values', () => {
    const [held, other] = [heldAs(ana), send(at(0, ana))];
    const known = { ...early, values: listedOf(ana) };
    const own = record({ id: 'own', values: listedOf(ana) });
    expect(owners([held, other], [known, own])).toEqual({ r1: held.id, own: other.id });
    const otherValues = send(at(0, ben));
    expect(owners([held, otherValues], [known])).toEqual({ r1: held.id });
  });

  it('owns it when the other order was proven absent', () => {
    const [held, other] = [heldAs(), send({ ...at(0), standing: 'requeued' })];
    expect(owners([held, other], [early])).toEqual({ r1: held.id });
  });
});
