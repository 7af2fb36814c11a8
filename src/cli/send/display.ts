import type { Campaign } from '../../core/campaign.js';
import type { Plan } from '../../core/plan.js';
import type { RunObserver, Throttle } from '../../core/ports.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';

/** What a run shows and asks. */
export interface SendDisplay {
  /** The run and its campaign stand in the ledger under these ids. */
  readonly begun: (runId: number, campaignId: number) => void;
  /** Shows the plan; asks on a terminal. False: a person said no. */
  readonly confirm: (campaign: Campaign, plan: Plan, rejectedFile: string | null) => Promise<boolean>;
  /** Watches a run until `close`. */
  readonly watch: (plan: Plan, throttle: Throttle) => { readonly observer: RunObserver; readonly close: () => void };
  /** Looks into the provider's list for what became of uncertain deliveries. */
  readonly settleUncertain: (record: CampaignRecord, signal: AbortSignal) => Promise<void>;
}
