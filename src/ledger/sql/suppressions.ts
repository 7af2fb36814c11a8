import type { HoldingBack } from '../../core/ledger/imports.js';
import type { DoNotContactLists } from '../../core/ledger/ledger.js';
import type { SeenEntry, SuppressionRecord } from '../../core/ledger/people.js';
import { chunksOf } from './chunks.js';
import type { Dialect } from './dialect.js';
import { knownFingerprint, phoneShown } from './fingerprint.js';
import { row, rows, run, type Steps, type Store } from './steps.js';

/** The do-not-contact lists, but for how people come onto them. */
export function listsIn(store: Store): Omit<DoNotContactLists, 'add' | 'replaceOfCampaign'> {
  return {
    workspaces: () => store.each(knownWorkspaces()),
    remove: (workspace, people, seen = null) =>
      store.together(() => removeSuppressions(store.dialect, workspace, people, seen)),
    entries: (workspace, after) => listSuppressions(store, workspace, after),
    isOn: (...asked) => store.each(isSuppressed(...asked)),
  };
}

/** Every workspace that has a campaign or a do-not-contact list. */
export function* knownWorkspaces(): Steps<readonly string[]> {
  return (yield* rows<{ workspace: string }>(WORKSPACES)).map(({ workspace }) => workspace);
}

/** Takes people off the workspace's list; `seen`: only where the entry is still that one. Returns how many were on it. */
export function* removeSuppressions(
  { texts }: Dialect,
  workspace: string,
  people: Iterable<string>,
  seen: SeenEntry | null = null,
): Steps<number> {
  const text = `
    DELETE FROM suppressions WHERE workspace = @workspace AND campaign_id = 0
      AND person IN (SELECT wanted.value FROM ${texts('persons')}) AND ${AS_SEEN}`;
  const fingerprint = yield* knownFingerprint();
  let removed = 0;
  for (const chunk of chunksOf([...people])) {
    const persons = fingerprint === null ? chunk : [...chunk, ...chunk.map(fingerprint)];
    removed += yield* run(text, { workspace, persons, ...asSeen(seen) });
  }
  return removed;
}

/** The workspace's list in order of person behind `from`, page by page, so that a long one need not be held. */
async function* listSuppressions(
  store: Store,
  workspace: string,
  from = '',
): AsyncGenerator<SuppressionRecord> {
  let after = from;
  for (;;) {
    const page = await store.each(suppressionsPage(workspace, after));
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.person;
  }
}

/** A page of it. */
export function* suppressionsPage(workspace: string, after: string): Steps<readonly SuppressionRecord[]> {
  const page = yield* rows<SuppressionRecord>(LIST_PAGE, { workspace, after });
  return page.map((one) => ({ ...one, phone: phoneShown(one.phone) }));
}

/** Whether a person is on the workspace's own do-not-contact list at a moment, also since she was forgotten. */
function* isSuppressed(workspace: string, person: string, at: number): Steps<boolean> {
  const fingerprint = yield* knownFingerprint();
  for (const name of fingerprint === null ? [person] : [person, fingerprint(person)])
    if ((yield* row(IS_SUPPRESSED, { workspace, person: name, at })) !== undefined) return true;
  return false;
}

/**
 * Brings a campaign in line with the lists: pending people who are on one are skipped, skipped ones who are no
 * longer on any are pending again. Within a transaction.
 */
export function* applySuppressions(campaignId: number, held: HoldingBack): Steps<void> {
  const list = listedFor(campaignId, held);
  yield* run(TAKE_BACK_UNLISTED, list);
  yield* run(SKIP_LISTED, list);
}

const WORKSPACES = 'SELECT workspace FROM campaigns UNION SELECT workspace FROM suppressions ORDER BY 1';

/** The workspace's own list; campaign files' lists carry the campaign's id instead. */
export const WORKSPACE_LIST = 0;

/** Tells the runs of a workspace that somebody was put on a list. */
export const RAISE_TAKEN_OUT = 'UPDATE campaigns SET taken_out = taken_out + 1 WHERE workspace = @workspace';

/**
 * When a new entry takes the place of the one that is there: not where that one lasts longer. A list that is taken in with an
 * end, or an old one that comes back, makes nobody's wish weaker; `remove` does.
 */
export const LASTS_AS_LONG =
  'WHERE excluded.expires_at IS NULL OR excluded.expires_at >= suppressions.expires_at';

/** Whether a person is on the workspace's own list at a moment. */
export const IS_SUPPRESSED = `
  SELECT 1 AS found FROM suppressions WHERE workspace = @workspace AND person = @person AND campaign_id = 0
    AND (expires_at IS NULL OR expires_at > @at)`;

/** A page of the workspace's list in order of person, `after` one. */
const LIST_PAGE = `
  SELECT person, phone, reason, source, added_at AS "addedAt", expires_at AS "expiresAt" FROM suppressions
  WHERE workspace = @workspace AND campaign_id = 0 AND person > @after ORDER BY person LIMIT 1000`;

/** Forgets the entries that a campaign's files brought. */
export const CLEAR_CAMPAIGN_LIST =
  'DELETE FROM suppressions WHERE workspace = @workspace AND campaign_id = @campaignId';

const LISTED = `s.workspace = @workspace AND s.campaign_id IN (0, @campaignId)
  AND (s.expires_at IS NULL OR s.expires_at > @at)`;

/** What fills the next two: who was on a list when it was confirmed, or is now. */
function listedFor(campaignId: number, { workspace, at, confirmedAt }: HoldingBack) {
  return { workspace, campaignId, at: Math.min(at, confirmedAt ?? at) };
}

/** Skipped ones of a campaign who are on no list any more are pending again. */
const TAKE_BACK_UNLISTED = `
  UPDATE deliveries SET status = 'pending', reason = NULL WHERE campaign_id = @campaignId
    AND status = 'skipped' AND reason = 'suppressed'
    AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.person = deliveries.person AND ${LISTED})`;

/** Pending ones of a campaign who are on a list are skipped. */
const SKIP_LISTED = `
  UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
  WHERE person IN (SELECT s.person FROM suppressions s WHERE ${LISTED})
    AND campaign_id = @campaignId AND status = 'pending'`;

/** What narrows a removal to an entry as somebody saw it; anything else that is said of a person meanwhile stays. */
const AS_SEEN = `(CAST(@addedAt AS bigint) IS NULL
  OR added_at = @addedAt AND coalesce(expires_at, 0) = @expiresAt)`;

/** What fills it; null: whatever stands there. */
function asSeen(seen: SeenEntry | null) {
  return { addedAt: seen?.addedAt ?? null, expiresAt: seen?.expiresAt ?? 0 };
}

/** Puts the person of a delivery on the workspace's list: an opt-out at WhatsApp, whatever somebody else had said of her. */
export const SUPPRESS_OPTED_OUT = `
  INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
  SELECT @workspace, person, 0, phone, 'opted-out', 'whatsapp', CAST(@at AS bigint), NULL FROM deliveries
  WHERE id = @deliveryId
  ON CONFLICT (workspace, person, campaign_id) DO UPDATE
    SET reason = excluded.reason, source = excluded.source, added_at = excluded.added_at, expires_at = NULL`;

/** Skips what is pending for the person of a delivery, in every campaign of the workspace. */
export const SKIP_OPTED_OUT = `
  UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
  WHERE person = (SELECT person FROM deliveries WHERE id = @deliveryId) AND status = 'pending'
    AND campaign_id IN (SELECT id FROM campaigns WHERE workspace = @workspace)`;
