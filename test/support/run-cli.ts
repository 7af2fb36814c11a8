import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { shellWord } from '../../src/core/harmless.js';
import { ledgerOfTest } from './ledger-of-test.js';
import { ON_WINDOWS, onlyKilledOnWindows } from './on-windows.js';
import { type InProcessRun, runInProcess } from './run-in-process.js';

/** The built command line of this checkout: tests and benchmarks run from its root. */
export const MAIN = resolve('dist/main.js');

/** How a shell starts it, wherever this checkout lies. */
export const IN_SHELL = [process.execPath, MAIN].map(shellWord).join(' ');

/** Environment variables; `undefined` takes one away. */
export type CliEnv = Readonly<Record<string, string | undefined>>;

/** How a command ended. */
export interface CliEnd {
  /** Exit code; null: a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Everything that was said, on both. */
  readonly said: string;
  /** The one document of `--json`; throws when stdout holds anything else. */
  readonly json: CliJson;
}

/** A JSON document as tests read it. */
export type CliJson = Readonly<Record<string, unknown>>;

/** A command that goes on. */
export interface RunningCli {
  readonly process: ChildProcess;
  readonly ended: Promise<CliEnd>;
  /** Resolves once the command has said this, on stdout or stderr; rejects when it ends without. */
  readonly says: (text: string | RegExp) => Promise<void>;
}

/** Open files that a command gets as its streams. */
export interface CliStreams {
  readonly stdin?: number;
  readonly stdout?: number;
  readonly stderr?: number;
}

/** A folder in which commands run: with a ledger, a state folder and an environment of its own. */
export interface CliPlace {
  /** The working directory. */
  readonly folder: string;
  /** Path of its file, or the address of its database. */
  readonly ledger: string;
  readonly stateDir: string;
  readonly path: (...names: readonly string[]) => string;
  /** Writes a file below the working directory, folders included; returns its path. */
  readonly write: (name: string, content: string | Buffer) => string;
  readonly read: (name: string) => string;
  /**
   * Runs a command to its end, in the working directory or in another one. In the process of the tests: what is about a
   * process (signals, locks between two of them, a screen, a pipe that breaks, Node's variables) needs one.
   *
   * @param stdin what it reads there; default: nothing
   */
  readonly run: (args: readonly string[], env?: CliEnv, cwd?: string, stdin?: string) => Promise<CliEnd>;
  /** A command that goes on, in the process of the tests; it is ended with the test. */
  readonly begin: (args: readonly string[], env?: CliEnv) => InProcessRun;
  /** The same as `run`, in a process of its own. */
  readonly runProcess: (args: readonly string[], env?: CliEnv, cwd?: string) => Promise<CliEnd>;
  /** Starts a command; it is ended with the test. `streams` are descriptors in place of its pipes. */
  readonly start: (args: readonly string[], env?: CliEnv, streams?: CliStreams, cwd?: string) => RunningCli;
  /** Starts any program in the same folder and environment; it is ended with the test. */
  readonly startProgram: (words: readonly [string, ...string[]], env?: CliEnv) => RunningCli;
}

/**
 * Makes a place for the commands of one test; it goes with the test. Nothing of the environment of the tests
 * reaches a command but `PATH`: no credential, no language, no ledger.
 */
export function cliPlace(environment: CliEnv = {}): CliPlace {
  const { place, remove } = cliPlaceIn(environment);
  onTestFinished(remove);
  return place;
}

