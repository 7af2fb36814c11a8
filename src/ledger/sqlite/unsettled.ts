import type { LeftReason, SettlePolicy, UncertainAttempt } from '../../core/absence.js';
import type { CountedReason } from '../../core/ledger/status.js';
import type { UncertainSpan } from '../../core/reconcile-ports.js';
import { type ClockReading, momentOf } from '../../core/steady-time.js';
import {
  type AttemptRow,
  attemptsSql,
  NO_LEASES,
  REQUEUED_SINCE,
  spanOf,
  spanSql,
  uncertainAttempt,
} from '../sql/uncertain.js';
import { type ToldPolicy, WhatWouldSettle } from '../sql/what-would-settle.js';
import type { LedgerDatabase } from './open-ledger.js';
import { PassedTime } from './steady-clocks.js';

/** How many are uncertain, since when, and when the last one settled that has; null: none is uncertain. */
export function uncertainSpan(
  db: LedgerDatabase,
  campaignId: number,
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): UncertainSpan | null {
  const span = db.prepare(spanSql(NO_LEASES)).get({ campaignId, settleMs, timeoutMs, at }) as UncertainSpan;
  const requeued = db.prepare(REQUEUED_SINCE).get({ campaignId }) as { requeuedAt: number | null };
  return spanOf(span, requeued.requeuedAt);
}

/** Uncertain deliveries in order after `afterDeliveryId`. */
export function uncertainAttempts(
  db: LedgerDatabase,
  campaignId: number,
  passed: PassedTime,
  afterDeliveryId: number,
  limit: number,
): readonly UncertainAttempt[] {
  const rows = attemptRows(db, campaignId, afterDeliveryId, limit);
  return rows.map((row) => uncertainAttempt(row, passed.of(row)));
}

function attemptRows(
  db: LedgerDatabase,
  campaignId: number,
  afterDeliveryId: number,
  limit: number,
): AttemptRow[] {
  return db.prepare(attemptsSql(NO_LEASES)).all({ campaignId, afterDeliveryId, limit }) as AttemptRow[];
}

/** Keeps why deliveries stay uncertain. */
export function noteLeft(
  db: LedgerDatabase,
  scanId: number,
  left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
  at: number,
): void {
  const note = db.prepare('INSERT OR REPLACE INTO unsettled VALUES (?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const { attempt, reasons } of left) {
      note.run(attempt.deliveryId, attempt.attemptId, scanId, JSON.stringify(reasons), at);
    }
  }).immediate();
}

const BATCH = 1_000;

/**
 * What would settle the uncertain deliveries of a campaign, from what the ledger holds: no network.
 *
 * @param now this machine's clocks
 */
export function whatWouldSettle(
  db: LedgerDatabase,
  campaignId: number,
  policy: ToldPolicy,
  now: ClockReading,
): readonly CountedReason[] {
  const told = new WhatWouldSettle(policy, now.at);
  const passed = new PassedTime(db, momentOf(now), null);
  let after = 0;
  for (;;) {
    const rows = attemptRows(db, campaignId, after, BATCH);
    for (const row of rows) told.count(uncertainAttempt(row, passed.of(row)), row.noted);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return told.reasons();
    after = last.deliveryId;
  }
}
