import { SeedFailure, type SeedOptions, simulateSeed } from './simulate-seed.js';

/** Tries at finding a shorter story. */
const MOST_TRIES = 300;

/**
 * The same failure with as few troubles as possible: leaves one after the other out, as long as a promise of the same
 * kind breaks without it. The story of what is returned was kept.
 */
export async function shrunk(failure: SeedFailure, options: SeedOptions): Promise<SeedFailure> {
  let shortest = await failureOf(failure, options, new Set());
  if (shortest === null) return failure;
  const leftOut = new Set<number>();
  let tries = 0;
  for (let found = true; found; ) {
    found = false;
    for (let trouble = shortest.story.troubles; trouble > 0 && tries < MOST_TRIES; trouble -= 1) {
      if (leftOut.has(trouble)) continue;
      tries += 1;
      const shorter = await failureOf(failure, options, new Set([...leftOut, trouble]));
      if (shorter === null) continue;
      leftOut.add(trouble);
      shortest = shorter;
      found = true;
    }
  }
  return shortest;
}

async function failureOf(
  { seed, kind }: SeedFailure,
  options: SeedOptions,
  leftOut: ReadonlySet<number>,
): Promise<SeedFailure | null> {
  try {
    await simulateSeed(seed, { ...options, tell: 'happenings', leftOut });
    return null;
  } catch (error) {
    if (!(error instanceof SeedFailure)) throw error;
    return error.kind === kind ? error : null;
  }
}
