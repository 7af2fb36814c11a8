import type { ActionKind } from '../../core/ledger/actions.js';
import type { SeenControl } from '../../core/ledger/campaigns.js';
import type { Control } from '../../core/ports.js';
import type { Recorded } from '../../core/reconcile-ports.js';

/** A change of whether a campaign may send, and who made it. */
export interface ControlChange extends Recorded {
  readonly campaignId: number;
  readonly control: Control;
  readonly kind: ActionKind;
  readonly seen?: SeenControl | undefined;
}

/** A campaign that is as it was seen (`SeenControl`); '': however it is. */
export const AS_SEEN = `
  SELECT 1 FROM campaigns WHERE id = @campaignId AND (@seen = '' OR (control = 'canceled') = (@seen = 'canceled'))`;

/** Whether a campaign may send. */
export const SET_CONTROL = 'UPDATE campaigns SET control = @control WHERE id = @campaignId';

/** Gives up what is pending. */
export const CANCEL_PENDING = `
  UPDATE deliveries SET status = 'skipped', reason = 'canceled'
  WHERE campaign_id = @campaignId AND status = 'pending'`;

/** Takes back what a cancel gave up. */
export const UNCANCEL = `
  UPDATE deliveries SET status = 'pending', reason = NULL, due_at = 0
  WHERE campaign_id = @campaignId AND status = 'skipped' AND reason = 'canceled'`;
