import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import {
  type AnsweringWork,
  lineOf,
  type NewWork,
  type StartedWork,
  type WorkEnd,
} from '../core/new-process.js';
import { failed, ok, type Result, systemDetail } from '../core/problem.js';

/** How much of what a program complained of is kept: its last lines say why it ended. */
const KEPT_COMPLAINT = 4_000;

/**
 * Starts a program whose words are read here. It stands in a session of its own: a Ctrl-C at the terminal is not meant
 * for it, and when this process dies it finds nobody to talk to and finishes all the same.
 */
export async function startWork(work: NewWork): Promise<Result<StartedWork>> {
  const begun = await begin(work, ['ignore', 'pipe', 'pipe']);
  if (!begun.ok) return begun;
  const { child, ended } = begun.value;
  return ok({ said: child.stdout as Readable, ended, stop: () => void child.kill('SIGTERM') });
}

/** Starts one that is asked and answers, a line each; its input ends with this process, and so does it. */
export async function startConversation(work: NewWork): Promise<Result<AnsweringWork>> {
  const begun = await begin(work, ['pipe', 'pipe', 'pipe']);
  if (!begun.ok) return begun;
  const { child, ended } = begun.value;
  const input = child.stdin as Writable;
  // One that has ended is told by its end.
  input.on('error', () => undefined);
  const waiting = new Map<number, { hear: (answer: unknown) => void; fail: (error: Error) => void }>();
  createInterface({ input: child.stdout as Readable }).on('line', (line) => {
    const { id, answer } = JSON.parse(line) as { id: number; answer: unknown };
    waiting.get(id)?.hear(answer);
    waiting.delete(id);
  });
  let end: WorkEnd | null = null;
  void ended.then((how) => {
    end = how;
    for (const { fail } of waiting.values()) fail(new Error(how.complaint));
    waiting.clear();
  });
  let asked = 0;
  const ask = (question: unknown): Promise<unknown> =>
    new Promise((hear, fail) => {
      if (end !== null) return fail(new Error(end.complaint));
      asked += 1;
      waiting.set(asked, { hear, fail });
      input.write(lineOf({ id: asked, question }));
    });
  return ok({ ask, ended, close: () => input.end() });
}

async function begin(
  { program, cwd, env }: NewWork,
  stdio: NonNullable<SpawnOptions['stdio']>,
): Promise<Result<{ readonly child: ChildProcess; readonly ended: Promise<WorkEnd> }>> {
  const [file, ...words] = program;
  const child = spawn(file, words, { cwd, env: { ...env }, detached: true, stdio });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
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
    const detail = systemDetail(error);
    return failed({ code: 'work.not-started', params: { detail } });
  }
  return ok({ child, ended });
}
