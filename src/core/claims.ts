import {
  CLOCK_SKEW_MS,
  type Fit,
  fitOf,
  LEAST_PRESENT,
  type SeenRecord,
  type SendTry,
  UNCLEAR_BEFORE_MS,
} from './match.js';

/**
 * Where a send stands: `accepted`; `uncertain`; `requeued` (proven or declared absent, waiting to be sent again);
 * `given-up` (the same, but taken out or refused since); `other` (on its way, or a test of unknown fate):
 * it may own a record, but nothing about it is to be settled.
 */
export type SendStanding = 'accepted' | 'uncertain' | 'requeued' | 'given-up' | 'other';

/** Something this ledger sent, or may have sent, to a person: a delivery with all its attempts, or a test message. */
export interface KnownSend {
  readonly kind: 'delivery' | 'test';
  readonly id: number;
  readonly campaignId: number | null;
  readonly person: string;
  readonly standing: SendStanding;
  /** The attempt that evidence is about: the live one, else the last. Null for tests, and where somebody was forgotten. */
  readonly attemptId: number | null;
  /** Record that stored evidence already gave it. */
  readonly ownRecordId: string | null;
  /** Its attempts that may have been executed, the earliest first; at least one. */
  readonly tries: readonly SendTry[];
}

/** How a record fits a send. */
export interface RecordClaim {
  readonly record: SeenRecord;
  /** How well it fits in all. */
  readonly fit: Fit;
  /** The same without attempts that were answered long before the record was made, or called absent: it is hardly theirs. */
  readonly timely: Fit;
  /** True: it fits an attempt that was answered well before, but by no more than a clock may be wrong. */
  readonly late: boolean;
  /** True: it fits an attempt but for its time, before it by no more than a clock may be wrong. */
  readonly early: boolean;
  /** True: it fits an attempt that was called absent, of a send that was tried again since. */
  readonly former: boolean;
}

/** By then the record of a message stands in the list that the provider took by its answer. */
export const LATEST_RECORD_MS = 900_000;

/** The records that fit a send in whatever way, the best and then the earliest first. */
export function claimsOf(
  send: KnownSend,
  records: readonly SeenRecord[],
): ReadonlyMap<SeenRecord, RecordClaim> {
  const claims = records.flatMap((record) => claimOn(send, record) ?? []);
  claims.sort((a, b) => b.fit - a.fit || byRecord(a.record, b.record));
  return new Map(claims.map((claim) => [claim.record, claim]));
}

function claimOn(send: KnownSend, record: SeenRecord): RecordClaim | null {
  let [fit, timely, late, early, former] = [0, 0, false, false, false];
  const triedAgain = send.tries.some(({ absent }) => !absent);
  for (const attempt of send.tries) {
    const found = fitOf(send.person, attempt, record);
    if (found === 0) continue;
    fit = Math.max(fit, found);
    if (attempt.absent && triedAgain) {
      former ||= found >= LEAST_PRESENT;
      continue;
    }
    const afterMs = afterAnswerMs(attempt, record);
    if (afterMs <= LATEST_RECORD_MS) timely = Math.max(timely, found);
    else late ||= found >= LEAST_PRESENT && afterMs <= UNCLEAR_BEFORE_MS;
    early ||= isEarly(attempt, record) && fitBesidesTime(send.person, attempt, record) >= LEAST_PRESENT;
  }
  return fit === 0 ? null : { record, fit, timely, late, early, former };
}

/** Created before the attempt, which only a clock that was set explains. */
function isEarly({ startedAt }: SendTry, { at }: SeenRecord): boolean {
  return at !== null && at < startedAt - CLOCK_SKEW_MS;
}

function fitBesidesTime(person: string, attempt: SendTry, record: SeenRecord): Fit {
  return fitOf(person, attempt, { ...record, at: attempt.startedAt });
}

/** How long after the answer the record was made; a message without an answer may be executed at any time. */
function afterAnswerMs({ answeredAt }: SendTry, { at }: SeenRecord): number {
  return answeredAt === null || at === null ? 0 : at - answeredAt;
}

/** The earliest first; records whose time cannot be read come last. */
export function byRecord(a: SeenRecord, b: SeenRecord): number {
  const [first, second] = [a.at ?? Number.MAX_SAFE_INTEGER, b.at ?? Number.MAX_SAFE_INTEGER];
  return first - second || (a.id < b.id ? -1 : Number(a.id > b.id));
}
