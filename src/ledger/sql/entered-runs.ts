import type { Dialect } from './dialect.js';
import { run, type Steps } from './steps.js';

/**
 * Notes with the campaign's entered run whether the plan that stands now is another one than was confirmed: then no machine goes
 * on with it by itself. `digest` null: it is none that anybody saw.
 */
export function* notePlan({ isShared }: Dialect, campaignId: number, digest: string | null): Steps<void> {
  if (isShared) yield* run(PLANNED, { campaignId, digest });
}

const PLANNED = `
  UPDATE entered_runs SET planned_anew = plan_digest IS DISTINCT FROM CAST(@digest AS text)
  WHERE campaign_id = @campaignId`;
