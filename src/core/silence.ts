import type { Wait } from './ports.js';

/** What tells whether a run that goes on does anything. */
export interface SilenceFacts {
  /** When its last message left; its beginning, where none did. */
  readonly lastAt: number;
  /** Earliest moment at which somebody pending is due; null: nobody is pending. */
  readonly nextDueAt: number | null;
  readonly waiting: Pick<Wait, 'untilAt'> | null;
  /** At most. */
  readonly ratePerSecond: number;
}

const LONG_MS = 5 * 60_000;
/** Of a slow one, so many messages might have left meanwhile. */
const MESSAGES = 5;

/**
 * Since when a run does nothing although it could: somebody stopped the process, or its machine sleeps. null: it works, waits,
 * or has nothing to do, or it is too early to tell.
 */
export function silentSince(
  { lastAt, nextDueAt, waiting, ratePerSecond }: SilenceFacts,
  at: number,
): number | null {
  if (nextDueAt === null || waiting?.untilAt === null) return null;
  const since = Math.max(lastAt, nextDueAt, waiting?.untilAt ?? 0);
  const longMs = Math.max(LONG_MS, (MESSAGES * 1_000) / ratePerSecond);
  return at - since < longMs ? null : since;
}
