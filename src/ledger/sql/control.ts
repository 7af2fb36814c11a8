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
