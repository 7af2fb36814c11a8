import { EventEmitter } from 'node:events';
import { realpathSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Host, HostOutput } from '../../src/cli/host.js';

/** What a command said, and its exit code. */
interface InProcessEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs in the process of the tests. */
export interface InProcessRun {
  readonly ended: Promise<InProcessEnd>;
  /** What it said on stdout so far. */
  readonly said: () => string;
  /** Asks it to end, as a signal would. */
  readonly stop: () => void;
}

/** Where a command runs. */
export interface InProcessPlace {
  /** Path of the built main.js: the command's code lies beside it. */
  readonly main: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What it reads on stdin; left out: nothing. */
  readonly stdin?: string;
}

/**
 * What a command reads from its host. Every other variable works on a whole process, such as the zone of its clock or
 * Node's own options, and would be passed over here.
 */
const HOSTED =
  /^(?:(?:PLAZBOT|PLATICA|CHATBOTX|PLAZCAST)_\w+|HOME|XDG_STATE_HOME|LANG|LC_ALL|LC_MESSAGES|NO_COLOR|FORCE_COLOR|TERM|CI|npm_\w+)$/u;

/** Runs the built command line in this process: the same code as in a process of its own, a third of a second sooner. */
export function runInProcess(
  args: readonly string[],
  { main, env, cwd, stdin = '' }: InProcessPlace,
): InProcessRun {
  const strange = Object.keys(env).filter((name) => env[name] !== undefined && !HOSTED.test(name));
  if (strange.length > 0)
    throw new Error(`only a process of its own heeds ${strange.join(', ')}: runProcess`);
  const signals = new EventEmitter();
  const [stdout, stderr] = [new Said(), new Said()];
  const host: Host = {
    env: { ...env },
    cwd: realpathSync(cwd),
    // As `os.homedir` has it.
    home: env['HOME'] || userInfo().homedir,
    pid: process.pid,
    stdin: Readable.from(stdin === '' ? [] : [stdin]),
    stdout,
    stderr,
    program: [process.execPath, main],
    onSignal: (signal, listener) => void signals.on(signal, listener),
    offSignal: (signal, listener) => void signals.off(signal, listener),
    exit: (code) => {
      throw new Error(`ended with exit code ${code} in the middle: runProcess`);
    },
  };
  const ended = program(main)
    .then(({ runProgram }) => runProgram(args, host))
    .then((code) => ({ code, stdout: stdout.text, stderr: stderr.text }));
  return { ended, said: () => stdout.text, stop: () => void signals.emit('SIGTERM', 'SIGTERM') };
}

async function program(main: string): Promise<typeof import('../../src/program.js')> {
  // As `main.js` does; beside what the processes of the tests keep.
  enableCompileCache(resolve('node_modules/.cache/plazcast/compile-cache'));
  return import(new URL('./program.js', pathToFileURL(main)).href);
}

/** A stream that is no screen and keeps what is written to it. */
class Said extends Writable implements HostOutput {
  readonly isTTY = false;
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#chunks.push(chunk);
    written();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
