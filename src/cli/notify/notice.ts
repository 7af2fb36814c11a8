import type { CampaignJson } from '../campaign-json.js';
import type { Masking } from '../log/masking.js';

/** What is posted to a campaign's webhook when a run ends or halts. No credential and no phone number is in it. */
export interface Notice {
  readonly campaign: string;
  readonly counts: CampaignJson['counts'];
  readonly run: CampaignJson['run'] | null;
  readonly halted: CampaignJson['halted'];
  readonly exitCode: number;
  /** Absolute path of the HTML report that was written for this notice; null where that failed. */
  readonly reportPath: string | null;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
}

/** The notice about a run that ended at `finishedAt` (epoch milliseconds). */
export function noticeOf(
  document: CampaignJson,
  reportPath: string | null,
  finishedAt: number,
  masking: Masking,
): Notice {
  const { campaign, counts, run = null, halted, exitCode } = document;
  return {
    campaign,
    counts,
    run,
    halted: halted === null ? null : { code: halted.code, message: masking.text(halted.message) },
    exitCode,
    reportPath,
    finishedAt: new Date(finishedAt).toISOString(),
  };
}
