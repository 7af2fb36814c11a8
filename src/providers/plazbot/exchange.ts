import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { ClaimedDelivery } from '../../core/delivery.js';
import type { MayLeave } from '../../core/ports.js';
import { decodedBody } from '../http/content-encoding.js';
import type { Connection } from './connections.js';
import type { Answer } from './interpret.js';

/** What became of one POST, before it is interpreted. */
export type Exchange =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly onWire: boolean; readonly error: string }
  /** It was not to leave any more when the connection was there. */
  | { readonly kind: 'withheld' };

/** Who is sent to, and whether that still holds when the connection is there. */
export interface Leave {
  readonly delivery: ClaimedDelivery;
  readonly mayLeave: MayLeave;
}

/** What bounds an exchange. */
export interface ExchangeLimits {
  /** From the first byte of the request to the last one of its answer: a server may send a byte a second for ever. */
  readonly wholeMs: number;
  /** Largest body, as it was before the server encoded it. */
  readonly mostBytes: number;
}

/**
 * Follows one request to its end and says what became of it, once. A class of its own, because closures for each
 * request are felt at thousands a second.
 */
export class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #leave: Leave;
  readonly #connection: Connection;
  readonly #limits: ExchangeLimits;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #chunks: Buffer[] = [];
  #onWire = false;
  #deadline: NodeJS.Timeout | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(
    leave: Leave,
    connection: Connection,
    limits: ExchangeLimits,
    resolve: (exchange: Exchange) => void,
  ) {
    this.#leave = leave;
    this.#connection = connection;
    this.#limits = limits;
    this.#resolve = resolve;
  }

  /**
   * undici calls this right before it writes to the socket: from here on the fate is unknown. What is aborted here is
   * not written.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#leave.mayLeave(this.#leave.delivery)) {
      this.#resolve({ kind: 'withheld' });
      controller.abort(new Error('withheld'));
      return;
    }
    this.#onWire = true;
    this.#connection.watch?.requestBegins();
    const { wholeMs } = this.#limits;
    this.#deadline = setTimeout(() => controller.abort(new AnswerNotWhole(wholeMs)), wholeMs);
  }

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
    this.#connection.watch?.answerEnds();
    const answer = {
      status: this.#status,
      retryAfter: firstOf(this.#headers['retry-after']),
      date: firstOf(this.#headers.date),
      body: textOf(this.#chunks, firstOf(this.#headers['content-encoding']), this.#limits.mostBytes),
    };
    this.#end({ kind: 'answered', answer });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end({ kind: 'failed', onWire: this.#onWire, error: describe(error) });
  }

  #end(exchange: Exchange): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#resolve(exchange);
  }
}

/** Ends an exchange whose answer began, and does not end. */
class AnswerNotWhole extends Error {
  readonly code = 'ANSWER_NOT_WHOLE';

  constructor(ms: number) {
    super(`the answer was not whole after ${Math.round(ms / 1_000)} s`);
  }
}

function firstOf(value: string | readonly string[] | undefined): string | null {
  return (typeof value === 'string' ? value : value?.[0]) ?? null;
}

/** The body as text, without a byte order mark. */
function textOf(chunks: readonly Buffer[], encoding: string | null, mostBytes: number): string {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  const text = decodedBody(bytes, encoding, mostBytes).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The error in one line: its code, which is stable, and its text. */
function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const causes = error instanceof AggregateError ? error.errors.map((cause: unknown) => String(cause)) : [];
  const text = error.message === '' ? causes.join('; ') : error.message;
  return `${code}: ${text}`;
}
