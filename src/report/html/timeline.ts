import type { Halt } from '../../core/problem.js';
import type { RunSpan, TimelineMinute } from '../../core/report-data.js';

/** A stretch of the timeline, one bar wide. */
export type TimelineStep = TimelineMinute;

/** The timeline in equal steps without holes, few enough to draw. */
export interface FoldedTimeline {
  readonly stepMinutes: number;
  /** In order of time; steps in which nothing was sent are in it, all zero. */
  readonly steps: readonly TimelineStep[];
}

/** A stretch without sends. */
export interface Pause {
  readonly from: number;
  readonly to: number;
  /** A run waited on purpose (a window, a cap, the provider), a run had stopped with a halt, or none was going on. */
  readonly kind: 'waiting' | 'halted' | 'stopped';
  readonly halt: Halt | null;
}

/** A stretch with one rate limit. */
export interface LimitSpan {
  readonly from: number;
  readonly to: number;
  readonly perMinute: number;
}

const MINUTE_MS = 60_000;
/** Few enough to draw. */
const MOST_STEPS = 240;
const STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/**
 * Minutes folded into equal steps: the smallest round step with which at most `MOST_STEPS` are left.
 *
 * @param minutes in order of time, those without sends left out
 */
export function foldTimeline(minutes: readonly TimelineMinute[]): FoldedTimeline {
  const first = minutes[0];
  const last = minutes.at(-1);
  if (first === undefined || last === undefined) return { stepMinutes: 1, steps: [] };
  const stepMinutes = stepFor(first.at, last.at);
  const stepMs = stepMinutes * MINUTE_MS;
  const from = floorTo(first.at, stepMs);
  const steps = Array.from({ length: (floorTo(last.at, stepMs) - from) / stepMs + 1 }, (_, index) => ({
    at: from + index * stepMs,
    accepted: 0,
    refused: 0,
    uncertain: 0,
    deferred: 0,
  }));
  for (const minute of minutes) {
    const step = steps[(floorTo(minute.at, stepMs) - from) / stepMs];
    if (step === undefined) continue;
    step.accepted += minute.accepted;
    step.refused += minute.refused;
    step.uncertain += minute.uncertain;
    step.deferred += minute.deferred;
  }
  return { stepMinutes, steps };
}

/** Stretches of at least `leastMinutes` without sends, and what a run was doing then. */
export function pausesOf(
  minutes: readonly TimelineMinute[],
  runs: readonly RunSpan[],
  leastMinutes = 2,
): readonly Pause[] {
  const pauses: Pause[] = [];
  for (const [index, minute] of minutes.entries()) {
    const next = minutes[index + 1];
    const from = minute.at + MINUTE_MS;
    if (next !== undefined && next.at - from >= leastMinutes * MINUTE_MS) {
      pauses.push({ from, to: next.at, ...causeOf(minute.at, next.at, runs) });
    }
  }
  return pauses;
}

/** The limit of each run, in whole steps, as far as they lie between the first and the last send. */
export function limitsOf(folded: FoldedTimeline, runs: readonly RunSpan[]): readonly LimitSpan[] {
  const start = folded.steps[0]?.at;
  const lastStep = folded.steps.at(-1)?.at;
  if (start === undefined || lastStep === undefined) return [];
  const stepMs = folded.stepMinutes * MINUTE_MS;
  const end = lastStep + stepMs;
  const spans = runs.map((run, index) => ({
    from: Math.max(start, floorTo(run.startedAt, stepMs)),
    to: Math.min(end, floorTo((run.endedAt ?? runs[index + 1]?.startedAt ?? end) + stepMs - 1, stepMs)),
    perMinute: run.ratePerSecond * 60,
  }));
  return spans.filter((span) => span.to > span.from);
}

/** The run that had sent before the pause tells why: it went on, it halted, or it ended (or died) without a word. */
function causeOf(
  lastSendAt: number,
  nextSendAt: number,
  runs: readonly RunSpan[],
): Pick<Pause, 'kind' | 'halt'> {
  const began = runs.filter((run) => run.startedAt < lastSendAt + MINUTE_MS);
  const before = began.at(-1);
  if (before === undefined) return { kind: 'stopped', halt: null };
  const wentOn = before.endedAt === null ? runs.at(-1) === before : before.endedAt >= nextSendAt;
  if (wentOn) return { kind: 'waiting', halt: null };
  return before.halted === null ? { kind: 'stopped', halt: null } : { kind: 'halted', halt: before.halted };
}

function stepFor(first: number, last: number): number {
  const fits = (step: number): boolean => (last - first) / (step * MINUTE_MS) < MOST_STEPS - 1;
  const round = STEPS_MINUTES.find(fits);
  if (round !== undefined) return round;
  const days = Math.ceil((last - first) / ((MOST_STEPS - 2) * 1440 * MINUTE_MS));
  return days * 1440;
}

function floorTo(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs;
}
