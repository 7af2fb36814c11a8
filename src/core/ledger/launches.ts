import type { Problem } from '../problem.js';

/** A process, told from a later one that got the same number. */
export interface ProcessMark {
  readonly host: string;
  readonly pid: number;
  /** When it was started, in the system's own words: compared and never read. */
  readonly startedAs: string;
}

/** How a launched run differs from a plain `send`. */
export interface LaunchOptions {
  /** Most deliveries of the run; null: no limit. */
  readonly limit: number | null;
  readonly acceptChanges: boolean;
  readonly acceptLedger: boolean;
}

/** A run that somebody wants to be started. */
export interface NewLaunch {
  /** Chosen by whoever asks, once for each intention: the same key a second time is the same press. */
  readonly key: string;
  readonly workspace: string;
  /** Name of the campaign. */
  readonly name: string;
  /** Absolute path of its file. */
  readonly file: string;
  /** Address and workspace: launches of one sender stand in line. */
  readonly sender: string;
  /** Of the plan that was shown: nothing else is sent. */
  readonly planDigest: string;
  /** People in that plan: more than that get nothing. */
  readonly confirmed: number;
  readonly options: LaunchOptions;
  /** Who asks. */
  readonly by: string;
  /** When it is to begin, epoch milliseconds; null: at once. */
  readonly startAt: number | null;
}

/**
 * Where a launch stands. `waiting` for its time or in line; `starting`: a process was asked for; `running`: that process
 * says that it is there. Then for good: `ended` with an exit code, `refused` before anything was sent, `lost` when its
 * process died without a word, `withdrawn` by a person before it began.
 */
export type LaunchState = 'waiting' | 'starting' | 'running' | 'ended' | 'refused' | 'lost' | 'withdrawn';

/** A launch as it stands in the ledger. Moments are epoch milliseconds. */
export interface LaunchRecord extends NewLaunch {
  readonly state: LaunchState;
  readonly askedAt: number;
  /** When somebody who could have started it looked last, or a person said that it may go on. */
  readonly watchedAt: number;
  /** Who asked for its process; null: nobody yet. */
  readonly starter: ProcessMark | null;
  /** The process that sends; null: it did not say so yet. */
  readonly runner: ProcessMark | null;
  /** What its process says stands there. */
  readonly log: string | null;
  /** When its process was asked for. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly exitCode: number | null;
  /** Why it was refused. */
  readonly problems: readonly Problem[];
}

/** What asking for a launch came to. */
export type LaunchAnswer =
  /** It is in the ledger now. */
  | { readonly kind: 'entered'; readonly launch: LaunchRecord }
  /** The same press was heard before. */
  | { readonly kind: 'known'; readonly launch: LaunchRecord }
  /** Somebody else's launch of this campaign is open. */
  | { readonly kind: 'open'; readonly launch: LaunchRecord };

/** How a launch ended. */
export interface LaunchEnd {
  readonly state: Extract<LaunchState, 'ended' | 'refused' | 'lost' | 'withdrawn'>;
  readonly exitCode: number | null;
  readonly problems: readonly Problem[];
}

/** Whoever asks for the process of a launch. */
export interface LaunchStart {
  readonly starter: ProcessMark;
  readonly log: string;
}

/**
 * Runs that were asked for by somebody who does not run them. A campaign has one open launch at most; every step happens
 * once, whoever tries it at the same time: false or null means that somebody else was first.
 */
export interface Launches {
  ask(launch: NewLaunch, at: number): Promise<LaunchAnswer>;
  find(key: string): Promise<LaunchRecord | null>;
  /** The newest of a campaign, the open one first; null: there was none. */
  last(campaign: { readonly workspace: string; readonly name: string }): Promise<LaunchRecord | null>;
  /** The newest of every campaign. */
  newest(): Promise<readonly LaunchRecord[]>;
  /** Those that did not end, in the order in which they were asked for. */
  open(): Promise<readonly LaunchRecord[]>;
  /**
   * `waiting` → `starting`; or a new start of one that is `starting`, in the place of a starter that is gone.
   *
   * @param insteadOf the starter that is gone; null: nobody started it yet
   */
  start(key: string, start: LaunchStart, insteadOf: ProcessMark | null, at: number): Promise<boolean>;
  /** `starting` → `running`, by the process itself; null: it is not to run. */
  begin(key: string, runner: ProcessMark): Promise<LaunchRecord | null>;
  /** Back in line: another run of its sender goes on. From `starting` or `running`. */
  putBack(key: string, at: number): Promise<boolean>;
  /** Ends one that stands so. */
  end(key: string, from: LaunchState, end: LaunchEnd, at: number): Promise<boolean>;
  /** Somebody who can start them is there, or said that they may go on. */
  watched(keys: readonly string[], at: number): Promise<void>;
}
