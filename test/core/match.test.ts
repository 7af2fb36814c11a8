import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestLikeness,
  CLOCK_SKEW_MS,
  likeness,
  NEAR_BEFORE_MS,
  type SeenRecord,
  type SendTry,
  UNCLEAR_BEFORE_MS,
} from '../../src/core/match.js';
import { assign, type KnownSend } from '../../src/core/reconcile-assign.js';

const START = 1_800_000_000_000;
const PERSON = '51900000001';

const attempt: SendTry = {
  startedAt: START,
  template: 'welcome_es',
  type: 'campaign',
  campaignName: 'Welcome',
};

function record(over: Partial<SeenRecord> = {}): SeenRecord {
  const at = over.at === undefined ? START + 1_000 : over.at;
  return {
    id: 'r1',
    numbers: [PERSON],
    persons: [PERSON],
    templates: ['welcome_es'],
    campaignNames: ['Welcome'],
    type: 1,
    createdAt: at,
    at,
    failed: false,
    contactId: null,
    summary: '',
    ...over,
  };
}

const like = (over: Partial<SeenRecord>, to: SendTry = attempt) => likeness(PERSON, to, record(over));

describe('a record and an attempt', () => {
  it('match exactly with the same person, template, campaign name and a time not before the attempt', () => {
    expect(like({})).toBe('exact');
    expect(like({ persons: ['51911111111', PERSON] })).toBe('exact');
    expect(like({ templates: ['internal-17', 'welcome_es'] })).toBe('exact');
  });

  it.each([
    ['another person', { persons: ['51900000002'] }],
    ['another template', { templates: ['goodbye_es'] }],
    ['another campaign name', { campaignNames: ['Goodbye'] }],
  ])('do not match with %s', (_what, over) => {
    expect(like(over)).toBe('none');
  });

  it.each([
    ['the template is missing', { templates: [] }],
    ['the template differs in case', { templates: ['Welcome_ES'] }],
    ['the campaign name is missing', { campaignNames: [] }],
    ['the campaign name differs in space', { campaignNames: [' welcome  '] }],
    ['the time cannot be read', { at: null }],
  ])('match nearly when %s', (_what, over) => {
    expect(like(over)).toBe('near');
  });

  it('match possibly when two things are missing, or when the record names nobody', () => {
    expect(like({ templates: [], campaignNames: [] })).toBe('possible');
    expect(like({ persons: [] })).toBe('possible');
    expect(like({ campaignNames: [], type: 2 })).toBe('possible');
  });

  it('allow the clocks to differ by two minutes, then nearly, then possibly, then not at all', () => {
    const early = (ms: number) => like({ at: START - ms });
    expect([early(CLOCK_SKEW_MS), early(CLOCK_SKEW_MS + 1)]).toEqual(['exact', 'near']);
    expect([early(NEAR_BEFORE_MS), early(NEAR_BEFORE_MS + 1)]).toEqual(['near', 'possible']);
    expect([early(UNCLEAR_BEFORE_MS), early(UNCLEAR_BEFORE_MS + 1)]).toEqual(['possible', 'none']);
    expect(like({ at: START + 30 * 86_400_000 })).toBe('exact');
  });

  it('do not need a campaign name for type individual, but doubt one that is there', () => {
    const individual: SendTry = { ...attempt, type: 'individual', campaignName: null };
    expect(like({ campaignNames: [], type: 2 }, individual)).toBe('exact');
    expect(like({ campaignNames: [], type: null }, individual)).toBe('exact');
    expect(like({ type: 2 }, individual)).toBe('near');
    expect(like({ type: 1 }, individual)).toBe('possible');
  });

  it('are compared by the attempt that is most like it', () => {
    const early = { ...attempt, template: 'old_es' };
    expect(bestLikeness(PERSON, [early, attempt], record())).toBe('exact');
    expect(bestLikeness(PERSON, [early], record())).toBe('none');
  });
});

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

const at = (ms: number): Partial<KnownSend> => ({ tries: [{ ...attempt, startedAt: START + ms }] });
const owners = (sends: readonly KnownSend[], records: readonly SeenRecord[]) =>
  Object.fromEntries(assign(sends, records).matches.map((match) => [match.record.id, match.send.id]));

