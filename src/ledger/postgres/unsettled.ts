import type { LeftReason, SettlePolicy, UncertainAttempt } from '../../core/absence.js';
import type { CountedReason } from '../../core/ledger/status.js';
import type { UncertainSpan } from '../../core/reconcile-ports.js';
import { type ClockReading, momentOf } from '../../core/steady-time.js';
import {
  type AttemptRow,
  attemptsSql,
  REQUEUED_SINCE,
  spanOf,
  spanSql,
  uncertainAttempt,
} from '../sql/uncertain.js';
import { type ToldPolicy, WhatWouldSettle } from '../sql/what-would-settle.js';
import { jsonText } from './copy-text.js';
import { chunksOf, type Sql } from './database.js';
import { LEASES } from './leases-ended.js';
import { timesOfAll, type Until } from './steady-clocks.js';

const SPAN = spanSql(LEASES);
const ATTEMPTS = attemptsSql(LEASES);

/** How many are uncertain, since when, and when the last one settled that has; null: none is uncertain. */
export async function uncertainSpan(
  sql: Sql,
  campaignId: number,
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): Promise<UncertainSpan | null> {
  const span = await sql.row<UncertainSpan>(SPAN, { campaignId, settleMs, timeoutMs, at });
  const requeued = await sql.row<{ requeuedAt: number | null }>(REQUEUED_SINCE, { campaignId });
  return span === undefined ? null : spanOf(span, requeued?.requeuedAt ?? null);
}

/** Which uncertain deliveries of a campaign are read, in order. */
export interface UncertainPage {
  readonly campaignId: number;
  /** Whose beginning is the moment of interest. */
  readonly scanId: number;
  readonly afterDeliveryId: number;
  readonly limit: number;
}

/** Uncertain deliveries in order after one. */
export async function uncertainAttempts(
  sql: Sql,
  page: UncertainPage,
  until: Until,
): Promise<readonly UncertainAttempt[]> {
  const rows = await sql.rows<AttemptRow>(ATTEMPTS, { ...page });
  return timed(sql, rows, until);
}

async function timed(
  sql: Sql,
  rows: readonly AttemptRow[],
  until: Until,
): Promise<readonly UncertainAttempt[]> {
  const times = await timesOfAll(sql, rows, until);
  return rows.map((row, index) => {
    const own = times[index];
    if (own === undefined) throw new Error('an attempt has no times');
    return uncertainAttempt(row, own);
  });
}

const NOTE = `
  INSERT INTO unsettled (delivery_id, attempt_id, scan_id, reasons, noted_at)
  SELECT n.delivery_id, n.attempt_id, CAST(@scanId AS bigint), n.reasons, CAST(@at AS bigint)
  FROM unnest(@deliveryIds::bigint[], @attemptIds::bigint[], @reasons::text[]) AS n (delivery_id, attempt_id, reasons)
  ON CONFLICT (delivery_id) DO UPDATE SET attempt_id = excluded.attempt_id, scan_id = excluded.scan_id,
    reasons = excluded.reasons, noted_at = excluded.noted_at`;

/** Keeps why deliveries stay uncertain. */
export async function noteLeft(
  sql: Sql,
  scanId: number,
  left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
  at: number,
): Promise<void> {
  for (const some of chunksOf(left)) {
    await sql.run(NOTE, {
      scanId,
      at,
      deliveryIds: some.map(({ attempt }) => attempt.deliveryId),
      attemptIds: some.map(({ attempt }) => attempt.attemptId),
      reasons: some.map(({ reasons }) => jsonText(reasons)),
    });
  }
}

const BATCH = 1_000;

/**
 * What would settle the uncertain deliveries of a campaign, from what the ledger holds: no network.
 *
 * @param now this machine's clocks
 */
export async function whatWouldSettle(
  sql: Sql,
  campaignId: number,
  policy: ToldPolicy,
  now: ClockReading,
): Promise<readonly CountedReason[]> {
  const told = new WhatWouldSettle(policy, now.at);
  const until = { moment: momentOf(now), sender: null };
  let afterDeliveryId = 0;
  for (;;) {
    const rows = await sql.rows<AttemptRow>(ATTEMPTS, {
      campaignId,
      afterDeliveryId,
      limit: BATCH,
      scanId: null,
    });
    const attempts = await timed(sql, rows, until);
    for (const [index, attempt] of attempts.entries()) told.count(attempt, rows[index]?.noted ?? null);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return told.reasons();
    afterDeliveryId = last.deliveryId;
  }
}
