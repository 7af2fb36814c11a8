import type { HoldingBack } from '../../core/ledger/imports.js';
import type { SeenEntry } from '../../core/ledger/people.js';
import { rows, type Steps } from './steps.js';

/** Every workspace that has a campaign or a do-not-contact list. */
export function* knownWorkspaces(): Steps<readonly string[]> {
  return (yield* rows<{ workspace: string }>(WORKSPACES)).map(({ workspace }) => workspace);
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
export const LIST_PAGE = `
  SELECT person, phone, reason, source, added_at AS "addedAt", expires_at AS "expiresAt" FROM suppressions
  WHERE workspace = @workspace AND campaign_id = 0 AND person > @after ORDER BY person LIMIT 1000`;

/** Forgets the entries that a campaign's files brought. */
export const CLEAR_CAMPAIGN_LIST =
  'DELETE FROM suppressions WHERE workspace = @workspace AND campaign_id = @campaignId';

const LISTED = `s.workspace = @workspace AND s.campaign_id IN (0, @campaignId)
  AND (s.expires_at IS NULL OR s.expires_at > @at)`;

/** What fills the next two: who was on a list when it was confirmed, or is now. */
export function listedFor(campaignId: number, { workspace, at, confirmedAt }: HoldingBack) {
  return { workspace, campaignId, at: Math.min(at, confirmedAt ?? at) };
}

/** Skipped ones of a campaign who are on no list any more are pending again. */
export const TAKE_BACK_UNLISTED = `
  UPDATE deliveries SET status = 'pending', reason = NULL WHERE campaign_id = @campaignId
    AND status = 'skipped' AND reason = 'suppressed'
    AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.person = deliveries.person AND ${LISTED})`;

/** Pending ones of a campaign who are on a list are skipped. */
export const SKIP_LISTED = `
  UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
  WHERE person IN (SELECT s.person FROM suppressions s WHERE ${LISTED})
    AND campaign_id = @campaignId AND status = 'pending'`;

/** What narrows a removal to an entry as somebody saw it; anything else that is said of a person meanwhile stays. */
export const AS_SEEN = `(CAST(@addedAt AS bigint) IS NULL
  OR added_at = @addedAt AND coalesce(expires_at, 0) = @expiresAt)`;

/** What fills it; null: whatever stands there. */
export function asSeen(seen: SeenEntry | null) {
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
