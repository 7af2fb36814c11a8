import type { Dialect } from './dialect.js';
import { run, type Steps } from './steps.js';

/**
 * Notes with the campaign's entered run whether the plan that stands now is another one than was confirmed: then no machine goes
 * on with it by itself. `digest` null: it is none that anybody saw.
 */
export function* notePlan({ isShared }: Dialect, campaignId: number, digest: string | null): Steps<void> {
  if (isShared) yield* run(PLANNED, { campaignId, digest });
}

/** Takes what was confirmed out of the line, whatever stands with it: no machine goes on with it by itself any more. */
export function* leaveLine({ isShared }: Dialect, campaignId: number): Steps<void> {
  if (isShared) yield* run(LEAVE_LINE, { campaignId });
}

const LEAVE_LINE = 'DELETE FROM entered_runs WHERE campaign_id = @campaignId';

const PLANNED = `
  UPDATE entered_runs SET planned_anew = plan_digest IS DISTINCT FROM CAST(@digest AS text)
  WHERE campaign_id = @campaignId`;
