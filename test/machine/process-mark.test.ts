import { describe, expect, test } from 'vitest';
import { processMark, standingOf, startTicksOf } from '../../src/machine/process-mark.js';

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
    const mark = processMark(process.pid);
    if (mark === null) throw new Error('this process is there');
    expect(standingOf(mark)).toBe('alive');
    expect(standingOf({ ...mark, startedAs: 'earlier' })).toBe('gone');
  });
});
