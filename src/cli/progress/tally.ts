import type { Plan } from '../../core/plan.js';
import type { Pace, RunObserver, Throttle, Wait } from '../../core/ports.js';

/** Width of the window over which the shown rate is taken. */
const WINDOW_MS = 5_000;

/** What a progress display shows. */
export interface Progress {
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
  /** Estimate of what is left, or null while nothing can be said. */
  readonly leftMs: number | null;
  readonly wait: Wait | null;
  /** The last refusal in the provider's words, or null. */
  readonly lastError: string | null;
}

/** Counts what a run reports, for whoever draws it. Moments are monotonic milliseconds. */
export class ProgressTally {
  readonly observer: RunObserver;
  readonly #plan: Plan;
  readonly #throttle: Throttle;
  readonly #marks: { atMs: number; ended: number }[] = [];
  #accepted = 0;
  #refused = 0;
  #uncertain = 0;
  #ended = 0;
  #inFlight = 0;
  #wait: Wait | null = null;
  #lastError: string | null = null;

  constructor(plan: Plan, throttle: Throttle) {
    this.#plan = plan;
    this.#throttle = throttle;
    this.observer = {
      claimed: (dispatches) => {
        this.#inFlight += dispatches.length;
      },
      settled: (_dispatch, outcome, settlement) => {
        this.#inFlight -= 1;
        this.#ended += 1;
        if (settlement.status === 'accepted') this.#accepted += 1;
        if (settlement.status === 'refused' || settlement.status === 'exhausted') this.#refused += 1;
        if (settlement.status === 'uncertain') this.#uncertain += 1;
        if (outcome.kind !== 'accepted') this.#lastError = outcome.answer.errorMessage ?? this.#lastError;
      },
      waiting: (wait) => {
        this.#wait = wait;
      },
      recovered: () => undefined,
    };
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** How the run stands at `nowMs`. */
  at(nowMs: number): Progress {
    const total = this.#plan.counts.pending;
    const done = this.#accepted + this.#refused + this.#uncertain;
    const ratePerSecond = this.#rate(nowMs);
    const pace = this.#throttle.pace();
    const speed = Math.min(ratePerSecond > 0 ? ratePerSecond : pace.currentPerSecond, pace.currentPerSecond);
    return {
      total,
      done,
      accepted: this.#accepted,
      refused: this.#refused,
      uncertain: this.#uncertain,
      skipped: this.#plan.counts.skipped,
      inFlight: this.#inFlight,
      ratePerSecond,
      pace,
      leftMs: speed > 0 ? (Math.max(0, total - done) / speed) * 1000 : null,
      wait: this.#wait,
      lastError: this.#lastError,
    };
  }

  #rate(nowMs: number): number {
    this.#marks.push({ atMs: nowMs, ended: this.#ended });
    while ((this.#marks[1]?.atMs ?? Number.POSITIVE_INFINITY) < nowMs - WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0];
    if (first === undefined || nowMs - first.atMs < 500) return 0;
    return ((this.#ended - first.ended) * 1000) / (nowMs - first.atMs);
  }
}
