import type { Plan } from '../../core/plan.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { RunEnd } from '../../run/run-campaign.js';
import type { LockPlaces } from '../locks.js';
import type { DeliveryDeps, DeliveryOptions } from './deliver-run.js';
import type { SendDisplay } from './display.js';

/** Options of one run. */
export interface RunOptions extends DeliveryOptions {
  readonly acceptChanges: boolean;
  readonly acceptLedger: boolean;
  /** Digest of the plan that a person saw: nothing but that is sent; null: whatever the plan is. */
  readonly expectPlan: string | null;
  /** When a person confirmed what another process is to send; null: whoever is asked confirms it now. */
  readonly confirmedAt: (campaign: string) => number | null;
}

/** Everything that one run of one campaign stands on, from its file to its end. */
export interface RunDeps extends Omit<DeliveryDeps, 'campaign' | 'ledgerWait'> {
  readonly read: ReadCampaign;
  readonly locks: LockPlaces;
  readonly options: RunOptions;
  readonly display: SendDisplay;
}

/** How a run ended, with what its messages need. */
export interface SentCampaign {
  readonly end: RunEnd<Plan>;
  readonly locked: boolean;
  readonly rejectedFile: string | null;
  /** As of the end: a cancel or a limit per person may have skipped people meanwhile. */
  readonly skippedByReason: Readonly<Record<string, number>>;
}

/** What the sending of one campaign is asked for; the rest of what a run stands on follows from it. */
export type SendDeps = Omit<RunDeps, 'known' | 'stateDir' | 'locks'>;
