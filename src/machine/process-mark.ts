import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessStanding } from '../core/launches.js';
import type { ProcessMark } from '../core/ledger/launches.js';
import { systemCode } from '../core/problem.js';
import { readClocks } from './clock-readings.js';

/** What tells this process, which has the number `pid`, from a later one with the same number. */
export function processMark(pid: number, start = startOf): ProcessMark | null {
  const startedAs = start(pid);
  if (startedAs === null) return null;
  return { host: hostname(), pid, startedAs: startedAs === UNTOLD ? OWN_START : startedAs };
}

/**
 * Whether the very process of a mark goes on. A dead one that nobody has fetched yet is gone; of one whose number is taken,
 * where the system does not tell since when, nobody knows.
 */
export function standingOf({ host, pid, startedAs }: ProcessMark, start = startOf): ProcessStanding {
  if (host !== hostname()) return 'unknown';
  const now = start(pid);
  if (now === startedAs || (now === UNTOLD && startedAs === OWN_START)) return 'alive';
  return now === UNTOLD ? 'unknown' : 'gone';
}

/** The start of a process of which the system does not tell it. */
const UNTOLD = 'untold';
/** That of this one, as it knows it itself. */
const OWN_START = String(performance.timeOrigin);

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
    return isMissing && hasProc() ? null : startWithoutProc(pid);
  }
}

function hasProc(): boolean {
  try {
    return readFileSync('/proc/self/stat', 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Systems without `/proc`: macOS has `ps`, Windows nothing that tells it before a page would have to wait. */
export function startWithoutProc(pid: number, platform = process.platform): string | null {
  if (!isThere(pid)) return null;
  // What Windows may have of that name, such as Git's, reads other options.
  return (platform === 'win32' ? null : startByPs(pid)) ?? UNTOLD;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

/** Two processes compare what they read: in whatever language and zone each of them lives. */
const BY_PS = ['LC_ALL=C', 'TZ=UTC', 'ps', '-o', 'lstart=', '-p'];

function startByPs(pid: number): string | null {
  try {
    const said = execFileSync('env', [...BY_PS, String(pid)], { encoding: 'utf8' }).trim();
    return said === '' ? null : said;
  } catch {
    return null;
  }
}
