import { backoffMs, LONGEST_RETRY_AFTER_MS, personBackoffMs } from './backoff.js';
import type { Chance } from './clock.js';
import type { DeliveryStatus } from './counts.js';
import type { AnswerFacts, Outcome, OutcomeKind } from './outcome.js';

/** A claimed delivery whose intent is on disk, with what its request needs. */
export interface ClaimedDelivery {
  readonly deliveryId: number;
  /** The attempt whose intent is durable; nothing is sent without one. */
  readonly attemptId: number;
  /** Digits with country code. */
  readonly phone: string;
  readonly person: string;
  readonly country: string;
  /** JSON text of `[{variable, value}]`, ready to stand in a request body. */
  readonly bodyJson: string;
  readonly headerJson: string;
  /** JSON text of `{url, name}`, or null. */
  readonly attachmentJson: string | null;
  /** Definite transient refusals so far, throttling not counted. */
  readonly transientRefusals: number;
  /** Times it was deferred so far, for the back-off. */
  readonly deferrals: number;
}

/** What the ledger records when an attempt ends: guarded by `attemptId`, so that only its own run can. */
export interface OutcomeRecord {
  readonly deliveryId: number;
  readonly attemptId: number;
  readonly outcome: OutcomeKind;
  readonly onWire: boolean;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  /** Earliest moment of the next try; 0 unless `status` is `pending`. */
  readonly dueAt: number;
  readonly transientRefusals: number;
  readonly deferrals: number;
  readonly contactId: string | null;
  readonly answer: AnswerFacts;
  readonly endedAt: number;
}

/** What the transition depends on beside the outcome. */
export interface AttemptPolicy {
  /** Definite transient refusals with which a delivery is given up. */
  readonly attempts: number;
}

/** Where a delivery goes after an outcome. Pure: the ledger writes what comes back. */
export function nextState(
  delivery: ClaimedDelivery,
  outcome: Outcome,
  at: number,
  policy: AttemptPolicy,
  chance: Chance,
): OutcomeRecord {
  const next = nextOf(delivery, outcome, at, policy, chance);
  return {
    deliveryId: delivery.deliveryId,
    attemptId: delivery.attemptId,
    outcome: outcome.kind,
    onWire: outcome.kind === 'not-sent' ? outcome.onWire : true,
    status: next.status,
    reason: next.reason,
    dueAt: next.dueAt,
    transientRefusals: next.transientRefusals,
    deferrals: next.deferrals,
    contactId: outcome.kind === 'accepted' ? outcome.contactId : null,
    answer: outcome.answer,
    endedAt: at,
  };
}

/** Where a delivery stands after an outcome. */
type Next = Pick<OutcomeRecord, 'status' | 'reason' | 'dueAt' | 'transientRefusals' | 'deferrals'>;

function nextOf(
  delivery: ClaimedDelivery,
  outcome: Outcome,
  at: number,
  policy: AttemptPolicy,
  chance: Chance,
): Next {
  const { transientRefusals, deferrals } = delivery;
  switch (outcome.kind) {
    case 'accepted':
      return { status: 'accepted', reason: null, dueAt: 0, transientRefusals, deferrals };
    case 'refused':
      return { status: 'refused', reason: outcome.reason, dueAt: 0, transientRefusals, deferrals };
    case 'uncertain':
      return { status: 'uncertain', reason: outcome.reason, dueAt: 0, transientRefusals, deferrals };
    case 'not-sent':
      return { status: 'pending', reason: null, dueAt: 0, transientRefusals, deferrals };
    case 'deferred':
      return afterDeferral(delivery, outcome, at, policy, chance);
  }
}

type Deferred = Extract<Outcome, { kind: 'deferred' }>;

function afterDeferral(
  delivery: ClaimedDelivery,
  outcome: Deferred,
  at: number,
  policy: AttemptPolicy,
  chance: Chance,
): Next {
  const transientRefusals = delivery.transientRefusals + (outcome.throttled ? 0 : 1);
  const deferrals = delivery.deferrals + 1;
  if (transientRefusals >= policy.attempts) {
    return { status: 'exhausted', reason: 'attempts-used-up', dueAt: 0, transientRefusals, deferrals };
  }
  // A wait that no run sits out halts it; after that the next send decides, and nothing is left to wait for.
  const waitMs = haltsRun(outcome) ? 0 : deferralWaitMs(outcome, delivery.deferrals, chance);
  return { status: 'pending', reason: 'deferred', dueAt: at + waitMs, transientRefusals, deferrals };
}

/** Whether everybody is asked to wait longer than a run does. */
export function haltsRun({ scope, retryAfterMs }: Deferred): boolean {
  return scope === 'everyone' && retryAfterMs !== null && retryAfterMs > LONGEST_RETRY_AFTER_MS;
}

/** `Retry-After` wins for everybody; for one person the longer of it and the pair limit's wait. At most the longest wait. */
export function deferralWaitMs(outcome: Deferred, deferrals: number, chance: Chance): number {
  const own = outcome.scope === 'person' ? personBackoffMs(deferrals) : backoffMs(deferrals, chance);
  if (outcome.retryAfterMs === null) return own;
  const asked = Math.min(outcome.retryAfterMs, LONGEST_RETRY_AFTER_MS);
  return outcome.scope === 'person' ? Math.max(asked, own) : asked;
}
