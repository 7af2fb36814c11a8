import type { SettlePolicy } from '../../core/absence.js';
import type { ScanNews } from '../../core/scan-timing.js';
import type { Dialect } from './dialect.js';
import { oneRow, rows, run, type Steps } from './steps.js';
import { type LeaseSql, settleEndSql, UNCERTAIN } from './uncertain.js';

/** What decides about the next reading of the list for a campaign; null: nothing of it is uncertain. */
export function* scanNews(
  dialect: Dialect,
  leases: LeaseSql,
  { campaignId, workspace }: { readonly campaignId: number; readonly workspace: string },
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): Steps<ScanNews | null> {
  const asked = { campaignId, settleMs, timeoutMs, at };
  const found = yield* oneRow<ScanNews>(newsSql(dialect, leases), asked);
  if (found.uncertain === 0) return null;
  const last = yield* oneRow<Pick<ScanNews, 'lastControlAt'>>(LAST_CONTROL, { workspace });
  return { ...found, ...last };
}

/** Keeps when the reading began that went to the end of the list and judged the campaign. */
export function markRead(campaignId: number, startedAt: number): Steps<number> {
  return run(MARK_READ, { campaignId, startedAt });
}

/**
 * Those of these persons to whom something is uncertain, or was tried and waits to be sent again.
 *
 * @param acceptedOf the campaign whose accepted people count, too; null: none
 */
export function* awaited(
  dialect: Dialect,
  workspace: string,
  persons: readonly string[],
  acceptedOf: number | null,
): Steps<readonly string[]> {
  const found = yield* rows<{ person: string }>(awaitedSql(dialect), { persons, workspace, acceptedOf });
  return found.map(({ person }) => person);
}

/** What decides about the next reading of the list, but for the last control. */
function newsSql({ member }: Dialect, leases: LeaseSql): string {
  return `
    SELECT count(*) AS uncertain, max("uncertainAt") AS "lastUncertainAt",
      max("settleEnd") FILTER (WHERE "settleEnd" < @at) AS "lastSettledAt",
      min("settleEnd") FILTER (WHERE "settleEnd" >= @at) AS "nextSettledAt",
      count(*) FILTER (WHERE "firstCode" = 'reconcile.left.no-control') AS "withoutControl",
      count(*) FILTER (WHERE absent) AS "provenAbsent",
      (SELECT list_read_at FROM campaigns WHERE id = @campaignId) AS "lastReadAt"
    FROM (SELECT coalesce(a.ended_at, a.started_at) AS "uncertainAt", ${settleEndSql(leases)} AS "settleEnd",
        (SELECT ${member('reasons', 0, 'code')} FROM unsettled WHERE delivery_id = d.id AND attempt_id = a.id) AS "firstCode",
        EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'absent') AS absent
      ${UNCERTAIN}) AS each`;
}

/** What settled an attempt by evidence vouches for no list. The newest are looked at first: there is no index on time. */
const LAST_CONTROL = `
  SELECT max(at) AS "lastControlAt" FROM (
    SELECT * FROM (SELECT a.started_at AS at FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
      JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
      WHERE a.outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)
      ORDER BY a.id DESC LIMIT 1) AS newest
    UNION ALL
    SELECT max(started_at) FROM test_sends WHERE workspace = @workspace AND outcome = 'accepted') AS each`;

/** A reading that began then went to the end of the list and judged the campaign. */
const MARK_READ = 'UPDATE campaigns SET list_read_at = @startedAt WHERE id = @campaignId';

/** Those of `@persons` to whom something is uncertain, or was tried and waits; `@acceptedOf`: a campaign whose accepted count, too. */
function awaitedSql({ texts }: Dialect): string {
  return `
    SELECT DISTINCT d.person FROM ${texts('persons')} CROSS JOIN deliveries d
    JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
    WHERE d.person = wanted.value AND (d.status = 'uncertain' OR (d.status = 'pending' AND d.first_attempt_at IS NOT NULL)
      OR (d.status = 'accepted' AND d.campaign_id = @acceptedOf))`;
}

/** Those of `@persons` whose fate is open: uncertain, or called absent, whatever came of it since, and not accepted. */
export function openPersonsSql({ texts }: Dialect): string {
  return `
    SELECT DISTINCT d.person FROM ${texts('persons')} CROSS JOIN deliveries d
    WHERE d.person = wanted.value AND (d.status = 'uncertain' OR (d.status <> 'accepted'
      AND EXISTS (SELECT 1 FROM attempts a WHERE a.delivery_id = d.id AND a.outcome = 'absent')))`;
}
