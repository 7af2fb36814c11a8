import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessStanding } from '../core/launches.js';
import type { ProcessMark } from '../core/ledger/launches.js';
import { systemCode } from '../core/problem.js';
import { readClocks } from './clock-readings.js';

/** What tells a process of this machine from a later one with the same number; null: there is none of that number. */
export function processMark(pid: number): ProcessMark | null {
  const startedAs = startOf(pid);
  return startedAs === null ? null : { host: hostname(), pid, startedAs };
}

/** Whether the very process of a mark goes on. A dead one that nobody has fetched yet is gone. */
export function standingOf({ host, pid, startedAs }: ProcessMark): ProcessStanding {
  if (host !== hostname()) return 'unknown';
  return startOf(pid) === startedAs ? 'alive' : 'gone';
}

/**
 * State, threads, and start in clock ticks since the machine's start:
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
const STATE = 0;
const THREADS = 17;
const START_TICKS = 19;

/**
 * In what clock tick the process began whose `/proc/PID/stat` this is; null: it is dead. One that was killed in the middle of
 * a write to the disk looks dead while a thread of it still waits for that disk, and holds its locks so long: it is not yet.
 */
export function startTicksOf(stat: string): string | null {
  // The name of the program may hold anything, brackets and spaces too; behind the last bracket stand numbers.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[STATE] === 'X' || (fields[STATE] === 'Z' && Number(fields[THREADS]) <= 1);
  return isDead ? null : (fields[START_TICKS] ?? null);
}

function startOf(pid: number): string | null {
  try {
    const ticks = startTicksOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return ticks === null ? null : `${readClocks().bootId} ${ticks}`;
  } catch (error) {
    const isMissing = systemCode(error) === 'ENOENT';
    return isMissing && hasProc() ? null : startByPs(pid);
  }
}

function hasProc(): boolean {
  try {
    return readFileSync('/proc/self/stat', 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Systems without `/proc`, such as macOS. */
function startByPs(pid: number): string | null {
  try {
    const said = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return said === '' ? null : said;
  } catch {
    return null;
  }
}
