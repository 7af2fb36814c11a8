/** What this machine's clocks say at one moment, and how far the provider's clock is from them. */
export interface ClockReading {
  /** Wall clock, epoch milliseconds: somebody may set it. */
  readonly at: number;
  /** Tells one start of this machine from another: only under the same id `monotonicMs` can be compared. */
  readonly bootId: string;
  /** Milliseconds of a clock that nobody sets, since this machine started. */
  readonly monotonicMs: number;
  /** The provider's clock minus this machine's wall clock, from the `Date` of an answer; null: no answer told. */
  readonly providerOffsetMs: number | null;
}

/** Reads the clocks. */
export type ReadClocks = () => ClockReading;

/** A reading under which attempts began: those with ids above `afterAttemptId`, up to the next reading of their run. */
export interface RunReading extends ClockReading {
  readonly afterAttemptId: number;
}

/** A moment by the two clocks that nobody on this machine sets. */
export interface SteadyMoment {
  readonly bootId: string;
  readonly monotonicMs: number;
  /** By the provider's clock; null: unknown. */
  readonly providerAt: number | null;
}

/** Two readings of clocks that nobody set in between differ by less, whatever corrects them slowly. */
const SETTING_MS = 1_000;

/** Whether nobody set the wall clock between two readings, so that what holds for one holds for the other. */
export function isSameSetting(one: ClockReading, other: ClockReading): boolean {
  const drift = one.at - one.monotonicMs - (other.at - other.monotonicMs);
  return one.bootId === other.bootId && Math.abs(drift) <= SETTING_MS;
}

/** The moment of a reading. */
export function momentOf({ at, bootId, monotonicMs, providerOffsetMs }: ClockReading): SteadyMoment {
  return { bootId, monotonicMs, providerAt: providerOffsetMs === null ? null : at + providerOffsetMs };
}

/**
 * When an attempt began, by the readings of its run in their order; null: there is none from before it. The first
 * attempts begin before an answer tells the provider's clock: it counts for them, too, unless the clock was set since.
 */
export function beginningOf(
  readings: readonly RunReading[],
  attempt: { readonly attemptId: number; readonly startedAt: number },
): SteadyMoment | null {
  const own = readings.findLast(({ afterAttemptId }) => afterAttemptId < attempt.attemptId);
  if (own === undefined) return null;
  const telling = readings.find((one) => one.providerOffsetMs !== null && isSameSetting(one, own));
  return momentOf({
    at: attempt.startedAt,
    bootId: own.bootId,
    monotonicMs: own.monotonicMs + attempt.startedAt - own.at,
    providerOffsetMs: own.providerOffsetMs ?? telling?.providerOffsetMs ?? null,
  });
}

/**
 * A moment with the provider's clock as an earlier reading of the same start of this machine told it, and as much time as has
 * passed since by the clock that nobody sets.
 */
export function toldBy(moment: SteadyMoment, told: ClockReading | null): SteadyMoment {
  if (moment.providerAt !== null || told === null || told.providerOffsetMs === null) return moment;
  if (told.bootId !== moment.bootId) return moment;
  return { ...moment, providerAt: told.at + told.providerOffsetMs + moment.monotonicMs - told.monotonicMs };
}

/** No attempt lasts longer: what says so was written by another setting of the clock. */
const LONGEST_ATTEMPT_MS = 86_400_000;

/**
 * How long an attempt lasted. Its end may stand in the ledger by a later setting of the wall clock than its beginning:
 * the longest that can be believed counts.
 */
export function lastedMs(
  readings: readonly RunReading[],
  attempt: { readonly attemptId: number; readonly startedAt: number; readonly endedAt: number },
): number {
  const { attemptId, startedAt, endedAt } = attempt;
  const began = beginningOf(readings, attempt);
  const later = readings.filter(({ afterAttemptId }) => afterAttemptId >= attemptId);
  const lengths = later.map((one) => one.monotonicMs + endedAt - one.at - (began?.monotonicMs ?? Number.NaN));
  const believed = [endedAt - startedAt, ...lengths].filter((ms) => ms <= LONGEST_ATTEMPT_MS);
  return Math.max(0, ...believed);
}

/**
 * How much time has surely passed between two moments: by this machine's clock since it started and by the
 * provider's, the lesser of the two. null: neither tells, because the machine was started anew and the provider's
 * clock is unknown at one of them. The wall clock alone proves nothing.
 */
export function passedMs(from: SteadyMoment, to: SteadyMoment): number | null {
  const here = from.bootId === to.bootId ? to.monotonicMs - from.monotonicMs : null;
  const there = from.providerAt !== null && to.providerAt !== null ? to.providerAt - from.providerAt : null;
  if (here === null || there === null) return here ?? there;
  return Math.min(here, there);
}
