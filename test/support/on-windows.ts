import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { expect, TestRunner } from 'vitest';

/**
 * There a link wants a right that few people have, pipes have no name in a folder, and a process that is told to end is
 * ended without being asked: what is about these is passed over.
 */
export const ON_WINDOWS = process.platform === 'win32';

/** Expects these permissions of a file or folder. On Windows a mode tells nothing: who may read is up to the folder. */
export function expectMode(path: string, mode: number): void {
  if (!ON_WINDOWS) expect(statSync(path).mode & 0o777).toBe(mode);
}

/**
 * Passes over the test that goes on, once it asks a process to end, to stop or to go on: there is no asking on Windows, where each
 * signal of Node's ends the process at once, as SIGKILL does.
 */
export function onlyKilledOnWindows(child: ChildProcess): void {
  if (!ON_WINDOWS) return;
  const kill = child.kill.bind(child);
  child.kill = (signal) => {
    if (signal !== 'SIGKILL') TestRunner.getCurrentTest()?.context.skip('Windows asks no process to end');
    return kill(signal);
  };
}
