import type { ActionMark, AttemptMark } from '../../core/known-ledger.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import type { LedgerIdentity } from '../../core/ledger/ledger.js';
import { HOLDS_ACTION, LAST_TAKING_OUT } from './actions.js';
import type { Dialect } from './dialect.js';
import { identityOf, type StoredIdentity } from './moved.js';
import { oneRow, row, type Steps, type Store } from './steps.js';

/** What tells a ledger from others; `keepLost`: what becomes of it when its file is gone from its path. */
export function identityIn(store: Store, keepLost: LedgerIdentity['keepLost']): LedgerIdentity {
  return {
    id: async () => (await store.each(storedIdentity())).id,
    movedTo: async () => (await store.each(storedIdentity())).movedTo,
    holdsAttempt: (campaign, mark) => store.each(holdsAttempt(campaign, mark)),
    lastAttempt: (campaignId) => store.each(lastAttempt(store.dialect, campaignId)),
    holdsAction: async (mark) => (await store.each(row(HOLDS_ACTION, { ...mark }))) !== undefined,
    lastTakingOut: async (workspace) =>
      (await store.each(row<ActionMark>(LAST_TAKING_OUT, { workspace }))) ?? null,
    keepLost,
  };
}

/** The ledger's own id, which every copy of it has, too, and where it moved to. */
export function* storedIdentity(): Steps<StoredIdentity> {
  return identityOf((yield* oneRow<{ id: string }>('SELECT id FROM ledger_identity')).id);
}

/** Whether the ledger holds this very attempt of the campaign. */
export function* holdsAttempt({ workspace, name }: CampaignKey, mark: AttemptMark): Steps<boolean> {
  return (yield* row(HOLDS_ATTEMPT, { ...mark, workspace, name })) !== undefined;
}

const HOLDS_ATTEMPT = `
  SELECT 1 FROM attempts a JOIN runs r ON r.id = a.run_id JOIN campaigns c ON c.id = r.campaign_id
  WHERE a.id = @attemptId AND r.id = @runId AND r.started_at = @runStartedAt
    AND c.workspace = @workspace AND c.name = @name`;

/** The campaign's last attempt, or null. Attempts before its first run are none of its own and are not looked at. */
export function* lastAttempt({ inOrder }: Dialect, campaignId: number): Steps<AttemptMark | null> {
  const text = `
    SELECT a.id AS "attemptId", r.id AS "runId", r.started_at AS "runStartedAt"
    FROM attempts a ${inOrder} runs r ON r.id = a.run_id
    WHERE a.id > (SELECT min(after_attempt_id) FROM runs WHERE campaign_id = @campaignId)
      AND r.campaign_id = @campaignId
    ORDER BY a.id DESC LIMIT 1`;
  return (yield* row<AttemptMark>(text, { campaignId })) ?? null;
}
