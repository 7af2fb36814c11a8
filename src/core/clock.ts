/** Time as an argument: the engine never asks the machine, so that tests can run it under a time of their own. */
export interface Clock {
  /** Wall-clock moment, epoch milliseconds. May jump. */
  now(): number;
  /** Milliseconds of a clock that only goes forward. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` fires; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Chance as an argument: a number from 0 (included) to 1 (excluded). */
export type Chance = () => number;
