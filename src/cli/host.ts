import type { Readable, Writable } from 'node:stream';

/** A stream that a command reads answers from. */
export type HostInput = Readable & { readonly isTTY?: boolean };

/** A stream that a command writes to; a screen tells its size. */
export type HostOutput = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/**
 * The process that a command runs in, as far as commands see it. `main.ts` makes it from the real one; whoever makes
 * another one runs commands inside a process that does other things, too.
 */
export interface Host {
  readonly env: NodeJS.ProcessEnv;
  /** Real path of the working directory. */
  readonly cwd: string;
  /** The user's home folder; null: the system knows none. */
  readonly home: string | null;
  readonly pid: number;
  readonly stdin: HostInput;
  readonly stdout: HostOutput;
  readonly stderr: HostOutput;
  /** Program and words that start plazcast once more; a command's own words follow. */
  readonly program: readonly [string, ...string[]];
  readonly onSignal: (signal: NodeJS.Signals, listener: NodeJS.SignalsListener) => void;
  readonly offSignal: (signal: NodeJS.Signals, listener: NodeJS.SignalsListener) => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => never;
}
