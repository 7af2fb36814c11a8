import type { Campaign } from '../../core/campaign.js';
import type { Plan, PlanCounts } from '../../core/plan.js';
import type { RunObserver, Throttle, Wait } from '../../core/ports.js';
import type { Problem } from '../../core/problem.js';
import type { SettlingObserver } from '../../run/settling-beside.js';
import type { ControlObserver } from '../reconcile/control-message.js';

/** Someone who watches a run until `close`. */
export interface Watching {
  readonly observer: RunObserver;
  readonly close: () => void;
}

/** What a run shows and asks once its plan stands. */
export interface RunDisplay {
  /** The run stands in the ledger under this number. */
  readonly begun: (runId: number) => void;
  /** So many deliveries were in flight when an earlier run died. */
  readonly recovered: (count: number) => void;
  /** Another program writes to the ledger, and the run waits for it. */
  readonly ledgerBusy: (wait: Wait) => void;
  /** Begins to watch a run that is about to send. */
  readonly watch: (plan: PlanCounts, throttle: Throttle) => Promise<Watching>;
  /** Told what settling beside the run does. */
  readonly settling: SettlingObserver;
  /** Told of the test message that settling sends to one's own phone. */
  readonly control: ControlObserver;
  /** Asks whether so many proven absent are sent again; no answer within `withinMs` is a no. null: there is nobody to ask. */
  readonly askResend: ((count: number, withinMs: number) => Promise<boolean>) | null;
}

/** What `send` shows and asks from a campaign's file on. */
export interface SendDisplay extends RunDisplay {
  /** The campaign stands in the ledger under this number. */
  readonly opened: (campaignId: number) => void;
  /** Somebody accepted a ledger that needed no such word. */
  readonly acceptedForNothing: (campaign: string) => void;
  /** Another machine owns the sender: the run waits in the ledger until this one or another can own it. */
  readonly waitsInLine: (owner: Problem) => void;
  /** Shows the plan; asks on a terminal. False: a person said no. */
  readonly confirm: (campaign: Campaign, plan: Plan, rejectedFile: string | null) => Promise<boolean>;
}
