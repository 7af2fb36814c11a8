import { harmless } from '../../core/harmless.js';
import type { Translate } from '../../core/problem.js';

/** How many are skipped for a reason, with the word for it. */
export type SkippedCount = readonly [label: string, count: number];

/** Why people are skipped, in words, in the order in which the reasons come. */
export function skippedCounts(
  skippedByReason: Readonly<Record<string, number>>,
  translate: Translate,
): readonly SkippedCount[] {
  return Object.entries(skippedByReason).map(([reason, count]) => [
    skippedLabel(reason, count, translate),
    count,
  ]);
}

/** Why so many are skipped, in words. */
export function skippedLabel(reason: string, count: number, translate: Translate): string {
  switch (reason) {
    case 'duplicate':
    case 'suppressed':
    case 'capped':
    case 'canceled':
    case 'removed':
    case 'forgotten':
      return translate(`plan.skipped.${reason}`, { count });
    default:
      return harmless(reason);
  }
}
