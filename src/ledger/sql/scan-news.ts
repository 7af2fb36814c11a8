import type { Dialect } from './dialect.js';
import { type LeaseSql, settleEndSql, UNCERTAIN } from './uncertain.js';

/** What decides about the next reading of the list, but for the last control. */
export function newsSql({ member }: Dialect, leases: LeaseSql): string {
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
export const LAST_CONTROL = `
  SELECT max(at) AS "lastControlAt" FROM (
    SELECT * FROM (SELECT a.started_at AS at FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
      JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
      WHERE a.outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)
      ORDER BY a.id DESC LIMIT 1) AS newest
    UNION ALL
    SELECT max(started_at) FROM test_sends WHERE workspace = @workspace AND outcome = 'accepted') AS each`;

/** A reading that began then went to the end of the list and judged the campaign. */
export const MARK_READ = 'UPDATE campaigns SET list_read_at = @startedAt WHERE id = @campaignId';

/** Those of `@persons` to whom something is uncertain, or was tried and waits; `@acceptedOf`: a campaign whose accepted count, too. */
export function awaitedSql({ texts }: Dialect): string {
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
