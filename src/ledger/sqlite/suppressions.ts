import type { HoldingBack } from '../../core/ledger/imports.js';
import type { SeenEntry, Suppression, SuppressionRecord } from '../../core/ledger/people.js';
import { knownFingerprint, phoneShown } from '../sql/fingerprint.js';
import {
  AS_SEEN,
  asSeen,
  CLEAR_CAMPAIGN_LIST,
  IS_SUPPRESSED,
  LASTS_AS_LONG,
  LIST_PAGE,
  listedFor,
  RAISE_TAKEN_OUT,
  SKIP_LISTED,
  TAKE_BACK_UNLISTED,
  WORKSPACE_LIST,
} from '../sql/suppressions.js';
import type { LedgerDatabase } from './open-ledger.js';
import { takeSteps } from './store.js';

/**
 * Adds people to a do-not-contact list and skips what is still pending for them at once. A run that is going on is
 * told: it lets go of whom it claimed before and has not sent to. Known people get the new reason and
 * expiry, unless the entry that they have lasts longer.
 *
 * @returns how many were not on it.
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
    `SELECT 1 FROM suppressions WHERE workspace = @workspace AND person = @person AND campaign_id = @campaignId
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
      for (const { person, phone, reason, source, expiresAt, addedAt } of entries) {
        const isOld = expiresAt !== null && expiresAt <= at;
        const isNew = known.get({ workspace, person, campaignId, at, expiresAt }) === undefined;
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

/** Takes people off the workspace's list; `seen`: only where the entry is still that one. Returns how many were on it. */
export function removeSuppressions(
  db: LedgerDatabase,
  workspace: string,
  people: Iterable<string>,
  seen: SeenEntry | null = null,
): number {
  const remove = db.prepare(
    `DELETE FROM suppressions WHERE workspace = @workspace AND person = @person AND campaign_id = 0 AND ${AS_SEEN}`,
  );
  const entry = { workspace, ...asSeen(seen) };
  const fingerprint = takeSteps(db, knownFingerprint());
  return db
    .transaction(() => {
      let removed = 0;
      for (const person of people) {
        removed += remove.run({ ...entry, person }).changes;
        if (fingerprint !== null) removed += remove.run({ ...entry, person: fingerprint(person) }).changes;
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
  const page = db.prepare(LIST_PAGE);
  let after = from;
  for (;;) {
    const rows = page.all({ workspace, after }) as SuppressionRecord[];
    for (const row of rows) yield { ...row, phone: phoneShown(row.phone) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.person;
  }
}

/** Forgets the entries that a campaign's files brought: they are read anew at every send. */
export function clearCampaignSuppressions(db: LedgerDatabase, workspace: string, campaignId: number): void {
  db.prepare(CLEAR_CAMPAIGN_LIST).run({ workspace, campaignId });
}

/**
 * Brings a campaign in line with the lists: pending people who are on one are skipped, skipped ones who are no
 * longer on any are pending again.
 */
export function applySuppressions(db: LedgerDatabase, campaignId: number, held: HoldingBack): void {
  const params = listedFor(campaignId, held);
  db.transaction(() => {
    db.prepare(TAKE_BACK_UNLISTED).run(params);
    db.prepare(SKIP_LISTED).run(params);
  }).immediate();
}

/** Whether a person is on the workspace's own do-not-contact list at a moment, also since she was forgotten. */
export function isSuppressed(db: LedgerDatabase, workspace: string, person: string, at: number): boolean {
  const listed = db.prepare(IS_SUPPRESSED);
  const fingerprint = takeSteps(db, knownFingerprint());
  const names = fingerprint === null ? [person] : [person, fingerprint(person)];
  return names.some((name) => listed.get({ workspace, person: name, at }) !== undefined);
}
