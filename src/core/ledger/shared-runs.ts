import type { Control } from '../ports.js';
import type { Halt } from '../problem.js';

/** A run that a person confirmed, about to stand in a ledger from which any machine may go on with it. */
export interface RunToEnter {
  readonly campaignId: number;
  /** Address and workspace by their common name: one machine at a time owns it. */
  readonly sender: string;
  readonly settings: StoredSettings;
  /** Digest of the plan that was confirmed. */
  readonly planDigest: string;
  /** Most deliveries that it may try; null: no limit. */
  readonly most: number | null;
  readonly noWait: boolean;
  /** Who confirmed it. */
  readonly by: string;
  readonly host: string;
  readonly pid: number;
}

/** What delivering and settling need of a campaign, as one text, and the digest by which a machine knows that it has all of it. */
export interface StoredSettings {
  readonly text: string;
  readonly digest: string;
}

/** What a run that stands in the ledger is delivered by. */
export interface StoredRunSettings {
  readonly settings: StoredSettings;
  /** How many more it may try; null: no limit. */
  readonly left: number | null;
  /** Whether another plan was made since it was confirmed: the ledger may hold people whom nobody confirmed. */
  readonly plannedAnew: boolean;
}

/** A run that stands in the ledger until it ends; whoever holds its campaign and its sender owns it. */
export interface EnteredRun extends Omit<RunToEnter, 'settings' | 'most'> {
  readonly name: string;
  /** By its name in the ledger. */
  readonly workspace: string;
  readonly baseUrl: string;
  /** By the ledger's clock. */
  readonly enteredAt: number;
  readonly control: Control;
  /** Why it was stopped; whoever stopped it could not take it out of the line any more. */
  readonly halt: Halt | null;
}

/** A process that waits for runs. */
export interface WorkingMachine {
  /** Tells it from others, also from an earlier one of the same number on the same host. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** Whose runs it takes, by the name in the ledger. */
  readonly workspace: string;
  /** How many runs at a time. */
  readonly workers: number;
}

/** A process that waits for runs, as the ledger saw it last. */
export interface SeenMachine extends Omit<WorkingMachine, 'id'> {
  readonly startedAt: number;
  readonly seenAt: number;
}

/** What a process holds, and until when if it is never heard of again. */
export interface HeldLease {
  readonly host: string;
  readonly pid: number;
  readonly campaign: string;
  readonly since: number;
  readonly until: number;
}

/**
 * Runs that several machines share through one ledger. Moments are the ledger's own: machines' clocks may differ. What is
 * asked of a run here needs its campaign's lock, but for what is only read.
 */
export interface SharedRuns {
  /** Enters it, in place of one of the same campaign that nobody owns. */
  enter(run: RunToEnter): Promise<void>;
  /** The earliest first. */
  entered(): Promise<readonly EnteredRun[]>;
  /** What delivering it needs; null: it does not stand in the ledger any more. */
  settingsOf(campaignId: number): Promise<StoredRunSettings | null>;
  /**
   * A plan of the campaign is made, which brings its people into the ledger before anybody confirms them: what was confirmed
   * earlier stands for them no more, unless it is the same plan.
   *
   * @param digest of the plan; null: nobody knows yet what it will be
   */
  planned(campaignId: number, digest: string | null): Promise<void>;
  /** Names the run that works on it now: no other one takes it out of the line. */
  began(campaignId: number, runId: number): Promise<void>;
  /** It has ended: no machine goes on with it. `runId`: the run that worked on it; null: none began. */
  leave(campaignId: number, runId: number | null): Promise<void>;
  /** Takes it out of the line before any run of it began, and keeps why. */
  stop(campaignId: number, halt: Halt): Promise<void>;
  /** The process waits for runs, or still does. */
  present(machine: WorkingMachine): Promise<void>;
  absent(machineId: string): Promise<void>;
  /** Those that were heard of lately, the one that waits longest first. */
  machines(): Promise<readonly SeenMachine[]>;
  /** Who holds what. */
  leases(): Promise<readonly HeldLease[]>;
}
