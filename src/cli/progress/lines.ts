import type { Wait } from '../../core/ports.js';
import type { Say } from '../../core/problem.js';
import { durationText } from './duration.js';
import type { Progress } from './tally.js';

/** One plain line about a run, for logs and pipes. */
export function plainLine(progress: Progress, say: Say): string {
  const { done, total, accepted, refused, uncertain, ratePerSecond, wait } = progress;
  const left = wait === null ? leftText(progress, say) : say('progress.waiting', { what: waitText(wait, say) });
  const rate = rateText(ratePerSecond);
  return say('progress.line', { done, total, accepted, refused, uncertain, rate, left });
}

/** How much time is left, or nothing while that cannot be said. */
export function leftText({ leftMs }: Progress, say: Say): string {
  return leftMs === null ? '' : say('progress.left', { time: durationText(leftMs) });
}

/** What a run waits for, in words. */
export function waitText(wait: Wait, say: Say): string {
  const text = say(wait.code, wait.params);
  if (wait.untilAt === null) return text;
  const leftMs = wait.untilAt - Date.now();
  return leftMs > 1000 ? `${text} (${durationText(leftMs)})` : text;
}

/** A rate in at most four characters. */
export function rateText(perSecond: number): string {
  return perSecond >= 10 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}