/** The same outside of a test: `remove` ends what still runs there and takes the folder away. */
export function cliPlaceIn(environment: CliEnv): { readonly place: CliPlace; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'plazcast-cli-'));
  const folder = join(root, 'work');
  const stateDir = join(root, 'state');
  mkdirSync(folder);
  const running = new Set<ChildProcess>();
  const runningHere = new Set<InProcessRun>();
  const remove = (): void => {
    for (const child of running) child.kill('SIGKILL');
    for (const run of runningHere) run.stop();
    takeAway(root);
  };
  const database = ledgerOfTest();
  const base = {
    HOME: root,
    PLAZCAST_STATE_DIR: stateDir,
    LANG: 'C',
    ...(database === null ? {} : { PLAZCAST_LEDGER: database }),
  };
  const processBase = {
    ...base,
    PATH: process.env['PATH'],
    // Compiled code is kept for all tests together.
    XDG_CACHE_HOME: resolve('node_modules/.cache'),
  };
  const launch = (
    words: readonly [string, ...string[]],
    env: CliEnv,
    streams: CliStreams,
    cwd = folder,
  ): RunningCli => {
    const [program, ...args] = words;
    const { stdin = 'ignore', stdout = 'pipe', stderr = 'pipe' } = streams;
    const child = spawn(program, args, {
      cwd,
      env: { ...processBase, ...environment, ...env },
      stdio: [stdin, stdout, stderr],
    });
    onlyKilledOnWindows(child);
    running.add(child);
    return watched(child, () => running.delete(child));
  };
  const start: CliPlace['start'] = (args, env = {}, streams = {}, cwd = folder) =>
    launch([process.execPath, MAIN, ...unasked(args)], env, streams, cwd);
  const begin = (args: readonly string[], env: CliEnv = {}, cwd = folder, stdin = ''): InProcessRun => {
    const here = runInProcess(args, { main: MAIN, env: { ...base, ...environment, ...env }, cwd, stdin });
    runningHere.add(here);
    const ended = here.ended.finally(() => runningHere.delete(here));
    return { ...here, ended };
  };
  const run: CliPlace['run'] = async (args, env = {}, cwd = folder, stdin = '') => {
    const { code, stdout, stderr } = await begin(unasked(args), env, cwd, stdin).ended;
    return endOf(code, stdout, stderr);
  };
  const path = (...names: readonly string[]): string => join(folder, ...names);
  const place: CliPlace = {
    folder,
    ledger: database ?? path('plazcast.db'),
    stateDir,
    path,
    write: (name, content) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    run,
    begin,
    runProcess: (args, env, cwd) => start(args, env, {}, cwd).ended,
    start,
    startProgram: (words, env = {}) => launch(words, env, {}),
  };
  return { place, remove };
}

/** A run that a server started is nobody's child here, and may still be writing its last. */
function takeAway(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 });
  } catch (error) {
    // Windows keeps a folder in which a process works.
    if (!ON_WINDOWS) throw error;
  }
}

/** Nobody sits before a test: what would ask before it sends is told not to, unless the test says `--no-yes`. */
function unasked(args: readonly string[]): readonly string[] {
  const [command = '', ...rest] = args;
  const told = ['--yes', '-y', '--no-yes', '--help', '-h'].some((word) => args.includes(word));
  return told || !['send', 'retry'].includes(command) ? args : [command, '--yes', ...rest];
}

function watched(child: ChildProcess, onEnd: () => void): RunningCli {
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      onEnd();
      resolve(endOf(code, output.stdout, output.stderr));
    });
  });
  const said = (text: string | RegExp): boolean => {
    const all = output.stdout + output.stderr;
    return typeof text === 'string' ? all.includes(text) : text.test(all);
  };
  const says = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!said(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then((end) => reject(new Error(`ended without saying ${String(text)}: ${end.said}`)));
    });
  return { process: child, ended, says };
}

function endOf(code: number | null, stdout: string, stderr: string): CliEnd {
  return {
    code,
    stdout,
    stderr,
    said: stdout + stderr,
    get json(): CliJson {
      try {
        return JSON.parse(stdout) as CliJson;
      } catch {
        throw new Error(`stdout is not one JSON document:\n${stdout}\nstderr:\n${stderr}`);
      }
    },
  };
}

/** A campaign file, as text: `extra` lines follow, and replace what they name. */
export function campaignYaml(lines: Readonly<Record<string, string>> = {}): string {
  const all = { name: 'sale', template: 'sale_es', recipients: 'recipients.csv', rate: '1000/s', ...lines };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/** A recipients file with so many people of Peru, each with one variable. */
export function recipientsCsv(people: number, first = 0): string {
  const rows = Array.from(
    { length: people },
    (_, index) => `+${phoneNumber(first + index)},Ana ${first + index}`,
  );
  return `phone,body.1\n${rows.join('\n')}\n`;
}

/** An invented Peruvian mobile number: the wire form of a person of `recipientsCsv`. */
export function phoneNumber(index: number): string {
  return `519${String(10_000_000 + index).padStart(8, '0')}`;
}
