import type { SettlePolicy } from '../../core/absence.js';
import type { ScanNews } from '../../core/scan-timing.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { SETTLE_END, UNCERTAIN } from './unsettled.js';

const NEWS = `
  SELECT count(*) AS uncertain, max(uncertainAt) AS lastUncertainAt,
    max(settleEnd) FILTER (WHERE settleEnd < @at) AS lastSettledAt,
    min(settleEnd) FILTER (WHERE settleEnd >= @at) AS nextSettledAt,
    count(*) FILTER (WHERE first = 'reconcile.left.no-control') AS withoutControl,
    count(*) FILTER (WHERE absent) AS provenAbsent,
    (SELECT list_read_at FROM campaigns WHERE id = @campaignId) AS lastReadAt
  FROM (SELECT coalesce(a.ended_at, a.started_at) AS uncertainAt, ${SETTLE_END} AS settleEnd,
      (SELECT reasons ->> '$[0].code' FROM unsettled WHERE delivery_id = d.id AND attempt_id = a.id) AS first,
      EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent') AS absent
    ${UNCERTAIN})`;

/** What settled an attempt by evidence vouches for no list. The newest are looked at first: there is no index on time. */
const LAST_CONTROL = `
  SELECT max(at) AS lastControlAt FROM (
    SELECT * FROM (SELECT a.started_at AS at FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
      JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
      WHERE a.outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)
      ORDER BY a.id DESC LIMIT 1)
    UNION ALL
    SELECT max(started_at) FROM test_sends WHERE workspace = @workspace AND outcome = 'accepted')`;

/** What decides about the next reading of the list for a campaign; null: nothing of it is uncertain. */
export function scanNews(
  db: LedgerDatabase,
  { campaignId, workspace }: { readonly campaignId: number; readonly workspace: string },
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): ScanNews | null {
  const found = prepared(db, NEWS).get({ campaignId, settleMs, timeoutMs, at }) as ScanNews;
  if (found.uncertain === 0) return null;
  const last = prepared(db, LAST_CONTROL).get({ workspace }) as Pick<ScanNews, 'lastControlAt'>;
  return { ...found, ...last };
}

/** Keeps when the reading began that went to the end of the list and judged the campaign. */
export function markRead(db: LedgerDatabase, campaignId: number, startedAt: number): void {
  prepared(db, 'UPDATE campaigns SET list_read_at = ? WHERE id = ?').run(startedAt, campaignId);
}

const AWAITED = `
  SELECT DISTINCT d.person FROM json_each(@persons) AS seen
  CROSS JOIN deliveries d ON d.person = seen.value
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
  WHERE d.status = 'uncertain' OR (d.status = 'pending' AND d.first_attempt_at IS NOT NULL)
    OR (d.status = 'accepted' AND d.campaign_id = @acceptedOf)`;

/**
 * Those of these persons to whom something is uncertain, or was tried and waits to be sent again.
 *
 * @param acceptedOf the campaign whose accepted people count, too; null: none
 */
export function awaited(
  db: LedgerDatabase,
  workspace: string,
  persons: readonly string[],
  acceptedOf: number | null,
): readonly string[] {
  const rows = prepared(db, AWAITED).all({ persons: JSON.stringify(persons), workspace, acceptedOf });
  return (rows as { person: string }[]).map(({ person }) => person);
}
