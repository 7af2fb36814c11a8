import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { ProcessMark } from '../../src/core/ledger/launches.js';
import { processMark, standingOf, startTicksOf, startWithoutProc } from '../../src/machine/process-mark.js';
import { ON_WINDOWS } from '../support/on-windows.js';

/** `/proc/PID/stat`, with what matters of it. */
function stat(state: string, threads: number): string {
  const between = (count: number): string => Array.from({ length: count }, () => '0').join(' ');
  return `42 (a (node) Z) ${state} ${between(16)} ${threads} 0 4711 ${between(30)}\n`;
}

describe('a process', () => {
  test('that runs or sleeps began when it began', () => {
    expect(['R', 'S', 'D'].map((state) => startTicksOf(stat(state, 2)))).toEqual(['4711', '4711', '4711']);
  });

  test('that is dead and not fetched yet is gone', () => {
    expect([startTicksOf(stat('Z', 1)), startTicksOf(stat('Z', 0)), startTicksOf(stat('X', 1))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('of which a thread still waits for the disk is not gone: it holds its locks', () => {
    expect(startTicksOf(stat('Z', 2))).toBe('4711');
  });

  test('that goes on is alive, and another one with its number is not it', () => {
    const mark = marked(processMark(process.pid));
    expect(standingOf(mark)).toBe('alive');
    expect(standingOf({ ...mark, startedAs: 'earlier' })).toBe(ON_WINDOWS ? 'unknown' : 'gone');
  });
});

describe('a process of a system that does not tell since when others are there, such as Windows', () => {
  const startOf = (pid: number): string | null => startWithoutProc(pid, 'win32');
  const own = () => marked(processMark(process.pid, startOf));

  test('knows itself', () => {
    expect(standingOf(own(), startOf)).toBe('alive');
  });

  test('does not know whether the number of another one is still that one', () => {
    expect(standingOf({ ...own(), startedAs: '1796144814485.2' }, startOf)).toBe('unknown');
  });

  test('knows that one is gone whose number nobody has', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(standingOf({ ...own(), pid: child.pid ?? 0, startedAs: '1796144814485.2' }, startOf)).toBe('gone');
  });
});

describe('a process of a system that has ps and no /proc, such as macOS', () => {
  const startOf = (pid: number): string | null => startWithoutProc(pid, 'darwin');

  test('is known to others as to itself, in whatever zone they live', () => {
    const mark = marked(processMark(process.pid, startOf));
    vi.stubEnv('TZ', 'America/Lima');
    expect(standingOf(mark, startOf)).toBe('alive');
    vi.unstubAllEnvs();
  });
});

function marked(mark: ProcessMark | null): ProcessMark {
  if (mark === null) throw new Error('this process is there');
  return mark;
}
