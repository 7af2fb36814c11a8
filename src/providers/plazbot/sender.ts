import { Pool } from 'undici';
import { BOUNDS } from '../../core/bounds.js';
import type { Clock } from '../../core/clock.js';
import type { Dispatch } from '../../core/delivery.js';
import { NO_ANSWER, type Outcome } from '../../core/outcome.js';
import type { Sender } from '../../core/ports.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { type Exchange, ExchangeHandler } from './exchange.js';
import { interpret, isProviderShaped } from './interpret.js';
import { type MessageConstants, messageBuilder, sendPath } from './message.js';

/** Where and how to send. */
export interface PlazbotSenderOptions extends MessageConstants {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Further credentials that no answer may repeat. */
  readonly secrets?: readonly (string | null)[];
  readonly concurrency: number;
  /** Longest wait for the head of an answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Idle sockets are closed before the server may close them: a request on a dying socket has an unknown fate. */
const KEEP_ALIVE_MS = 1_000;
const CONNECT_MS = 10_000;

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
  readonly #redact: Redact;
  readonly #url: string;
  #providerSeen = false;

  constructor(options: PlazbotSenderOptions) {
    const base = new URL(options.baseUrl);
    this.#options = options;
    this.#path = `${base.pathname.replace(/\/+$/u, '')}${sendPath(options.api)}`;
    this.#url = `${base.origin}${this.#path}`;
    this.#bodyOf = messageBuilder(options);
    this.#headers = headersOf(options);
    this.#redact = redactor([options.apiKey, options.workspaceId, ...(options.secrets ?? [])]);
    this.#pool = new Pool(base.origin, {
      connections: options.concurrency,
      pipelining: 1,
      allowH2: false,
      connect: { timeout: Math.min(CONNECT_MS, options.timeoutMs) },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxResponseSize: BOUNDS.sendAnswer.value,
      maxHeaderSize: BOUNDS.answerHeaders.value,
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
    const answer = { ...NO_ANSWER, errorMessage: this.#redact(error, BOUNDS.errorMessage.value) };
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

function headersOf(options: PlazbotSenderOptions): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'x-workspace-id': options.workspaceId };
  return options.apiKey === null ? headers : { ...headers, authorization: `Bearer ${options.apiKey}` };
}