describe('the records of a person', () => {
  it('are given to the earliest attempt first', () => {
    const [second, first] = [send(at(600_000)), send(at(0))];
    const records = [record({ id: 'b', at: START + 601_000 }), record({ id: 'a', at: START + 1_000 })];
    expect(owners([second, first], records)).toEqual({ a: first.id, b: second.id });
  });

  it('are given to accepted sends before uncertain ones, because those were surely executed', () => {
    const [uncertain, accepted] = [send(at(0)), send({ ...at(10_000), standing: 'accepted' })];
    const assigned = assign([uncertain, accepted], [record({ at: START + 11_000 })]);
    expect(assigned.matches.map((match) => match.send.id)).toEqual([accepted.id]);
    expect(assigned.unmatched.get(uncertain)).toBe('claimed');
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
  });

  it('say of a send without one whether nothing was seen, somebody else has it, or nobody can tell', () => {
    const [first, second] = [send(at(0)), send(at(1_000))];
    expect(assign([first], []).unmatched.get(first)).toBe('unlisted');
    expect(assign([first, second], [record()]).unmatched.get(second)).toBe('claimed');
    expect(assign([first], [record({ persons: [] })]).unmatched.get(first)).toBe('unclear');
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
    const again = send({ tries: [attempt, { ...attempt, startedAt: START + 3_600_000 }] });
    expect(owners([again], [record({ at: START + 60_000 })])).toEqual({ r1: again.id });
  });
});

describe('whatever the order, and however often a record is repeated', () => {
  const sends = fc.array(
    fc.record({
      startedAt: fc.integer({ min: 0, max: 20 }).map((minute) => START + minute * 60_000),
      standing: fc.constantFrom('accepted', 'uncertain', 'requeued', 'other'),
    } as const),
    { maxLength: 6 },
  );
  const records = fc.array(
    fc.record({
      at: fc.option(
        fc.integer({ min: -10, max: 30 }).map((minute) => START + minute * 60_000),
        { nil: null },
      ),
      named: fc.boolean(),
      templated: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  const world = fc.record({ sends, records, seed: fc.infiniteStream(fc.nat()) }).map((made) => ({
    sends: made.sends.map(({ startedAt, standing }, id) =>
      send({ id, attemptId: id, standing, tries: [{ ...attempt, startedAt }] }),
    ),
    records: made.records.map(({ at: moment, named, templated }, id) =>
      record({
        id: `r${id}`,
        at: moment,
        campaignNames: named ? ['Welcome'] : [],
        templates: templated ? ['welcome_es'] : [],
      }),
    ),
    seed: made.seed,
  }));
  const shuffled = <T>(items: readonly T[], seed: Iterator<number>): T[] =>
    items
      .map((item) => ({ item, key: seed.next().value as number }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);

  it('the same records go to the same sends', () => {
    fc.assert(
      fc.property(world, ({ sends: known, records: seen, seed }) => {
        const other = owners(shuffled(known, seed), shuffled([...seen, ...seen], seed));
        expect(other).toEqual(owners(known, seen));
      }),
    );
  });

  it('a record has one owner, a send one record, and only what could be its own', () => {
    fc.assert(
      fc.property(world, ({ sends: known, records: seen }) => {
        const { matches, unmatched } = assign(known, seen);
        expect(new Set(matches.map((match) => match.record.id)).size).toBe(matches.length);
        expect(new Set(matches.map((match) => match.send.id)).size).toBe(matches.length);
        expect(matches.length + unmatched.size).toBe(known.length);
        for (const match of matches) {
          expect(['exact', 'near']).toContain(bestLikeness(PERSON, match.send.tries, match.record));
        }
      }),
    );
  });

  it('nothing that is like a record in the list is called unlisted, unless somebody else is more like it', () => {
    fc.assert(
      fc.property(world, ({ sends: known, records: seen }) => {
        const { matches, unmatched } = assign(known, seen);
        const owned = new Set(matches.map((match) => match.record.id));
        for (const [one, why] of unmatched) {
          const free = seen.filter((other) => !owned.has(other.id));
          if (why === 'unlisted') {
            for (const other of free) expect(bestLikeness(PERSON, one.tries, other)).toBe('none');
          }
        }
      }),
    );
  });
});
