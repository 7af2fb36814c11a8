import type { GateStore } from '../../core/ledger/ledger.js';
import type { CanaryStand } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import { dailyUse } from './daily-cap.js';
import { guarded } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { failureOf } from './run-writer.js';

/** What the gates ask of the ledger: for one campaign. Moments are epoch milliseconds. */
export function gatesIn(db: LedgerDatabase, campaignId: number, workspace: string): GateStore {
  const read = <T>(work: () => T): Promise<T> => guarded(db.name, work);
  const written = (sql: string, values: object): Promise<Written> =>
    Promise.resolve(writtenIn(db, sql, { campaignId, ...values }));
  return {
    pendingCountries: () => read(() => db.prepare(PENDING_COUNTRIES).pluck().all(campaignId) as string[]),
    postpone: (country, until) => written(POSTPONE, { country, until }),
    forgetPostponing: () => written(FORGET_POSTPONING, {}),
    dailyUse: (perDay, at) => read(() => dailyUse(db, workspace, perDay, at)),
    canaryUse: () => read(() => db.prepare(CANARY_USE).get(campaignId) as CanaryStand),
    passCanary: (at) => written(PASS_CANARY, { at }),
  };
}

function writtenIn(db: LedgerDatabase, sql: string, values: object): Written {
  try {
    db.prepare(sql).run(values);
    return { kind: 'written' };
  } catch (error) {
    return failureOf(error, db.name);
  }
}

const PENDING_COUNTRIES =
  "SELECT DISTINCT country FROM deliveries WHERE campaign_id = ? AND status = 'pending'";

const POSTPONE = `
  UPDATE deliveries SET due_at = @until, reason = 'window'
  WHERE campaign_id = @campaignId AND status = 'pending' AND country = @country AND due_at < @until`;

const FORGET_POSTPONING = `
  UPDATE deliveries SET due_at = 0, reason = NULL
  WHERE campaign_id = @campaignId AND status = 'pending' AND due_at > 0 AND reason = 'window'`;

const CANARY_USE = `
  SELECT c.canary_passed_at AS passedAt, count(d.id) AS begun,
    count(*) FILTER (WHERE d.status IN ('accepted', 'refused', 'exhausted', 'uncertain')) AS ended,
    count(*) FILTER (WHERE d.status IN ('refused', 'exhausted', 'uncertain')
      OR d.confirmation = 'failed') AS failed,
    max(d.last_attempt_at) AS lastEndedAt
  FROM campaigns c LEFT JOIN deliveries d
    ON d.campaign_id = c.id AND d.status IN ('sending', 'accepted', 'refused', 'exhausted', 'uncertain')
    AND d.last_attempt_at > (SELECT coalesce(max(ended_at), 0) FROM runs
      WHERE campaign_id = c.id AND halt ->> 'code' = 'halt.canary')
  WHERE c.id = ?`;

const PASS_CANARY = 'UPDATE campaigns SET canary_passed_at = @at WHERE id = @campaignId';
