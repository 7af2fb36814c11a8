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

/** A program that works for this process, and whose words are read. */
export type NewWork = Omit<NewProcess, 'log'>;

/** Work that goes on. */
export interface StartedWork {
  /** What it says, piece by piece as it comes; to be read to its end. */
  readonly said: AsyncIterable<Uint8Array>;
  readonly ended: Promise<WorkEnd>;
  /** Asks it to end. */
  readonly stop: () => void;
}

/** Work that answers questions until it is let go; what is asked and told are plain values. */
export interface AnsweringWork {
  /** Rejects when it ends before it has answered, with what it complained of. */
  readonly ask: (question: unknown) => Promise<unknown>;
  readonly ended: Promise<WorkEnd>;
  /** Lets it go: it ends by itself. */
  readonly close: () => void;
}

/** How work ended. */
export interface WorkEnd {
  /** Its exit code; null: a signal ended it. */
  readonly exitCode: number | null;
  /** The last of what it complained of. */
  readonly complaint: string;
}

/**
 * A document as one line of a conversation. JSON leaves two separators of Unicode as they are, at which `readline` of Node
 * begins another line.
 */
export function lineOf(document: unknown): string {
  const escaped = JSON.stringify(document)
    .replace(/\u2028/gu, '\\u2028')
    .replace(/\u2029/gu, '\\u2029');
  return `${escaped}\n`;
}
