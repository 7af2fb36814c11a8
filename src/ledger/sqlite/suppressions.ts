import type { Suppression, SuppressionRecord } from '../../core/ledger/people.js';
import { knownFingerprint, phoneShown } from './fingerprint.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Every workspace that has a campaign or a do-not-contact list here. */
export function knownWorkspaces(db: LedgerDatabase): readonly string[] {
  return db
    .prepare<[], string>(
      'SELECT workspace FROM campaigns UNION SELECT workspace FROM suppressions ORDER BY 1',
    )
    .pluck()
    .all();
}

/** The workspace's own list; campaign files' lists carry the campaign's id instead. */
const WORKSPACE_LIST = 0;

/**
 * Adds people to a do-not-contact list and skips what is still pending for them at once. A run that is going on is
 * told: it lets go of whom it claimed before and has not sent to. Known people get the new reason and expiry.
 *
 * @returns how many were new.
 */
export function addSuppressions(
  db: LedgerDatabase,
  workspace: string,
  entries: Iterable<Suppression>,
  at: number,
  campaignId = WORKSPACE_LIST,
): number {
  const known = db.prepare(
    'SELECT 1 FROM suppressions WHERE workspace = ? AND person = ? AND campaign_id = ?',
  );
  const add = db.prepare(
    `INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
     VALUES (@workspace, @person, @campaignId, @phone, @reason, @source, @at, @expiresAt) ON CONFLICT (workspace, person, campaign_id)
     DO UPDATE SET phone = @phone, reason = @reason, source = @source, added_at = @at, expires_at = @expiresAt`,
  );
  const skip = db.prepare(
    `UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
     WHERE person = ? AND status = 'pending'
       AND campaign_id IN (SELECT id FROM campaigns WHERE workspace = ? AND ? IN (0, id))`,
  );
  const raise = db.prepare('UPDATE campaigns SET taken_out = taken_out + 1 WHERE workspace = ?');
  return db
    .transaction(() => {
      let added = 0;
      raise.run(workspace);
      for (const { person, phone, reason, source, expiresAt, addedAt } of entries) {
        if (known.get(workspace, person, campaignId) === undefined) added += 1;
        add.run({ workspace, person, campaignId, phone, reason, source, at: addedAt ?? at, expiresAt });
        if (expiresAt === null || expiresAt > at) skip.run(person, workspace, campaignId);
      }
      return added;
    })
    .immediate();
}

/** Takes people off the workspace's list. Returns how many were on it. */
export function removeSuppressions(db: LedgerDatabase, workspace: string, people: Iterable<string>): number {
  const remove = db.prepare(
    'DELETE FROM suppressions WHERE workspace = ? AND person = ? AND campaign_id = 0',
  );
  const fingerprint = knownFingerprint(db);
  return db
    .transaction(() => {
      let removed = 0;
      for (const person of people) {
        removed += remove.run(workspace, person).changes;
        if (fingerprint !== null) removed += remove.run(workspace, fingerprint(person)).changes;
      }
      return removed;
    })
    .immediate();
}

/**
 * The workspace's list in order of person, page by page, so that a long one need not be held.
 *
 * @param from those behind this person
 */
export function* listSuppressions(
  db: LedgerDatabase,
  workspace: string,
  from = '',
): Generator<SuppressionRecord> {
  const page = db.prepare(
    `SELECT person, phone, reason, source, added_at AS addedAt, expires_at AS expiresAt FROM suppressions
     WHERE workspace = ? AND campaign_id = 0 AND person > ? ORDER BY person LIMIT 1000`,
  );
  let after = from;
  for (;;) {
    const rows = page.all(workspace, after) as SuppressionRecord[];
    for (const row of rows) yield { ...row, phone: phoneShown(row.phone) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.person;
  }
}

/** Forgets the entries that a campaign's files brought: they are read anew at every send. */
export function clearCampaignSuppressions(db: LedgerDatabase, workspace: string, campaignId: number): void {
  db.prepare('DELETE FROM suppressions WHERE workspace = ? AND campaign_id = ?').run(workspace, campaignId);
}

/**
 * Brings a campaign in line with the lists: pending people who are on one are skipped, skipped ones who are no
 * longer on any are pending again.
 */
export function applySuppressions(
  db: LedgerDatabase,
  workspace: string,
  campaignId: number,
  at: number,
): void {
  const listed = `SELECT person FROM suppressions WHERE workspace = @workspace
    AND campaign_id IN (0, @campaignId) AND (expires_at IS NULL OR expires_at > @at)`;
  db.transaction(() => {
    db.prepare(
      `UPDATE deliveries SET status = 'pending', reason = NULL WHERE campaign_id = @campaignId
         AND status = 'skipped' AND reason = 'suppressed' AND person NOT IN (${listed})`,
    ).run({ workspace, campaignId, at });
    db.prepare(
      `UPDATE deliveries SET status = 'skipped', reason = 'suppressed' WHERE person IN (${listed})
         AND campaign_id = @campaignId AND status = 'pending'`,
    ).run({ workspace, campaignId, at });
  }).immediate();
}

/** Whether a person is on the workspace's own do-not-contact list at a moment. */
export function isSuppressed(db: LedgerDatabase, workspace: string, person: string, at: number): boolean {
  const found = db.prepare(
    `SELECT 1 FROM suppressions WHERE workspace = ? AND person = ? AND campaign_id = 0
       AND (expires_at IS NULL OR expires_at > ?)`,
  );
  return found.get(workspace, person, at) !== undefined;
}
