import { describe, expect, test } from 'vitest';
import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { addSuppressions } from '../../src/ledger/sqlite/suppressions.js';
import { cancelCampaign, resumeCampaign } from '../support/on-sqlite.js';
import { type OperatedPlace, type VirtualRun, virtualRun } from '../support/virtual-run.js';

const ACCEPTED: Outcome = { kind: 'accepted', contactId: 'c', answer: NO_ANSWER };
const THROTTLED: Outcome = {
  kind: 'deferred',
  scope: 'everyone',
  throttled: true,
  retryAfterMs: 4_000,
  answer: NO_ANSWER,
};
/** As 131056: this person got too much lately, and is tried again after 6 s, 24 s and so on. */
const TOO_MUCH: Outcome = { ...THROTTLED, scope: 'person', retryAfterMs: null };
/** What a running send may take to hear another terminal. */
const HEARD_MS = 2_000;

const cancel = ({ db, campaignId, at }: OperatedPlace): void => {
  cancelCampaign(db, campaignId, { by: 'maria', at: at });
};

/** Everybody of the campaign who is not accepted yet, or has not been told of. */
function suppressRest(place: OperatedPlace): void {
  const people = place.db
    .prepare("SELECT person, phone FROM deliveries WHERE status <> 'accepted'")
    .all() as { person: string; phone: string }[];
  const more = { reason: 'asked', source: 'mail', expiresAt: null };
  addSuppressions(
    place.db,
    'ws',
    people.map((one) => ({ ...one, ...more })),
    place.at,
  );
}

/** A run, and when requests left. */
async function operatedRun(run: Omit<VirtualRun, 'answer'> & Partial<Pick<VirtualRun, 'answer'>>) {
  const leftAtMs: number[] = [];
  const leftTo: string[] = [];
  const ended = await virtualRun({
    ...run,
    answer: (delivery, atMs) => {
      leftAtMs.push(atMs);
      leftTo.push(delivery.person);
      return run.answer?.(delivery, atMs) ?? ACCEPTED;
    },
  });
  const { recipients, pending, sending, skipped, accepted } = ended.counts;
  expect(recipients).toBe(run.people);
  return { ...ended, leftAtMs, leftTo, pending, sending, skipped, accepted };
}

function skippedFor(db: LedgerDatabase, reason: string): number {
  const count = db.prepare("SELECT count(*) FROM deliveries WHERE status = 'skipped' AND reason = ?").pluck();
  return Number(count.get(reason));
}

describe('after a cancel no request leaves, and the run ends', () => {
  test('also of those who were to be tried again', async () => {
    const run = await operatedRun({
      people: 400,
      ratePerSecond: 50,
      answer: ({ deliveryId }) => (deliveryId % 3 === 0 ? TOO_MUCH : ACCEPTED),
      operator: new Map([[2_000, cancel]]),
    });
    expect(run.leftAtMs.filter((atMs) => atMs > 2_000 + HEARD_MS)).toEqual([]);
    expect(run.end).toMatchObject({ halt: { code: 'halt.canceled' }, interrupted: false });
    expect(run.tookMs).toBeLessThan(2_000 + HEARD_MS);
    expect([run.pending, run.sending, run.skipped]).toEqual([0, 0, 400 - run.accepted]);
    expect(skippedFor(run.db, 'canceled')).toBe(run.skipped);
  });

  test('also of those who were claimed ahead and wait for a place', async () => {
    const run = await operatedRun({
      people: 2_000,
      ratePerSecond: 1_000,
      concurrency: 16,
      latencyMs: (atMs) => (atMs >= 1_000 ? 3_000 : 3),
      operator: new Map([[1_010, cancel]]),
    });
    expect(run.leftAtMs.filter((atMs) => atMs > 1_010 + HEARD_MS)).toEqual([]);
    expect([run.pending, run.sending]).toEqual([0, 0]);
    expect(skippedFor(run.db, 'canceled')).toBe(2_000 - run.accepted);
  });

  test('also of those whose connection is not there yet', async () => {
    const run = await operatedRun({
      people: 40,
      ratePerSecond: 10,
      connectMs: () => 8_000,
      operator: new Map([[1_000, cancel]]),
    });
    expect([run.leftAtMs, run.accepted, run.skipped]).toEqual([[], 0, 40]);
  });

  test('while it waits for the provider it ends, too', async () => {
    const run = await operatedRun({
      people: 40,
      ratePerSecond: 50,
      answer: (_dispatch, atMs) => (atMs < 100 ? { ...THROTTLED, retryAfterMs: 600_000 } : ACCEPTED),
      operator: new Map([[10_000, cancel]]),
    });
    expect(run.tookMs).toBeLessThan(10_000 + HEARD_MS);
    expect(run.end.halt).toMatchObject({ code: 'halt.canceled' });
  });

  test('and a cancel that comes as the last of them is answered is told as well', async () => {
    const run = await operatedRun({
      people: 3,
      ratePerSecond: 100,
      concurrency: 1,
      latencyMs: () => 400,
      answer: ({ deliveryId }) => (deliveryId === 1 ? TOO_MUCH : ACCEPTED),
      operator: new Map([[1_100, cancel]]),
    });
    expect([run.accepted, run.skipped, run.end.halt?.code]).toEqual([2, 1, 'halt.canceled']);
  });

  test('a resume right behind it lets the run go on', async () => {
    const resume = (place: OperatedPlace): void => {
      cancel(place);
      resumeCampaign(place.db, place.campaignId, { by: 'maria', at: place.at });
    };
    const run = await operatedRun({ people: 100, ratePerSecond: 50, operator: new Map([[1_000, resume]]) });
    expect([run.accepted, run.end.halt]).toEqual([100, null]);
  });
});

