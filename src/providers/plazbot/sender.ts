import { setTimeout as delay } from 'node:timers/promises';
import { BOUNDS } from '../../core/bounds.js';
import type { Clock } from '../../core/clock.js';
import type { ClaimedDelivery } from '../../core/delivery.js';
import { httpMoment } from '../../core/moments.js';
import { NEVER_LEFT, NO_ANSWER, type Outcome } from '../../core/outcome.js';
import type { MayLeave, Sender } from '../../core/ports.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { type Connection, Connections, whatCameIsRead } from './connections.js';
import { type Exchange, ExchangeHandler, type ExchangeLimits, type Leave } from './exchange.js';
import { interpret, isProviderShaped } from './interpret.js';
import { conversationPath, type MessageConstants, messageBuilder } from './message.js';

/** Where and how to send. */
export interface PlazbotSenderOptions extends MessageConstants {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Further credentials that no answer may repeat. */
  readonly secrets?: readonly (string | null)[];
  /** Longest wait for the head of an answer, and between two pieces of its body; twice as long for the whole of it. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A head may take one time-out, and a body another; undici hears the end of one up to a second late. */
const WHOLE_ANSWER_TIMEOUTS = 2;
const HEARD_LATE_MS = 1_000;
/** A second answer to a request comes within this (15 ms to 25 ms were seen). */
const CONTRADICTED_MS = 50;
const ALWAYS: MayLeave = () => true;

/**
 * Sends template conversations to Plazbot. One POST per call, never repeated by itself. An error before the
 * request reached the socket is `not-sent`, any after it `uncertain`.
 */
export class PlazbotSender implements Sender {
  readonly #options: PlazbotSenderOptions;
  readonly #connections: Connections;
  readonly #limits: ExchangeLimits;
  readonly #bodyOf: (delivery: ClaimedDelivery) => string;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #redact: Redact;
  readonly #url: string;
  readonly #providerClock = new ProviderClock();
  #providerSeen = false;

  /** The provider's clock minus this machine's, as its answers tell; null: none told. */
  get clockOffsetMs(): number | null {
    return this.#providerClock.offsetMs;
  }

  constructor(options: PlazbotSenderOptions) {
    const base = new URL(options.baseUrl);
    this.#options = options;
    this.#path = `${base.pathname.replace(/\/+$/u, '')}${conversationPath(options.api)}`;
    this.#url = `${base.origin}${this.#path}`;
    this.#bodyOf = messageBuilder(options);
    this.#headers = headersOf(options);
    this.#redact = redactor([options.apiKey, options.workspaceId, ...(options.secrets ?? [])]);
    const { timeoutMs, clock } = options;
    this.#limits = {
      wholeMs: WHOLE_ANSWER_TIMEOUTS * timeoutMs + HEARD_LATE_MS,
      mostBytes: BOUNDS.sendAnswer.value,
    };
    this.#connections = new Connections({
      origin: base.origin,
      timeoutMs,
      mostBytes: BOUNDS.sendAnswer.value,
      clock,
    });
  }

  async send(delivery: ClaimedDelivery, mayLeave: MayLeave = ALWAYS): Promise<Outcome> {
    const connection = await this.#connections.take();
    const exchange = await this.#post(connection, { delivery, mayLeave });
    this.#connections.free(connection);
    if (exchange.kind === 'withheld') return NEVER_LEFT;
    if (exchange.kind === 'failed') return this.#failedOutcome(exchange.onWire, exchange.error);
    const outcome = this.#outcomeOf(exchange);
    return leadsToAnother(outcome) ? await undoubted(outcome, connection) : outcome;
  }

  #outcomeOf(exchange: Extract<Exchange, { kind: 'answered' }>): Outcome {
    const at = this.#options.clock.now();
    this.#providerClock.hear(exchange.answer.date, at);
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
    await this.#connections.close();
  }

  #failedOutcome(onWire: boolean, error: string): Outcome {
    const answer = { ...NO_ANSWER, errorMessage: this.#redact(error, BOUNDS.errorMessage.value) };
    return onWire
      ? { kind: 'uncertain', reason: 'no-answer', answer }
      : { kind: 'not-sent', onWire: false, halt: null, answer };
  }

  /** Written out: V8 gives a spread object a new shape each time, and undici's 16 reads of it miss their caches. */
  #post(connection: Connection, leave: Leave): Promise<Exchange> {
    const body = this.#bodyOf(leave.delivery);
    return new Promise((resolve) => {
      const request = { method: 'POST', path: this.#path, headers: this.#headers, body } as const;
      connection.client.dispatch(request, new ExchangeHandler(leave, connection, this.#limits, resolve));
    });
  }
}

/** Whether the person may be sent to again: then a second answer that says otherwise must be heard first. */
function leadsToAnother({ kind }: Outcome): boolean {
  return kind !== 'accepted' && kind !== 'uncertain';
}

/** The outcome, unless more follows on its connection: two answers to one request contradict each other. */
async function undoubted(outcome: Outcome, { watch }: Connection): Promise<Outcome> {
  await delay(CONTRADICTED_MS);
  await whatCameIsRead();
  if (watch?.disturbed !== true) return outcome;
  return { kind: 'uncertain', reason: 'unclear-answer', answer: outcome.answer };
}

function headersOf(options: PlazbotSenderOptions): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'x-workspace-id': options.workspaceId };
  return options.apiKey === null ? headers : { ...headers, authorization: `Bearer ${options.apiKey}` };
}

/** Learns the provider's clock from the `Date` of its answers, a new one of which comes once a second at most. */
export class ProviderClock {
  #date: string | null = null;
  #offsetMs: number | null = null;

  /** The provider's clock minus this machine's, as the last answer told; null: none told. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  /** Takes in the `Date` of an answer that came at `at`: whole seconds, cut off, so half a second is the likeliest rest. */
  hear(date: string | null, at: number): void {
    if (date === null || date === this.#date) return;
    this.#date = date;
    const told = httpMoment(date);
    if (told !== null) this.#offsetMs = told + 500 - at;
  }
}
