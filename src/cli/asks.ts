import type { HostInput, HostOutput } from './host.js';

/** Where one question is asked and answered. */
export interface Asks {
  readonly input: HostInput;
  readonly output: HostOutput;
  /** Ends the question when its input is closed. */
  readonly signal: AbortSignal;
}

const CLOSED = new Error('The input of a question was closed.');

/**
 * Where the next question is asked. Ctrl-D closes its input, and the library would wait for an answer forever: as at its
 * every end, it pauses the input then. After an answer that ends a question that is over.
 */
export function asksOn(input: HostInput, output: HostOutput): Asks {
  const closed = new AbortController();
  input.once('pause', () => closed.abort(CLOSED));
  return { input, output, signal: closed.signal };
}

/** Whether this is how a question ends at Ctrl-C or Ctrl-D. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.cause === CLOSED);
}