describe('after somebody was put on the do-not-contact list no request leaves to them', () => {
  test('who were to be tried again, and nobody waits for that try', async () => {
    const run = await operatedRun({
      people: 1,
      ratePerSecond: 10,
      latencyMs: () => 1_000,
      answer: () => TOO_MUCH,
      operator: new Map([[500, suppressRest]]),
    });
    expect([run.leftAtMs.length, skippedFor(run.db, 'suppressed')]).toEqual([1, 1]);
    expect(run.tookMs).toBeLessThan(1_000 + HEARD_MS);
  });

  test('who were claimed ahead and wait for a place', async () => {
    const run = await operatedRun({
      people: 2_000,
      ratePerSecond: 1_000,
      concurrency: 16,
      latencyMs: (atMs) => (atMs >= 1_000 && atMs < 1_400 ? 1_400 - atMs : 3),
      operator: new Map([[1_010, suppressRest]]),
    });
    expect(run.leftAtMs.filter((atMs) => atMs > 1_010 + HEARD_MS)).toEqual([]);
    expect([run.pending, run.sending, run.end.halt]).toEqual([0, 0, null]);
    expect(skippedFor(run.db, 'suppressed')).toBe(2_000 - run.accepted);
  });

  test('whose connection comes about long after; the others are sent to', async () => {
    let stopped: readonly string[] = [];
    const run = await operatedRun({
      people: 20,
      ratePerSecond: 10,
      concurrency: 20,
      connectMs: (atMs) => (atMs < 5_000 ? 8_000 : 0),
      operator: new Map([
        [
          3_000,
          ({ db, at }) => {
            const half = db.prepare('SELECT person, phone FROM deliveries WHERE id % 2 = 0').all();
            const people = half as { person: string; phone: string }[];
            stopped = people.map(({ person }) => person);
            const more = { reason: 'asked', source: 'mail', expiresAt: null };
            addSuppressions(
              db,
              'ws',
              people.map((one) => ({ ...one, ...more })),
              at,
            );
          },
        ],
      ]),
    });
    expect(stopped).toHaveLength(10);
    expect(run.leftTo.filter((person) => stopped.includes(person))).toEqual([]);
    expect([run.accepted, skippedFor(run.db, 'suppressed')]).toEqual([10, 10]);
  });
});

/** A gate that lets so many through in all, counted as they are claimed, and halts behind them. */
function allowance(most: number) {
  let left = most;
  return {
    check: () =>
      Promise.resolve(
        left > 0
          ? ({ kind: 'open', atMost: left } as const)
          : ({ kind: 'halt', halt: { code: 'halt.per-day', params: { limit: most, until: 0 } } } as const),
      ),
    claimed: (deliveries: readonly ClaimedDelivery[]) => {
      left -= deliveries.length;
    },
  };
}

/** A provider that hangs for ten seconds in the middle: whoever was claimed ahead goes back. */
const HANGING = (atMs: number): number => (atMs >= 800 && atMs < 900 ? 10_000 : 3);

test('who was claimed ahead and put back gives the place in --limit back', async () => {
  const run = await operatedRun({
    people: 2_000,
    ratePerSecond: 1_000,
    concurrency: 16,
    latencyMs: HANGING,
    // Used up by those who wait as the provider hangs: only a place that is given back lets them go later.
    limit: 830,
  });
  const putBack = run.db.prepare("SELECT count(*) FROM attempts WHERE outcome = 'not-sent'").pluck().get();
  expect(putBack).toBeGreaterThan(0);
  expect([run.accepted, run.pending]).toEqual([830, 1_170]);
});

test('whom a gate let through leaves before it halts the run, however long the connection takes', async () => {
  const run = await operatedRun({
    people: 5,
    ratePerSecond: 50,
    connectMs: () => 3_000,
    gates: () => [allowance(3)],
  });
  expect(run.end.halt).toMatchObject({ code: 'halt.per-day' });
  expect([run.accepted, run.pending]).toEqual([3, 2]);
});

test('nobody is claimed ahead where a gate counts, so that a halt wastes nothing of what it allows', async () => {
  const run = await operatedRun({
    people: 2_000,
    ratePerSecond: 1_000,
    concurrency: 16,
    latencyMs: HANGING,
    gates: () => [allowance(1_500)],
  });
  expect(run.end.halt).toMatchObject({ code: 'halt.per-day' });
  expect([run.accepted, run.pending]).toEqual([1_500, 500]);
});
