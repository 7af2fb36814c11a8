/** A program of this machine that is to go on by itself. */
export interface NewProcess {
  readonly program: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A new file, for its owner alone, that gets what it says. */
  readonly log: string;
}

/** One that was started. */
export interface StartedProcess {
  readonly pid: number;
  /** Its exit code; null: a signal ended it. */
  readonly ended: Promise<number | null>;
}
