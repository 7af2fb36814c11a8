import { harmless } from '../../core/harmless.js';
import type { Say } from '../../core/problem.js';

/** How many are skipped for a reason, with the word for it. */
export type SkippedCount = readonly [label: string, count: number];

/** Why people are skipped, in words, in the order in which the reasons come. */
export function skippedCounts(
  skippedByReason: Readonly<Record<string, number>>,
  say: Say,
): readonly SkippedCount[] {
  return Object.entries(skippedByReason).map(([reason, count]) => [skippedLabel(reason, say), count]);
}

function skippedLabel(reason: string, say: Say): string {
  switch (reason) {
    case 'duplicate':
    case 'suppressed':
    case 'capped':
    case 'canceled':
    case 'removed':
    case 'forgotten':
      return say(`plan.skipped.${reason}`);
    default:
      return harmless(reason);
  }
}
