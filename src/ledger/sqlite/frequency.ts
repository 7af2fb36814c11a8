import type { Statement } from 'better-sqlite3';
import type { FrequencyLimit } from '../../core/ledger/imports.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Statuses of a delivery that reached, or may have reached, its person. */
const REACHED = "'accepted', 'uncertain', 'sending'";

/** Counts what a person got: parameters person, workspace, since (epoch milliseconds, excluded). */
export function frequencyStatement(db: LedgerDatabase): Statement {
  return db
    .prepare(
      `SELECT count(*) FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
       WHERE d.person = ? AND c.workspace = ? AND d.status IN (${REACHED}) AND d.last_attempt_at > ?`,
    )
    .pluck();
}

/**
 * Skips pending deliveries whose person got enough already (`capped`, with the moment at which it would be
 * allowed again in `due_at`), and takes back those for whom it is allowed by now. In one campaign a person with
 * several keys counts each of them.
 *
 * @returns how many are capped now.
 */
export function applyFrequencyLimit(
  db: LedgerDatabase,
  campaignId: number,
  workspace: string,
  limit: FrequencyLimit | null,
  at: number,
): number {
  return db
    .transaction(() => {
      db.prepare(
        `UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0
         WHERE campaign_id = ? AND status = 'skipped' AND reason = 'capped'`,
      ).run(campaignId);
      if (limit === null) return 0;
      return db
        .prepare(
          `UPDATE deliveries SET status = 'skipped', reason = 'capped', due_at = allowed.at
           FROM (
             SELECT p.id, (
               SELECT o.last_attempt_at + @perMs FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
               WHERE o.person = p.person AND c.workspace = @workspace AND o.status IN (${REACHED})
                 AND o.last_attempt_at > @at - @perMs
               ORDER BY o.last_attempt_at DESC LIMIT 1 OFFSET @count - 1) AS at
             FROM deliveries p WHERE p.campaign_id = @campaignId AND p.status = 'pending'
           ) AS allowed
           WHERE deliveries.id = allowed.id AND allowed.at IS NOT NULL`,
        )
        .run({ campaignId, workspace, at, count: limit.count, perMs: limit.perMs }).changes;
    })
    .immediate();
}
