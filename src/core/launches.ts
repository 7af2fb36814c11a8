import type { LaunchRecord, ProcessMark } from './ledger/launches.js';

/** Whether a process goes on; `unknown`: on another machine, or on a system that does not tell it. */
export type ProcessStanding = 'alive' | 'gone' | 'unknown';

/** One that is later than this is not started before a person says so. */
export const LATE_MS = 30 * 60_000;
/** Within this time a process that was asked for says that it is there, or is asked for again once its starter is gone. */
export const START_PATIENCE_MS = 60_000;

/** What is known beside the launches themselves. */
export interface LaunchLook {
  readonly at: number;
  /** Senders by which a run goes on that nobody launched, such as one in a terminal. */
  readonly busySenders: ReadonlySet<string>;
  /** Keys of launches at whose campaign somebody else is, whoever sends: a run of it would be turned away. */
  readonly held: ReadonlySet<string>;
  readonly standing: (mark: ProcessMark) => ProcessStanding;
}

/** What is to be done about open launches. */
export interface DueLaunches {
  /** To be started now. */
  readonly start: readonly LaunchRecord[];
  /** Too late to be started without a person's word. */
  readonly late: readonly LaunchRecord[];
  /** Due, and standing in line behind others of the same sender, the first first. */
  readonly inLine: readonly LaunchRecord[];
  /** Their time has not come. */
  readonly scheduled: readonly LaunchRecord[];
  /** Their process died without a word. */
  readonly lost: readonly LaunchRecord[];
}

/**
 * Sorts open launches by what is to be done about them. One of a sender goes on at a time; the others stand in line by their
 * time, then in the order of asking.
 *
 * @param open as the ledger has them, in the order of asking
 */
export function dueLaunches(open: readonly LaunchRecord[], look: LaunchLook): DueLaunches {
  const busy = new Set(look.busySenders);
  const lost = open.filter((launch) => isLost(launch, look));
  const stuck = open.filter((launch) => isStuck(launch, look));
  for (const launch of open) {
    const goesOn = launch.state === 'running' || launch.state === 'starting';
    if (goesOn && !lost.includes(launch) && !stuck.includes(launch)) busy.add(launch.sender);
  }
  const waiting = open
    .filter(({ state }) => state === 'waiting')
    .toSorted((one, other) => timeOf(one) - timeOf(other));
  const due = [...stuck, ...waiting.filter((launch) => timeOf(launch) <= look.at)];
  const late = due.filter((launch) => isLate(launch, look.at));
  const start: LaunchRecord[] = [];
  const inLine: LaunchRecord[] = [];
  for (const launch of due.filter((one) => !late.includes(one))) {
    const isHeld = look.held.has(launch.key);
    (isHeld || busy.has(launch.sender) ? inLine : start).push(launch);
    if (!isHeld) busy.add(launch.sender);
  }
  return { start, late, inLine, scheduled: waiting.filter((launch) => timeOf(launch) > look.at), lost };
}

/** When a launch was to begin. */
function timeOf({ startAt, askedAt }: LaunchRecord): number {
  return startAt ?? askedAt;
}

/**
 * Who stood in line under somebody's eyes is not late: that is what a line is. What was seen in the future was seen by a clock
 * that was ahead.
 */
function isLate(launch: LaunchRecord, at: number): boolean {
  const seen = [launch.watchedAt, launch.startedAt ?? 0].filter((seenAt) => seenAt <= at);
  return at - Math.max(timeOf(launch), ...seen) > LATE_MS;
}

function isLost({ state, runner }: LaunchRecord, { standing }: LaunchLook): boolean {
  return state === 'running' && runner !== null && standing(runner) === 'gone';
}

/** Its starter died before the process said a word; whether there is one, time tells: a second one would be sent home. */
function isStuck({ state, starter, startedAt }: LaunchRecord, { at, standing }: LaunchLook): boolean {
  if (state !== 'starting' || starter === null || startedAt === null) return false;
  return standing(starter) === 'gone' && Math.abs(at - startedAt) > START_PATIENCE_MS;
}
