import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Dispatch } from '../../core/delivery.js';
import type { MayLeave } from '../../core/ports.js';
import type { Answer } from './interpret.js';

/** What became of one POST, before it is interpreted. */
export type Exchange =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly onWire: boolean; readonly error: string }
  /** It was not to leave any more when the connection was there. */
  | { readonly kind: 'withheld' };

/**
 * Follows one request to its end and says what became of it, once. A class of its own, because closures for each
 * request are felt at thousands a second.
 */
export class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #dispatch: Dispatch;
  readonly #mayLeave: MayLeave;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #chunks: Buffer[] = [];
  #onWire = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(dispatch: Dispatch, mayLeave: MayLeave, resolve: (exchange: Exchange) => void) {
    this.#dispatch = dispatch;
    this.#mayLeave = mayLeave;
    this.#resolve = resolve;
  }

  /**
   * undici calls this right before it writes to the socket: from here on the fate is unknown. What is aborted here is
   * not written.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#mayLeave(this.#dispatch)) {
      this.#onWire = true;
      return;
    }
    this.#resolve({ kind: 'withheld' });
    controller.abort(new Error('withheld'));
  }

  /** Called for the final answer; an informational one (1xx) before it is followed by this again. */
  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const answer = {
      status: this.#status,
      retryAfter: firstOf(this.#headers['retry-after']),
      date: firstOf(this.#headers.date),
      body: textOf(this.#chunks),
    };
    this.#resolve({ kind: 'answered', answer });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#resolve({ kind: 'failed', onWire: this.#onWire, error: describe(error) });
  }
}

function firstOf(value: string | readonly string[] | undefined): string | null {
  return (typeof value === 'string' ? value : value?.[0]) ?? null;
}

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined
    ? only.toString('utf8')
    : Buffer.concat(chunks).toString('utf8');
}

/** The error in one line: its code, which is stable, and its text. */
function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const causes = error instanceof AggregateError ? error.errors.map((cause: unknown) => String(cause)) : [];
  const text = error.message === '' ? causes.join('; ') : error.message;
  return `${code}: ${text}`;
}
