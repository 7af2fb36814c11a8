import { type AnswerFacts, NEVER_LEFT, type OutcomeKind } from '../../core/outcome.js';
import type { PlanCounts } from '../../core/plan.js';
import type { Pace, RunObserver, Throttle, Wait } from '../../core/ports.js';
import type { ListReadingProgress } from '../../run/settling-beside.js';

/** Width of the window over which the shown rate is taken. */
const WINDOW_MS = 5_000;
/** Before this much of it has passed, a rate would be chance. */
const RATE_AFTER_MS = 500;

/** The last thing that went wrong with a delivery. */
export interface LastError {
  readonly outcome: Exclude<OutcomeKind, 'accepted'>;
  /** Reason in the ledger's word, or null. */
  readonly reason: string | null;
  readonly answer: AnswerFacts;
}

/** What a progress display shows. */
export interface Progress {
  /** Deliveries that this run is to bring to an end. */
  readonly total: number;
  readonly done: number;
  readonly accepted: number;
  readonly refused: number;
  readonly uncertain: number;
  readonly skipped: number;
  readonly inFlight: number;
  /** Requests that ended per second, lately. */
  readonly ratePerSecond: number;
  readonly pace: Pace;
  /** How long the provider asked everybody to pause, from now; 0 when it did not. */
  readonly pausedMs: number;
  /** Estimate of what is left, or null while nothing can be said. */
  readonly leftMs: number | null;
  readonly wait: Wait | null;
  /** How far the reading of the provider's list is, beside the run; null: it is not being read. */
  readonly reading: ListReadingProgress | null;
  /** `stopping`: a person asked the run to end, and what is in flight finishes. */
  readonly phase: 'going-on' | 'stopping' | 'over';
  readonly lastError: LastError | null;
}

/** Counts what a run reports, for whoever draws it. Moments are monotonic milliseconds. */
export class ProgressTally {
  readonly observer: RunObserver;
  readonly #throttle: Throttle;
  #total: number;
  readonly #skipped: number;
  readonly #marks: { atMs: number; ended: number }[] = [];
  #accepted = 0;
  #refused = 0;
  #uncertain = 0;
  #ended = 0;
  #onWire = 0;
  #inFlight = 0;
  #wait: Wait | null = null;
  #reading: ListReadingProgress | null = null;
  #phase: Progress['phase'] = 'going-on';
  #lastError: LastError | null = null;

  /** @param limit most deliveries of this run, or null */
  constructor(plan: PlanCounts, throttle: Throttle, limit: number | null) {
    this.#throttle = throttle;
    this.#total = Math.min(plan.counts.pending, limit ?? Number.POSITIVE_INFINITY);
    this.#skipped = plan.counts.skipped;
    this.observer = {
      claimed: (deliveries) => {
        this.#inFlight += deliveries.length;
      },
      recorded: (_delivery, outcome, { status, reason, onWire }) => {
        this.#inFlight -= 1;
        if (outcome === NEVER_LEFT) return;
        this.#ended += 1;
        if (onWire) this.#onWire += 1;
        if (status === 'accepted') this.#accepted += 1;
        if (status === 'refused' || status === 'exhausted') this.#refused += 1;
        if (status === 'uncertain') this.#uncertain += 1;
        if (outcome.kind === 'accepted') return;
        this.#lastError = { outcome: outcome.kind, reason, answer: outcome.answer };
      },
      waiting: (wait) => {
        this.#wait = wait;
      },
    };
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get accepted(): number {
    return this.#accepted;
  }

  /** Requests that reached the socket, those in flight among them. */
  get sent(): number {
    return this.#onWire + this.#inFlight;
  }

  /** The provider's list is being read beside the run; null: no longer. */
  reading(progress: ListReadingProgress | null): void {
    this.#reading = progress;
  }

  /** So many who were uncertain are to be sent to after all. */
  cameBack(count: number): void {
    this.#total += count;
  }

  /** No new messages leave: the display counts what is still in flight. */
  stop(): void {
    this.#phase = 'stopping';
  }

  /** Nothing happens any more, unless it is told to go on. */
  end(): void {
    this.#phase = 'over';
  }

  /** It goes on after a question. */
  goOn(): void {
    this.#phase = 'going-on';
  }

  /** How the run stands at `nowMs`. */
  at(nowMs: number): Progress {
    const done = this.#accepted + this.#refused + this.#uncertain;
    const ratePerSecond = this.#rate(nowMs);
    const pace = this.#throttle.pace();
    const speed = Math.min(ratePerSecond > 0 ? ratePerSecond : pace.currentPerSecond, pace.currentPerSecond);
    return {
      // Who was uncertain at the plan and is proven absent meanwhile goes out, too.
      total: Math.max(this.#total, done),
      done,
      accepted: this.#accepted,
      refused: this.#refused,
      uncertain: this.#uncertain,
      skipped: this.#skipped,
      inFlight: this.#inFlight,
      ratePerSecond,
      pace,
      pausedMs: pace.pausedUntilMs === null ? 0 : Math.max(0, pace.pausedUntilMs - nowMs),
      leftMs: speed > 0 ? (Math.max(0, this.#total - done) / speed) * 1000 : null,
      wait: this.#wait,
      reading: this.#reading,
      phase: this.#phase,
      lastError: this.#lastError,
    };
  }

  #rate(nowMs: number): number {
    this.#marks.push({ atMs: nowMs, ended: this.#ended });
    while ((this.#marks[1]?.atMs ?? Number.POSITIVE_INFINITY) < nowMs - WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0];
    if (first === undefined || nowMs - first.atMs < RATE_AFTER_MS) return 0;
    return ((this.#ended - first.ended) * 1000) / (nowMs - first.atMs);
  }
}
