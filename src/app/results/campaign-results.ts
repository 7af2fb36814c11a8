import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { RunRecord } from '../../core/ledger/runs.js';
import type { CountedReason } from '../../core/ledger/status.js';
import { ok, type Result } from '../../core/problem.js';
import type { ReasonCount } from '../../core/report-data.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { UncertainPolicies } from '../status/uncertain-policy.js';

/** What became of a campaign, summed up. */
export interface CampaignResults {
  readonly counts: Counts;
  /** Everybody who got nothing so far, by why; most frequent first. */
  readonly reasons: readonly ReasonCount[];
  /** What would settle the uncertain ones. */
  readonly unsettled: readonly CountedReason[];
  /** The newest first. */
  readonly runs: readonly RunRecord[];
}

/** More kinds of reasons than anybody reads. */
const MOST_REASONS = 60;
const MOST_RUNS = 20;

/** Reads what became of everybody; a run that goes on is not disturbed. */
export function campaignResults(record: CampaignRecord, app: App): Promise<Result<CampaignResults>> {
  return withLedger(app, 'read', async ({ campaigns, status }) => {
    const counts = await campaigns.counts(record.id);
    const policy = await new UncertainPolicies(app).of(record);
    return ok({
      counts,
      reasons: await status.reasons(record.id, MOST_REASONS),
      unsettled:
        counts.uncertain === 0 ? [] : await status.whatWouldSettle(record.id, policy, app.readClocks()),
      runs: await status.runs(record.id, MOST_RUNS),
    });
  });
}
