/**
 * Lets a request through (0), or says how many milliseconds until one fits; such a request is not counted.
 */
export type RateGate = (nowMs: number) => number;

/** At most `limit` requests in any window of `windowMs`. */
export function createRateGate(limit: number, windowMs: number): RateGate {
  // A ring of the moments at which the last `limit` requests were let through.
  const taken = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return (nowMs) => {
    const waitMs = (taken[next] ?? 0) + windowMs - nowMs;
    if (waitMs > 0) return waitMs;
    taken[next] = nowMs;
    next = (next + 1) % limit;
    return 0;
  };
}
