import { type Dispatcher, Pool } from 'undici';
import type { Clock } from '../../core/clock.js';
import type { Dispatch } from '../../core/delivery.js';
import { NO_ANSWER, type Outcome } from '../../core/outcome.js';
import type { Sender } from '../../core/ports.js';
import { type Answer, interpret, isProviderShaped } from './interpret.js';
import { type MessageConstants, messageBuilder, sendPath } from './message.js';
import { redactor } from './redaction.js';

/** Where and how to send. */
export interface PlazbotSenderOptions extends MessageConstants {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly concurrency: number;
  /** Longest wait for the head of an answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Idle sockets are closed before the server may close them: a request on a dying socket has an unknown fate. */
const KEEP_ALIVE_MS = 1_000;
const CONNECT_MS = 10_000;
/** An answer larger than this is none of the provider's. */
const LARGEST_ANSWER_BYTES = 1024 * 1024;
const LONGEST_ERROR = 300;

/** What became of one POST, before it is interpreted. */
type Exchange =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly onWire: boolean; readonly error: string };

/**
 * Sends template conversations to Plazbot. One POST per call, never repeated by itself. An error before the
 * request reached the socket is `not-sent`, any after it `uncertain`.
 */
export class PlazbotSender implements Sender {
  readonly #options: PlazbotSenderOptions;
  readonly #pool: Pool;
  readonly #bodyOf: (dispatch: Dispatch) => string;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #redact: (text: string) => string;
  readonly #url: string;
  #providerSeen = false;

  constructor(options: PlazbotSenderOptions) {
    const base = new URL(options.baseUrl);
    this.#options = options;
    this.#path = `${base.pathname.replace(/\/+$/u, '')}${sendPath(options.api)}`;
    this.#url = `${base.origin}${this.#path}`;
    this.#bodyOf = messageBuilder(options);
    this.#headers = headersOf(options);
    this.#redact = redactor([options.apiKey, options.workspaceId]);
    this.#pool = new Pool(base.origin, {
      connections: options.concurrency,
      pipelining: 1,
      allowH2: false,
      connect: { timeout: Math.min(CONNECT_MS, options.timeoutMs) },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxResponseSize: LARGEST_ANSWER_BYTES,
    });
  }

  async send(dispatch: Dispatch): Promise<Outcome> {
    const exchange = await this.#post(this.#bodyOf(dispatch));
    if (exchange.kind === 'failed') return this.#failedOutcome(exchange.onWire, exchange.error);
    const outcome = interpret(exchange.answer, {
      template: this.#options.template,
      url: this.#url,
      providerSeen: this.#providerSeen,
      at: this.#options.clock.now(),
      redact: this.#redact,
    });
    this.#providerSeen ||= outcome.kind === 'accepted' || isProviderShaped(exchange.answer.body);
    return outcome;
  }

  /** Closes idle sockets; requests in flight finish first. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  #failedOutcome(onWire: boolean, error: string): Outcome {
    const answer = { ...NO_ANSWER, errorMessage: this.#redact(error).slice(0, LONGEST_ERROR) };
    return onWire
      ? { kind: 'uncertain', reason: 'no-answer', answer }
      : { kind: 'not-sent', onWire: false, halt: null, answer };
  }

  /** Written out: V8 gives a spread object a new shape each time, and undici's 16 reads of it miss their caches. */
  #post(body: string): Promise<Exchange> {
    return new Promise((resolve) => {
      const request = { method: 'POST', path: this.#path, headers: this.#headers, body } as const;
      this.#pool.dispatch(request, new ExchangeHandler(resolve));
    });
  }
}

/** Follows one request; a class of its own, because closures for each request are felt at thousands a second. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (exchange: Exchange) => void;
  readonly #chunks: Buffer[] = [];
  #onWire = false;
  #status = 0;
  #headers: Record<string, string | string[] | undefined> = {};

  constructor(resolve: (exchange: Exchange) => void) {
    this.#resolve = resolve;
  }

  /** undici calls this right before it writes to the socket: from here on the fate is unknown. */
  onRequestStart(): void {
    this.#onWire = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const retryAfter = headerOf(this.#headers['retry-after']);
    const date = headerOf(this.#headers['date']);
    this.#resolve({
      kind: 'answered',
      answer: { status: this.#status, retryAfter, date, body: textOf(this.#chunks) },
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#resolve({ kind: 'failed', onWire: this.#onWire, error: describe(error) });
  }
}

function headersOf(options: PlazbotSenderOptions): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'x-workspace-id': options.workspaceId };
  return options.apiKey === null ? headers : { ...headers, authorization: `Bearer ${options.apiKey}` };
}

function headerOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
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
