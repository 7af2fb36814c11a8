import type { Code, Sentence } from '../locales/index.js';
import type { Counts } from './counts.js';
import type { ClaimedDelivery, OutcomeRecord } from './delivery.js';
import type { Outcome } from './outcome.js';
import type { Halt, Problem } from './problem.js';

/** What a person wants of a run that is going on, said from another terminal. */
export type Control = 'go' | 'paused' | 'canceled';

/** A failure of the ledger while a run goes on. */
export interface LedgerFailure {
  readonly kind: 'failed';
  /** It ends the process, because what is on disk is unknown. */
  readonly fatal: boolean;
  /** Why the run stops, where there is more to say than that the ledger could not be written. */
  readonly halt?: Halt;
  readonly problem: Problem;
}

/** What a claim brought: deliveries whose intent is durable, or why there are none. */
export type Claim =
  | { readonly kind: 'claimed'; readonly deliveries: readonly ClaimedDelivery[] }
  | LedgerFailure;

/** What a write to the ledger came to. */
export type Written = { readonly kind: 'written' } | LedgerFailure;

/**
 * The ledger as one run of one campaign sees it. Asynchronous and batch-shaped, so that another store can stand
 * behind it. Nothing is sent without a `ClaimedDelivery` that came back from `claim`.
 */
export interface RunLedger {
  /** Deliveries that a dead run left in `sending` become `uncertain`. Returns how many. */
  recover(at: number): Promise<number>;
  counts(): Promise<Counts>;
  /**
   * Takes up to `max` pending deliveries that are due: `pending → sending` and the attempt, synced to disk
   * before the promise resolves. Outcomes that are waiting go into the same commit.
   */
  claim(max: number, at: number): Promise<Claim>;
  /**
   * Whether what was claimed may still leave, by this machine's clocks alone: asked right before the socket. False where
   * another machine may own the run by now.
   */
  mayStillSend(): boolean;
  /** Takes in what became of an attempt; durable within 100 ms, or after `flush`. */
  recordOutcome(outcomeRecord: OutcomeRecord): void;
  /** Resolves when everything recorded so far is durable, or says why it cannot be. */
  flush(): Promise<Written>;
  /** Earliest moment at which a pending delivery is due, or null when nothing is pending. */
  nextDueAt(): Promise<number | null>;
  control(): Promise<Control>;
  /** Changes when somebody was taken out beside the run: whom it claimed before may be among them. */
  takenOut(): Promise<number>;
  /** What the run waits for, for `status` in another terminal; null when it does not wait. */
  showWaiting(wait: Wait | null): Promise<void>;
  /** Ends the run: writes why it stopped, or that it finished. */
  end(at: number, halt: Halt | null, ending: 'finished' | 'interrupted'): Promise<Written>;
}

/** The provider as the engine sees it. Never rejects: whatever happens is an outcome. */
export interface Sender {
  /**
   * @param mayLeave asked right before the socket is written to, which may be long after the call where a connection is
   *   slow to come about; false: nothing leaves, and the outcome is `NEVER_LEFT`
   */
  send(delivery: ClaimedDelivery, mayLeave: MayLeave): Promise<Outcome>;
}

/** Whether a claimed delivery may still be sent. */
export type MayLeave = (delivery: ClaimedDelivery) => boolean;

/** How fast the throttle lets things go. */
export interface Pace {
  /** What the campaign asks for. */
  readonly limitPerSecond: number;
  /** What the throttle grants now, after it learned from the provider. */
  readonly currentPerSecond: number;
  /** Nothing goes out before this moment (monotonic milliseconds), or null. */
  readonly pausedUntilMs: number | null;
}

/** The one owner of the rate of a sender. */
export interface Throttle {
  /**
   * The last word before the socket: waits until at least one permit is there and takes up to `most()`, which is asked
   * then: during the wait slots become free. What is taken leaves at once, or is lost. 0 when `most()` is 0 by then, or
   * when `signal` fired first.
   */
  take(most: () => number, signal: AbortSignal): Promise<number>;
  /** Milliseconds until the next permit is there, or a pause is over; 0: it is. */
  untilNextMs(): number;
  /** The provider throttled: everything pauses for `retryAfterMs`, and the rate goes down. */
  throttled(retryAfterMs: number | null): void;
  /** The provider took one: the rate may climb again. */
  accepted(): void;
  pace(): Pace;
}

/** Something a run waits for, as a state that `status` and the progress line name. */
export type Wait = Sentence<Extract<Code, `wait.${string}`>> & {
  /** Moment at which to look again; null: when a person acts. */
  readonly untilAt: number | null;
};

/** What a gate says: go on (with at most so many), wait, or stop. */
export type GateVerdict =
  | { readonly kind: 'open'; readonly atMost: number | null }
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'halt'; readonly halt: Halt };

/** A condition before the claim: window, cap, canary. */
export interface Gate {
  check(at: number): Promise<GateVerdict>;
  /** Told what left after it let through, so that an allowance need not be counted anew each time. */
  claimed?(deliveries: readonly ClaimedDelivery[]): void;
  /**
   * Asked of each that was claimed: until when it has to wait, since it may have come back after the gate looked at those who
   * were pending; null: it may leave.
   */
  keepsBack?(delivery: ClaimedDelivery, at: number): number | null;
  /** Told that nothing is due although something is pending: what it found earlier may be the reason. */
  nothingDue?(): void;
  /** Asked when nothing is left to send: what may still bring something back and is worth the wait; null: nothing. */
  expects?(at: number): Wait | null;
}

/** Someone who watches a run: the progress display, the log. Must not throw. */
export interface RunObserver {
  claimed(deliveries: readonly ClaimedDelivery[]): void;
  recorded(delivery: ClaimedDelivery, outcome: Outcome, outcomeRecord: OutcomeRecord): void;
  waiting(wait: Wait | null): void;
}
