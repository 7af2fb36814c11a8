import type { Controls } from '../../core/absence.js';
import { oneRow, rows, type Steps } from './steps.js';

/** The controls of a workspace that began at `fromAt` or later, and before the scan. Holds one number for each that is missing. */
export function* controlsSince(workspace: string, scanId: number, fromAt: number): Steps<Controls> {
  const about = { workspace, scanId, fromAt };
  const summary = yield* oneRow<Omit<Controls, 'missingAt'>>(CONTROLS_SUMMARY, about);
  const missing = yield* rows<{ startedAt: number }>(MISSING_CONTROLS, about);
  return { ...summary, missingAt: missing.map(({ startedAt }) => startedAt) };
}

/** A list is asked only about what left before the reading of it began. */
const SCAN_BEGAN = '(SELECT started_at FROM scans WHERE id = @scanId)';

/**
 * Sends that the provider accepted by its answer, seen (record_at, from the scan) or not: an attempt that evidence
 * settled is none, because what the list said cannot vouch for the list; nor is one to somebody who was forgotten.
 */
const CONTROLS = `
  SELECT a.started_at AS "startedAt", a.ended_at AS "endedAt", m.record_id IS NOT NULL AS listed,
    r.created_at AS "recordAt"
  FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
  LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
  WHERE a.started_at >= @fromAt AND a.started_at < ${SCAN_BEGAN} AND a.outcome = 'accepted'
    AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id) AND length(d.person) < 19
  UNION ALL
  SELECT t.started_at, t.ended_at, m.record_id IS NOT NULL, r.created_at
  FROM test_sends t
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'test' AND m.sent_id = t.id AND m.extra = 0
  LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
  WHERE t.workspace = @workspace AND t.started_at >= @fromAt AND t.started_at < ${SCAN_BEGAN}
    AND t.outcome = 'accepted' AND length(t.person) < 19`;

/** The controls of a workspace that began at `@fromAt` or later, and before the scan, but for those that are missing. */
const CONTROLS_SUMMARY = `
  SELECT count(*) FILTER (WHERE listed) AS listed, max("startedAt") FILTER (WHERE listed) AS "lastListedAt",
    max("startedAt") AS "lastAt",
    coalesce(max("recordAt" - coalesce("endedAt", "startedAt")), 0) AS "longestDelayMs"
  FROM (${CONTROLS}) AS control`;

/** When those began that the scan did not see, in order. */
const MISSING_CONTROLS = `
  SELECT "startedAt" FROM (${CONTROLS}) AS control WHERE NOT listed ORDER BY "startedAt"`;
