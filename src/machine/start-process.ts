import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { NewProcess, StartedProcess } from '../core/new-process.js';
import { failed, ok, type Result, systemDetail } from '../core/problem.js';

/**
 * Starts a program in a session of its own: it outlives this process, its terminal and the browser before it. Nothing
 * is heard of it but its end.
 */
export async function startProcess({ program, cwd, env, log }: NewProcess): Promise<Result<StartedProcess>> {
  const [file, ...words] = program;
  let descriptor: number;
  try {
    descriptor = openSync(log, 'wx', 0o600);
  } catch (error) {
    return failed({ code: 'log.cannot-open', params: { path: log, detail: systemDetail(error) } });
  }
  try {
    const stdio = ['ignore', descriptor, descriptor] as const;
    const child = spawn(file, words, { cwd, env: { ...env }, detached: true, stdio: [...stdio] });
    const ended = new Promise<number | null>((heard) => child.once('exit', heard));
    await new Promise<void>((started, fail) => {
      child.once('spawn', started);
      child.once('error', fail);
    });
    child.unref();
    return ok({ pid: child.pid ?? 0, ended });
  } catch (error) {
    return failed({ code: 'launch.not-started', params: { detail: systemDetail(error) } });
  } finally {
    closeSync(descriptor);
  }
}
