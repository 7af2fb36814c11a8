import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { processMark, standingOf, startTicksOf, startWithoutProc } from '../../src/machine/process-mark.js';

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
    const mark = marked();
    expect(standingOf(mark)).toBe('alive');
    expect(standingOf({ ...mark, startedAs: 'earlier' })).toBe('gone');
  });
});

describe('a process of a system without /proc and ps, such as Windows', () => {
  const startOf = (pid: number): string | null => startWithoutProc(pid, null);
  const markOf = (pid: number) => ({ ...marked(), pid, startedAs: startOf(pid) ?? 'none' });

  test('knows itself, and not another one that had its number', () => {
    expect(standingOf(markOf(process.pid), startOf)).toBe('alive');
    expect(standingOf({ ...markOf(process.pid), startedAs: '1796144814485.2' }, startOf)).toBe('gone');
  });

  test('does not know whether the number of another one is still that one', () => {
    expect(standingOf({ ...markOf(process.ppid), startedAs: '1796144814485.2' }, startOf)).toBe('unknown');
  });

  test('knows that one is gone whose number nobody has', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(standingOf({ ...marked(), pid: child.pid ?? 0 }, startOf)).toBe('gone');
  });
});

/** This process, as it is known here. */
function marked() {
  const mark = processMark(process.pid);
  if (mark === null) throw new Error('this process is there');
  return mark;
}
