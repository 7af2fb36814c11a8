import type { SettlePolicy, UncertainAttempt } from '../../core/absence.js';
import type { CountedReason } from '../../core/ledger/status.js';
import type { UncertainSpan } from '../../core/reconcile-ports.js';
import { type ClockReading, momentOf } from '../../core/steady-time.js';
import type { Dialect } from './dialect.js';
import { timesOfAll, type Until } from './steady-clocks.js';
import { oneRow, rows, type Steps } from './steps.js';
import {
  type AttemptRow,
  attemptsSql,
  type LeaseSql,
  REQUEUED_SINCE,
  spanOf,
  spanSql,
  uncertainAttempt,
} from './uncertain.js';
import { type ToldPolicy, WhatWouldSettle } from './what-would-settle.js';

/** How many are uncertain, since when, and when the last one settled that has; null: none is uncertain. */
export function* uncertainSpan(
  leases: LeaseSql,
  campaignId: number,
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): Steps<UncertainSpan | null> {
  const span = yield* oneRow<UncertainSpan>(spanSql(leases), { campaignId, settleMs, timeoutMs, at });
  const requeued = yield* oneRow<{ requeuedAt: number | null }>(REQUEUED_SINCE, { campaignId });
  return spanOf(span, requeued.requeuedAt);
}

/** Which uncertain deliveries of a campaign are read, in order. */
interface UncertainPage {
  readonly campaignId: number;
  /** Whose beginning is the moment of interest; null: now is. */
  readonly scanId: number | null;
  readonly afterDeliveryId: number;
  readonly limit: number;
}

/** Uncertain deliveries in order after one. */
export function* uncertainAttempts(
  dialect: Dialect,
  leases: LeaseSql,
  page: UncertainPage,
  until: Until,
): Steps<readonly UncertainAttempt[]> {
  return (yield* notedAttempts(dialect, leases, page, until)).map(({ attempt }) => attempt);
}

/** Each with the reasons that the last scan noted. */
function* notedAttempts(
  dialect: Dialect,
  leases: LeaseSql,
  page: UncertainPage,
  until: Until,
): Steps<readonly { readonly attempt: UncertainAttempt; readonly noted: string | null }[]> {
  const found = yield* rows<AttemptRow>(attemptsSql(leases), { ...page });
  const times = yield* timesOfAll(dialect, found, until);
  return found.map((row, index) => {
    const own = times[index];
    if (own === undefined) throw new Error('an attempt has no times');
    return { attempt: uncertainAttempt(row, own), noted: row.noted };
  });
}

const BATCH = 1_000;

/**
 * What would settle the uncertain deliveries of a campaign, from what the ledger holds: no network.
 *
 * @param now this machine's clocks
 */
export function* whatWouldSettle(
  dialect: Dialect,
  leases: LeaseSql,
  campaignId: number,
  policy: ToldPolicy,
  now: ClockReading,
): Steps<readonly CountedReason[]> {
  const told = new WhatWouldSettle(policy, now.at);
  const until = { moment: momentOf(now), sender: null };
  let afterDeliveryId = 0;
  for (;;) {
    const page = { campaignId, scanId: null, afterDeliveryId, limit: BATCH };
    const found = yield* notedAttempts(dialect, leases, page, until);
    for (const { attempt, noted } of found) told.count(attempt, noted);
    const last = found.at(-1);
    if (last === undefined || found.length < BATCH) return told.reasons();
    afterDeliveryId = last.attempt.deliveryId;
  }
}
