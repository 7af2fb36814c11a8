import type { ActionKind } from '../../core/ledger/actions.js';
import type { SeenControl } from '../../core/ledger/campaigns.js';
import type { Control } from '../../core/ports.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { NOTE_ACTION, notedAction } from './add-action.js';
import type { Dialect } from './dialect.js';
import { leaveLine } from './entered-runs.js';
import { row, run, type Steps } from './steps.js';
import { skipTakenOut } from './taken-out.js';

/** Stops a campaign from sending until it is resumed; false: it is not as it was seen. Within a transaction. */
export function* pauseCampaign(
  dialect: Dialect,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): Steps<boolean> {
  const change = { campaignId, control: 'paused', kind: 'paused', seen, ...recorded } as const;
  return (yield* changeControl(dialect, change, null)) !== null;
}

/**
 * Lets a campaign go on; what a cancel had skipped is pending again, but for who was taken out meanwhile. false: it is not as it
 * was seen. Within a transaction that holds `taking-out`, as the others here.
 */
export function* resumeCampaign(
  dialect: Dialect,
  campaignId: number,
  recorded: Recorded,
  seen?: SeenControl,
): Steps<boolean> {
  const change = { campaignId, control: 'go', kind: 'resumed', seen, ...recorded } as const;
  return (yield* changeControl(dialect, change, UNCANCEL)) !== null;
}

/**
 * Gives up what is still pending, and what was confirmed: who takes the campaign up again sends it anew. Returns how many are
 * skipped now.
 */
export function* cancelCampaign(dialect: Dialect, campaignId: number, recorded: Recorded): Steps<number> {
  const change = { campaignId, control: 'canceled', kind: 'canceled', ...recorded } as const;
  yield* leaveLine(dialect, campaignId);
  return (yield* changeControl(dialect, change, CANCEL_PENDING)) ?? 0;
}

/** How many deliveries it changed; null: the campaign is not as it was seen. */
function* changeControl(
  dialect: Dialect,
  { campaignId, control, kind, seen, ...recorded }: ControlChange,
  changing: string | null,
): Steps<number | null> {
  if ((yield* row(AS_SEEN, { campaignId, seen: seen ?? '' })) === undefined) return null;
  // The campaign after its people, as an import locks them.
  const changed = changing === null ? 0 : yield* run(changing, { campaignId });
  yield* run(SET_CONTROL, { campaignId, control });
  if (control === 'go') yield* skipTakenOut(dialect, campaignId, recorded.at);
  yield* run(NOTE_ACTION, notedAction(campaignId, kind, { deliveries: changed }, recorded));
  return changed;
}

/** A change of whether a campaign may send, and who made it. */
interface ControlChange extends Recorded {
  readonly campaignId: number;
  readonly control: Control;
  readonly kind: ActionKind;
  readonly seen?: SeenControl | undefined;
}

/** A campaign that is as it was seen (`SeenControl`); '': however it is. */
const AS_SEEN = `
  SELECT 1 FROM campaigns WHERE id = @campaignId AND (@seen = '' OR (control = 'canceled') = (@seen = 'canceled'))`;

/** Whether a campaign may send. */
const SET_CONTROL = 'UPDATE campaigns SET control = @control WHERE id = @campaignId';

/** Gives up what is pending. */
const CANCEL_PENDING = `
  UPDATE deliveries SET status = 'skipped', reason = 'canceled'
  WHERE campaign_id = @campaignId AND status = 'pending'`;

/** Takes back what a cancel gave up. */
const UNCANCEL = `
  UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0
  WHERE campaign_id = @campaignId AND status = 'skipped' AND reason = 'canceled'`;
