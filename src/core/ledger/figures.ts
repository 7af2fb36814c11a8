import type { LaunchState } from './launches.js';
import type { CampaignOverview } from './status.js';

/** Every state that a launch can have. */
export const LAUNCH_STATES = [
  'waiting',
  'starting',
  'running',
  'ended',
  'refused',
  'lost',
  'withdrawn',
] as const satisfies readonly LaunchState[];

/** Where a run stands in the ledger. `open`: it goes on, or its process died and nobody wrote that down yet. */
export const RUN_STATES = ['open', 'finished', 'interrupted', 'halted', 'died'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Where a reading of the provider's list stands. `partial`: it ended before the list did. */
export const SCAN_STATES = ['open', 'complete', 'partial'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** What came of attempts that can have left no message: nothing but these lose the claim that they may have. */
export const ENDED_OUTCOMES = ['refused', 'deferred', 'not-sent', 'absent'] as const;
export type EndedOutcome = (typeof ENDED_OUTCOMES)[number];

/** The whole ledger in numbers, all of one moment. */
export interface LedgerFigures {
  /** As `overview` has them. */
  readonly campaigns: readonly CampaignOverview[];
  readonly runs: Readonly<Record<RunState, number>>;
  /** Attempts by outcome, but for those that are in flight, accepted or uncertain: there is one for each such delivery. */
  readonly endedAttempts: Readonly<Record<EndedOutcome, number>>;
  /** Attempts that began within the last minute. */
  readonly startedLately: number;
  readonly launches: Readonly<Record<LaunchState, number>>;
  readonly scans: Readonly<Record<ScanState, number>>;
}
