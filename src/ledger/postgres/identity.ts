import type { LedgerIdentity } from '../../core/ledger/ledger.js';
import { HOLDS_ACTION, LAST_TAKING_OUT } from '../sql/actions.js';
import { HOLDS_ATTEMPT } from '../sql/moved.js';
import type { Database } from './database.js';
import { movedTo, storedIdentity } from './moved.js';

/** What tells this ledger from others. */
export function identityIn(db: Database): LedgerIdentity {
  return {
    id: async () => (await storedIdentity(db)).id,
    movedTo: () => movedTo(db),
    holdsAttempt: async ({ workspace, name }, mark) =>
      (await db.row(HOLDS_ATTEMPT, { ...mark, workspace, name })) !== undefined,
    lastAttempt: async (campaignId) => (await db.row(LAST_ATTEMPT, { campaignId })) ?? null,
    holdsAction: async (mark) => (await db.row(HOLDS_ACTION, { ...mark })) !== undefined,
    lastTakingOut: async (workspace) => (await db.row(LAST_TAKING_OUT, { workspace })) ?? null,
    // A database is no file that somebody moves: what it holds stays in it.
    keepLost: () => Promise.resolve({ kind: 'lost', detail: '' }),
  };
}

/** Attempts before the campaign's first run are none of its own and are not looked at. */
const LAST_ATTEMPT = `
  SELECT a.id AS "attemptId", r.id AS "runId", r.started_at AS "runStartedAt"
  FROM attempts a JOIN runs r ON r.id = a.run_id
  WHERE a.id > (SELECT min(after_attempt_id) FROM runs WHERE campaign_id = @campaignId) AND r.campaign_id = @campaignId
  ORDER BY a.id DESC LIMIT 1`;
