import type { ActionMark, AttemptMark } from '../../core/known-ledger.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { LedgerIdentity } from '../../core/ledger/ledger.js';
import { HOLDS_ACTION, LAST_TAKING_OUT } from '../sql/actions.js';
import { COPIED_TABLES } from '../sql/copied-tables.js';
import { HOLDS_ATTEMPT, identityOf, movedIdentity, movedWords, type StoredIdentity } from '../sql/moved.js';
import type { AskLedger, LedgerDatabase } from './open-ledger.js';

/** What tells a ledger from others; `keepLost`: what becomes of it when its file is gone from its path. */
export function identityIn(ask: AskLedger, keepLost: LedgerIdentity['keepLost']): LedgerIdentity {
  return {
    id: () => ask(ledgerId),
    movedTo: () => ask((db) => storedIdentity(db).movedTo),
    holdsAttempt: (campaign, mark) => ask((db) => holdsAttempt(db, campaign, mark)),
    lastAttempt: (campaignId) => ask((db) => lastAttempt(db, campaignId)),
    holdsAction: (mark) => ask((db) => db.prepare(HOLDS_ACTION).get(mark) !== undefined),
    lastTakingOut: (workspace) =>
      ask((db) => (db.prepare(LAST_TAKING_OUT).get({ workspace }) as ActionMark | undefined) ?? null),
    keepLost,
  };
}

/** The ledger's own id; every copy of it has the same. */
export function ledgerId(db: LedgerDatabase): string {
  return storedIdentity(db).id;
}

/** Whether the ledger holds this very attempt of the campaign. */
export function holdsAttempt(db: LedgerDatabase, campaign: CampaignKey, mark: AttemptMark): boolean {
  return db.prepare(HOLDS_ATTEMPT).get({ ...campaign, ...mark }) !== undefined;
}

/** The campaign's last attempt, or null. Attempts before its first run are none of its own and are not looked at. */
export function lastAttempt(db: LedgerDatabase, campaignId: number): AttemptMark | null {
  const found = db
    .prepare(
      `SELECT a.id AS attemptId, r.id AS runId, r.started_at AS runStartedAt
       FROM attempts a CROSS JOIN runs r ON r.id = a.run_id
       WHERE a.id > (SELECT min(after_attempt_id) FROM runs WHERE campaign_id = @campaignId)
         AND r.campaign_id = @campaignId
       ORDER BY a.id DESC LIMIT 1`,
    )
    .get({ campaignId });
  return found === undefined ? null : (found as AttemptMark);
}

/** The ledger's identity, and where it moved to. */
export function storedIdentity(db: LedgerDatabase): StoredIdentity {
  return identityOf(String(db.prepare('SELECT id FROM ledger_identity').pluck().get()));
}

/** Makes the ledger refuse every change. Inside a transaction of the caller. */
export function retire(db: LedgerDatabase, id: string, to: string): void {
  db.prepare('UPDATE ledger_identity SET id = ?').run(movedIdentity(id, to));
  const refuse = `BEGIN SELECT RAISE(ABORT, ${movedWords(to)}); END`;
  for (const { name } of COPIED_TABLES) {
    for (const change of ['INSERT', 'UPDATE', 'DELETE']) {
      db.exec(`CREATE TRIGGER moved_${change.toLowerCase()}_${name} BEFORE ${change} ON ${name} ${refuse}`);
    }
  }
}
