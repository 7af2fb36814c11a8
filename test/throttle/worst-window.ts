/** Something that left at a moment: so many permits. */
export interface Left {
  readonly atMs: number;
  readonly permits: number;
}

/** The most permits that left within any window of this length (its end excluded). */
export function worstWindow(left: readonly Left[], windowMs: number): number {
  let worst = 0;
  let inside = 0;
  let first = 0;
  for (const { atMs, permits } of left) {
    inside += permits;
    for (
      let oldest = left[first];
      oldest !== undefined && oldest.atMs <= atMs - windowMs;
      oldest = left[first]
    ) {
      inside -= oldest.permits;
      first += 1;
    }
    worst = Math.max(worst, inside);
  }
  return worst;
}
