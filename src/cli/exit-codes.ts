/** Exit codes, a part of the public contract. */
export const EXIT = {
  done: 0,
  needsPerson: 1,
  unusable: 2,
  halted: 3,
  locked: 4,
  unreachable: 5,
  bug: 70,
  interrupted: 130,
} as const;

/** The code that says most when several campaigns end differently. */
export function highest(codes: readonly number[]): number {
  return Math.max(EXIT.done, ...codes);
}
