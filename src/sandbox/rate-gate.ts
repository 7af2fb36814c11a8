/** Says whether one more request fits; the ones that do not are not counted. */
export type RateGate = (nowMs: number) => boolean;

/** At most `limit` requests in any window of `windowMs`. */
export function createRateGate(limit: number, windowMs: number): RateGate {
  // A ring of the moments at which the last `limit` requests were let through.
  const taken = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return (nowMs) => {
    if (nowMs - (taken[next] ?? 0) < windowMs) return false;
    taken[next] = nowMs;
    next = (next + 1) % limit;
    return true;
  };
}
