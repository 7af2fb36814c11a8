import { spawn } from 'node:child_process';
import type { NewWork, StartedWork, WorkEnd } from '../core/new-process.js';
import { failed, ok, type Result } from '../core/problem.js';

/** How much of what a program complained of is kept: its last lines say why it ended. */
const KEPT_COMPLAINT = 4_000;

/**
 * Starts a program whose words are read here. It stands in a session of its own: a Ctrl-C at the terminal is not meant
 * for it, and when this process dies it finds nobody to talk to and finishes all the same.
 */
export async function startWork({ program, cwd, env }: NewWork): Promise<Result<StartedWork>> {
  const [file, ...words] = program;
  const child = spawn(file, words, {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_COMPLAINT);
  });
  const ended = new Promise<WorkEnd>((heard) => {
    child.once('close', (exitCode) => heard({ exitCode, complaint }));
  });
  try {
    await new Promise<void>((started, fail) => {
      child.once('spawn', started);
      child.once('error', fail);
    });
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed({ code: 'work.not-started', params: { detail } });
  }
  return ok({ said: child.stdout, ended, stop: () => void child.kill('SIGTERM') });
}
