import type { Halt } from '../problem.js';
import type { Recipient } from '../recipient.js';
import type { FrequencyLimit } from './imports.js';

/** A run about to begin. */
export interface NewRun {
  readonly campaignId: number;
  readonly workspace: string;
  readonly limit: FrequencyLimit | null;
  readonly pid: number;
  readonly host: string;
  readonly at: number;
  readonly ratePerSecond: number;
  /** A person vouches for a database that was switched to another server since the last run; `by` is kept with it. */
  readonly acceptFailover?: boolean;
  /** Who works here. */
  readonly by?: string;
}

/** A run that was entered in the ledger. */
export interface StartedRun {
  readonly runId: number;
  readonly campaignId: number;
  readonly workspace: string;
  /** Looked at again at every claim: one person may stand in a campaign with several keys. */
  readonly limit: FrequencyLimit | null;
}

/**
 * How a run ended: by itself, or by a halt; because a person asked it to; or it died, and a later one found that out. null:
 * it goes on, or nobody found out yet.
 */
export type RunEnding = 'finished' | 'interrupted' | 'died';

/** A run as the ledger knows it. */
export interface RunRecord {
  readonly id: number;
  readonly pid: number;
  readonly host: string;
  /** Who began it; null: nobody said. */
  readonly by: string | null;
  readonly startedAt: number;
  /** null: it goes on, or it died. */
  readonly endedAt: number | null;
  readonly ratePerSecond: number;
  readonly halt: Halt | null;
  readonly ending: RunEnding | null;
}

/** A rate that a sender's provider taught an earlier run. */
export interface LearnedRate {
  readonly ratePerSecond: number;
  readonly learnedAt: number;
}

/** A wait that a sender's provider asked for. Moments are epoch milliseconds. */
export interface AskedPause {
  readonly askedAt: number;
  readonly untilAt: number;
}

/** How the first messages of a campaign stand. */
export interface CanaryStand {
  readonly passedAt: number | null;
  readonly begun: number;
  readonly ended: number;
  readonly failed: number;
  readonly lastEndedAt: number | null;
}

/** A test message about to leave. Its values are kept as fingerprints: they are those of somebody else's row. */
export interface TestSend extends Pick<Recipient, 'phone' | 'person' | 'body' | 'header'> {
  readonly workspace: string;
  /** Name of the campaign whose template it shows. */
  readonly campaign: string;
  readonly template: string;
  /** Chosen with a form and sent along with it: a second press has the same one. null: nobody pressed anything. */
  readonly press: string | null;
}

/** Which campaign is settled, and whose list is read. */
export interface ReconcileScope {
  readonly campaignId: number;
  /** Name of the workspace in the ledger. */
  readonly workspace: string;
  /** Name of the sender (address and workspace): whose scans these are. */
  readonly sender: string;
}
