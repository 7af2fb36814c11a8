import type { Suppression } from '../../core/ledger/people.js';
import { knownFingerprint } from '../sql/fingerprint.js';
import { CLEAR_CAMPAIGN_LIST, LASTS_AS_LONG, RAISE_TAKEN_OUT, WORKSPACE_LIST } from '../sql/suppressions.js';
import type { LedgerDatabase } from './open-ledger.js';
import { takeSteps } from './store.js';

/**
 * Adds people to a do-not-contact list and skips what is still pending for them at once. A run that is going on is
 * told: it lets go of whom it claimed before and has not sent to. Known people get the new reason and
 * expiry, unless the entry that they have lasts longer.
 *
 * @returns how many were not on it, not as somebody who was forgotten either.
 */
export function addSuppressions(
  db: LedgerDatabase,
  workspace: string,
  entries: Iterable<Suppression>,
  at: number,
  campaignId = WORKSPACE_LIST,
): number {
  // Who comes with an entry that has expired, and had such a one, comes to nothing new.
  const known = db.prepare(
    `SELECT 1 FROM suppressions WHERE workspace = @workspace AND person IN (@person, @erased) AND campaign_id = @campaignId
       AND (expires_at IS NULL OR expires_at > @at OR @expiresAt <= @at)`,
  );
  const add = db.prepare(
    `INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
     VALUES (@workspace, @person, @campaignId, @phone, @reason, @source, @at, @expiresAt) ON CONFLICT (workspace, person, campaign_id)
     DO UPDATE SET phone = @phone, reason = @reason, source = @source, added_at = @at, expires_at = @expiresAt ${LASTS_AS_LONG}`,
  );
  const skip = db.prepare(SKIP_PERSON);
  const raise = db.prepare(RAISE_TAKEN_OUT);
  return db
    .transaction(() => {
      let added = 0;
      // New by an entry that has expired: another one for them, in the same go, is no second person.
      const byOldEntry = new Set<string>();
      raise.run({ workspace });
      const fingerprint = takeSteps(db, knownFingerprint());
      for (const { person, phone, reason, source, expiresAt, addedAt } of entries) {
        const isOld = expiresAt !== null && expiresAt <= at;
        const erased = fingerprint?.(person) ?? person;
        const isNew = known.get({ workspace, person, erased, campaignId, at, expiresAt }) === undefined;
        if (isNew && !byOldEntry.has(person)) added += 1;
        if (isNew && isOld) byOldEntry.add(person);
        add.run({ workspace, person, campaignId, phone, reason, source, at: addedAt ?? at, expiresAt });
        if (!isOld) skip.run(person, workspace, campaignId);
      }
      return added;
    })
    .immediate();
}

const SKIP_PERSON = `
  UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
  WHERE person = ? AND status = 'pending'
    AND campaign_id IN (SELECT id FROM campaigns WHERE workspace = ? AND ? IN (0, id))`;

/** Forgets the entries that a campaign's files brought: they are read anew at every send. */
export function clearCampaignSuppressions(db: LedgerDatabase, workspace: string, campaignId: number): void {
  db.prepare(CLEAR_CAMPAIGN_LIST).run({ workspace, campaignId });
}
