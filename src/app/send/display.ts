import type { Campaign } from '../../core/campaign.js';
import type { Plan } from '../../core/plan.js';
import type { RunObserver, Throttle, Wait } from '../../core/ports.js';
import type { SettlingObserver } from '../../run/settling-beside.js';
import type { ControlObserver } from '../reconcile/control-message.js';

/** Someone who watches a run until `close`. */
export interface Watching {
  readonly observer: RunObserver;
  readonly close: () => void;
}

/** What a run shows and asks. */
export interface SendDisplay {
  /** The run and its campaign stand in the ledger under these ids. */
  readonly begun: (runId: number, campaignId: number) => void;
  /** So many deliveries were in flight when an earlier run died. */
  readonly recovered: (count: number) => void;
  /** Another program writes to the ledger, and the run waits for it. */
  readonly ledgerBusy: (wait: Wait) => void;
  /** Somebody accepted a ledger that needed no such word. */
  readonly acceptedForNothing: (campaign: string) => void;
  /** Shows the plan; asks on a terminal. False: a person said no. */
  readonly confirm: (campaign: Campaign, plan: Plan, rejectedFile: string | null) => Promise<boolean>;
  /** Begins to watch a run that is about to send. */
  readonly watch: (plan: Plan, throttle: Throttle) => Promise<Watching>;
  /** Told what settling beside the run does. */
  readonly settling: SettlingObserver;
  /** Told of the test message that settling sends to one's own phone. */
  readonly control: ControlObserver;
  /** Asks whether so many proven absent are sent again; no answer within `withinMs` is a no. null: there is nobody to ask. */
  readonly askResend: ((count: number, withinMs: number) => Promise<boolean>) | null;
}
