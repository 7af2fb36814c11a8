import { Pool } from 'undici';
import type { Clock } from '../../core/clock.js';
import type { Dispatch } from '../../core/delivery.js';
import { NEVER_LEFT, NO_ANSWER, type Outcome } from '../../core/outcome.js';
import type { MayLeave, Sender } from '../../core/ports.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { type Exchange, ExchangeHandler } from './exchange.js';
import { interpret, isProviderShaped } from './interpret.js';
import { type MessageConstants, messageBuilder, sendPath } from './message.js';
import type { ProviderClock } from './provider-clock.js';

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
  /** Told by every answer; left out: nobody asks. */
  readonly providerClock?: ProviderClock;
}

/** Idle sockets are closed before the server may close them: a request on a dying socket has an unknown fate. */
const KEEP_ALIVE_MS = 1_000;
const CONNECT_MS = 10_000;
/** An answer larger than this is none of the provider's. */
const LARGEST_ANSWER_BYTES = 1024 * 1024;
const LONGEST_ERROR = 300;
const ALWAYS: MayLeave = () => true;

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
      maxResponseSize: LARGEST_ANSWER_BYTES,
    });
  }

  async send(dispatch: Dispatch, mayLeave: MayLeave = ALWAYS): Promise<Outcome> {
    const exchange = await this.#post(dispatch, mayLeave);
    if (exchange.kind === 'withheld') return NEVER_LEFT;
    if (exchange.kind === 'failed') return this.#failedOutcome(exchange.onWire, exchange.error);
    const at = this.#options.clock.now();
    this.#options.providerClock?.hear(exchange.answer.date, at);
    const outcome = interpret(exchange.answer, {
      template: this.#options.template,
      url: this.#url,
      providerSeen: this.#providerSeen,
      at,
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
    const answer = { ...NO_ANSWER, errorMessage: this.#redact(error, LONGEST_ERROR) };
    return onWire
      ? { kind: 'uncertain', reason: 'no-answer', answer }
      : { kind: 'not-sent', onWire: false, halt: null, answer };
  }

  /** Written out: V8 gives a spread object a new shape each time, and undici's 16 reads of it miss their caches. */
  #post(dispatch: Dispatch, mayLeave: MayLeave): Promise<Exchange> {
    const body = this.#bodyOf(dispatch);
    return new Promise((resolve) => {
      const request = { method: 'POST', path: this.#path, headers: this.#headers, body } as const;
      this.#pool.dispatch(request, new ExchangeHandler(dispatch, mayLeave, resolve));
    });
  }
}

function headersOf(options: PlazbotSenderOptions): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'x-workspace-id': options.workspaceId };
  return options.apiKey === null ? headers : { ...headers, authorization: `Bearer ${options.apiKey}` };
}
