import {
  type LeftReason,
  laterReason,
  type Resend,
  type SettlePolicy,
  settleEndOf,
  settlesAt,
  type UncertainAttempt,
} from '../../core/absence.js';
import type { CountedReason } from '../../core/ledger/ledger.js';
import type { UncertainSpan } from '../../core/reconcile-ports.js';
import { type ClockReading, momentOf } from '../../core/steady-time.js';
import type { LedgerDatabase } from './open-ledger.js';
import { PassedTime } from './steady-clocks.js';

/** Uncertain deliveries of a campaign with their live attempt. A run that died did not end its attempts itself. */
export const UNCERTAIN = `
  FROM deliveries d JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
  WHERE d.campaign_id = @campaignId AND d.status = 'uncertain'`;
const ENDED_AT = "CASE WHEN d.reason = 'run-died' THEN NULL ELSE a.ended_at END";
/** End of the settle time of an attempt; takes @timeoutMs and @settleMs. */
export const SETTLE_END = `max(a.started_at + @timeoutMs, coalesce(${ENDED_AT}, 0)) + @settleMs`;

/** How many are uncertain, since when, and when the last one settled that has; null: none is uncertain. */
export function uncertainSpan(
  db: LedgerDatabase,
  campaignId: number,
  policy: SettlePolicy,
  at: number,
): UncertainSpan | null {
  const { settleMs, timeoutMs } = policy;
  const span = db
    .prepare(
      `SELECT count(*) AS count, min(firstAt) AS earliestStartedAt,
         max(settleEnd) FILTER (WHERE settleEnd < @at) AS lastSettledAt
       FROM (SELECT d.first_attempt_at AS firstAt, ${SETTLE_END} AS settleEnd ${UNCERTAIN})`,
    )
    .get({ campaignId, settleMs, timeoutMs, at }) as UncertainSpan;
  // Those that wait to be sent again may turn up in the list after all.
  const requeuedAt = db
    .prepare(
      `SELECT min(first_attempt_at) FROM deliveries WHERE campaign_id = ? AND status = 'pending'
         AND reason IN ('absent', 'declared-absent')`,
    )
    .pluck()
    .get(campaignId) as number | null;
  if (span.count === 0) return null;
  return {
    ...span,
    earliestStartedAt: Math.min(span.earliestStartedAt, requeuedAt ?? span.earliestStartedAt),
  };
}

/** Uncertain deliveries in order after `afterDeliveryId`. */
export function uncertainAttempts(
  db: LedgerDatabase,
  campaignId: number,
  passed: PassedTime,
  afterDeliveryId: number,
  limit: number,
): readonly UncertainAttempt[] {
  const rows = db
    .prepare(
      `SELECT d.id AS deliveryId, a.id AS attemptId, d.person, d.phone, d.key, d.line, a.run_id AS runId,
         a.started_at AS startedAt,
         ${ENDED_AT} AS endedAt,
         EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent') AS provenAbsent
       ${UNCERTAIN} AND d.id > @afterDeliveryId ORDER BY d.id LIMIT @limit`,
    )
    .all({ campaignId, afterDeliveryId, limit }) as (Omit<
    UncertainAttempt,
    'provenAbsent' | 'passedMs' | 'lastedMs'
  > & {
    provenAbsent: number;
    runId: number;
  })[];
  return rows.map(({ runId, provenAbsent, ...row }) => ({
    ...row,
    provenAbsent: provenAbsent === 1,
    ...passed.of({ ...row, runId }),
  }));
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

/**
 * What would settle the uncertain deliveries of a campaign, from what the ledger holds: no network. A delivery
 * counts once, under its first reason; of several times at which the settle time ends, the last is given.
 *
 * @param now this machine's clocks
 */
export function whatWouldSettle(
  db: LedgerDatabase,
  campaignId: number,
  policy: SettlePolicy & { readonly resend: Exclude<Resend, 'yes'> },
  now: ClockReading,
): readonly CountedReason[] {
  const counted = new Map<string, CountedReason>();
  for (const attempt of allUncertain(db, campaignId, new PassedTime(db, momentOf(now), null))) {
    const reason = reasonOf(attempt, policy, now.at);
    const known = counted.get(reason.code);
    const kept = known === undefined ? reason : laterReason<LeftReason>(known, reason);
    counted.set(reason.code, { ...kept, count: (known?.count ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}

interface NotedAttempt extends UncertainAttempt {
  readonly noted: readonly LeftReason[] | null;
}

const BATCH = 1_000;

function* allUncertain(db: LedgerDatabase, campaignId: number, passed: PassedTime): Generator<NotedAttempt> {
  const noted = db.prepare('SELECT reasons FROM unsettled WHERE delivery_id = ? AND attempt_id = ?').pluck();
  let after = 0;
  for (;;) {
    const batch = uncertainAttempts(db, campaignId, passed, after, BATCH);
    for (const attempt of batch) {
      const reasons = noted.get(attempt.deliveryId, attempt.attemptId) as string | undefined;
      yield { ...attempt, noted: reasons === undefined ? null : (JSON.parse(reasons) as LeftReason[]) };
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return;
    after = last.deliveryId;
  }
}

function reasonOf(
  attempt: NotedAttempt,
  policy: SettlePolicy & { readonly resend: Exclude<Resend, 'yes'> },
  at: number,
): LeftReason {
  const noted = attempt.noted ?? [];
  const shown = noted.find(
    ({ code }) => code === 'reconcile.left.claimed' || code === 'reconcile.left.unclear',
  );
  if (shown !== undefined) return shown;
  if (attempt.provenAbsent) return provenReason(policy.resend);
  // Where no clock of this machine can tell, reconcile begins to count: it is the next thing to do.
  const end = attempt.passedMs === null ? 0 : settleEndOf(attempt, policy, at);
  const until = Math.max(end, ...noted.map(settlesAt));
  if (at <= until) return { code: 'reconcile.left.settling', params: { until } };
  const early = noted.some(({ code }) => code === 'reconcile.left.settling');
  const holds = ({ code }: LeftReason): boolean =>
    code !== 'reconcile.left.settling' && !(early && code === 'reconcile.left.ambiguous');
  return noted.find(holds) ?? { code: 'reconcile.left.not-scanned', params: {} };
}

function provenReason(resend: Exclude<Resend, 'yes'>): LeftReason {
  const code = resend === 'never' ? 'reconcile.left.proven-absent-never' : 'reconcile.left.proven-absent';
  return { code, params: {} };
}
