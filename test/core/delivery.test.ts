import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClaimedDelivery, deferralWaitMs, nextState } from '../../src/core/delivery.js';
import { type AnswerFacts, NO_ANSWER, type Outcome } from '../../src/core/outcome.js';

const ANSWER: AnswerFacts = { httpStatus: 200, errorCode: '131026', errorMessage: 'no' };
const AT = 1_000_000;

function delivery(transientRefusals = 0, deferrals = 0): ClaimedDelivery {
  return {
    deliveryId: 7,
    attemptId: 9,
    phone: '51987654321',
    person: '51987654321',
    country: 'PE',
    bodyJson: '[]',
    headerJson: '[]',
    attachmentJson: null,
    transientRefusals,
    deferrals,
  };
}

function deferred(
  fields: Partial<Extract<Outcome, { kind: 'deferred' }>> = {},
): Extract<Outcome, { kind: 'deferred' }> {
  return {
    kind: 'deferred',
    scope: 'everyone',
    throttled: false,
    retryAfterMs: null,
    answer: ANSWER,
    ...fields,
  };
}

function settled(outcome: Outcome, from = delivery(), attempts = 3) {
  return nextState(from, outcome, AT, { attempts }, () => 0);
}

describe('a delivery goes', () => {
  test.each<[string, Outcome, object]>([
    [
      'to accepted, with its contact',
      { kind: 'accepted', contactId: 'c', answer: ANSWER },
      { status: 'accepted', contactId: 'c', reason: null },
    ],
    [
      'to refused, with the reason',
      { kind: 'refused', reason: 'row-data', answer: ANSWER },
      { status: 'refused', reason: 'row-data' },
    ],
    [
      'to uncertain, with the reason',
      { kind: 'uncertain', reason: 'no-answer', answer: ANSWER },
      { status: 'uncertain', reason: 'no-answer' },
    ],
    [
      'back to pending when nothing left',
      { kind: 'not-sent', onWire: false, halt: null, answer: ANSWER },
      { status: 'pending', onWire: false, dueAt: 0, reason: null },
    ],
    [
      'back to pending at a halt',
      {
        kind: 'not-sent',
        onWire: true,
        halt: { code: 'halt.account', params: { detail: 'no' } },
        answer: ANSWER,
      },
      { status: 'pending', onWire: true, dueAt: 0 },
    ],
    [
      'back to pending, with a time, when deferred',
      deferred(),
      { status: 'pending', reason: 'deferred', dueAt: AT + 1_000, transientRefusals: 1, deferrals: 1 },
    ],
    [
      'back to pending without an attempt spent when throttled',
      deferred({ throttled: true }),
      { status: 'pending', transientRefusals: 0, deferrals: 1 },
    ],
  ])('%s', (_where, outcome, expected) => {
    expect(settled(outcome)).toMatchObject({
      deliveryId: 7,
      attemptId: 9,
      outcome: outcome.kind,
      endedAt: AT,
      answer: ANSWER,
      ...expected,
    });
  });

  test('to exhausted with the last transient refusal that is allowed', () => {
    expect(settled(deferred(), delivery(2, 5))).toMatchObject({
      status: 'exhausted',
      reason: 'attempts-used-up',
      dueAt: 0,
      transientRefusals: 3,
      deferrals: 6,
    });
  });

  test('to pending and due at once, when everybody is to wait longer than a run does: that halts it', () => {
    expect(settled(deferred({ throttled: true, retryAfterMs: 900_001 }))).toMatchObject({ dueAt: AT });
    expect(settled(deferred({ throttled: true, retryAfterMs: 900_000 }))).toMatchObject({
      dueAt: AT + 900_000,
    });
    expect(settled(deferred({ scope: 'person', throttled: true, retryAfterMs: 900_001 }))).toMatchObject({
      dueAt: AT + 900_000,
    });
  });

  test('never to exhausted for being throttled', () => {
    expect(settled(deferred({ throttled: true }), delivery(2, 500))).toMatchObject({
      status: 'pending',
      transientRefusals: 2,
    });
  });
});

describe('the wait of a deferred delivery', () => {
  test.each<[string, Parameters<typeof deferred>[0], number, number]>([
    ['is the common back-off', {}, 3, 8_000],
    ['is that of the person', { scope: 'person' }, 1, 24_000],
    ['is what Retry-After says', { retryAfterMs: 4_000 }, 5, 4_000],
    ['is at most 15 minutes', { retryAfterMs: 3_600_000 }, 0, 900_000],
    ['is at least the back-off of a person', { scope: 'person', retryAfterMs: 1_000 }, 0, 6_000],
    ['is longer for a person when that is asked', { scope: 'person', retryAfterMs: 60_000 }, 0, 60_000],
  ])('%s', (_what, fields, deferrals, expected) => {
    expect(deferralWaitMs(deferred(fields), deferrals, () => 0)).toBe(expected);
  });
});

test('whatever comes back, refusals only grow, and a due time stands only beside pending', () => {
  const outcomes = fc.oneof(
    fc.constantFrom<Outcome>(
      { kind: 'accepted', contactId: null, answer: ANSWER },
      { kind: 'refused', reason: 'refused', answer: ANSWER },
      { kind: 'uncertain', reason: 'unclear-answer', answer: ANSWER },
      { kind: 'not-sent', onWire: false, halt: null, answer: NO_ANSWER },
    ),
    fc
      .record({
        scope: fc.constantFrom('everyone' as const, 'person' as const),
        throttled: fc.boolean(),
        retryAfterMs: fc.option(fc.nat()),
      })
      .map(deferred),
  );
  fc.assert(
    fc.property(
      outcomes,
      fc.nat(20),
      fc.nat(20),
      fc.integer({ min: 1, max: 20 }),
      (outcome, refusals, deferrals, attempts) => {
        const next = settled(outcome, delivery(refusals, deferrals), attempts);
        expect(next.transientRefusals).toBeGreaterThanOrEqual(refusals);
        expect(next.deferrals).toBeGreaterThanOrEqual(deferrals);
        if (next.status !== 'pending') expect(next.dueAt).toBe(0);
        if (outcome.kind === 'deferred') expect(next.status).toMatch(/^(?:pending|exhausted)$/u);
        if (next.status === 'pending' && outcome.kind === 'deferred')
          expect(next.dueAt).toBeGreaterThanOrEqual(AT);
      },
    ),
  );
});
