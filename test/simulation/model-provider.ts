import type { CampaignType } from '../../src/core/campaign.js';
import { NO_ANSWER, type Outcome } from '../../src/core/outcome.js';
import { interpret } from '../../src/providers/plazbot/interpret.js';
import type { Dice } from './dice.js';
import type { ProviderLog, TestRecord } from './provider-log.js';
import type { VirtualTime } from './virtual-time.js';

/** What a request asks for. */
export interface Request {
  /** The duty that it fulfils, which no provider knows; null: a test message. */
  readonly duty: string | null;
  readonly phone: string;
  readonly template: string;
  readonly type: CampaignType;
  /** null for type individual. */
  readonly campaignName: string | null;
  /** What goes over the wire. */
  readonly body: string;
  /** Where the log keeps a test message. */
  readonly test?: TestRecord;
}

/** A request that was executed: somebody got a message. `at`: true time, epoch milliseconds. */
export interface Execution extends Request {
  readonly at: number;
  readonly leftAtMs: number;
}

/** How the model provider behaves; drawn from the seed. */
export interface ProviderHabits {
  /** Within which an answer comes. */
  readonly latencyMs: { readonly least: number; readonly most: number };
  /** Share of requests that meet a fault. */
  readonly faulty: number;
  /** How long this side waits for an answer. */
  readonly timeoutMs: number;
  /** Longest time from the deadline of a request to its late execution; 0: never after the deadline. */
  readonly latestMs: number;
  /** Share of unclear answers that repeat the request, with whatever stands in its values. */
  readonly echo: number;
  /** Share of definite answers by which somebody opted out. */
  readonly optOuts: number;
}

/** When a faulty request is executed. */
type Fate = 'never' | 'now' | 'later';

/** What befalls a request that a test chose: it never left, or its connection broke, executed or not. */
export type ChosenFault = 'not-sent' | `broken-${Fate}` | `unclear-${Fate}`;

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string;
}

const OK = '{"success":true,"code":200,"data":{"contactId":"c1"}}';
const code = (number: number): string =>
  `{"success":false,"message":"(#${number}) refused","code":${number}}`;

/** Answers that leave open whether the request was executed. */
const UNCLEAR: readonly [Answered, ...Answered[]] = [
  { status: 500, body: '<h1>500</h1>' },
  { status: 503, body: '' },
  { status: 408, body: '{"success":false,"message":"timeout"}' },
  { status: 200, body: '{"success":tr' },
  { status: 200, body: '<html>sign in</html>' },
  { status: 200, body: '{"success":false,"message":"Conversation not sent."}' },
  { status: 418, body: 'teapot' },
];

/** A provider that fails in its own shape, and says what it was asked, or what it was told on the way. */
const ECHOES: readonly [(request: string) => Answered, ...((request: string) => Answered)[]] = [
  (request) => ({
    status: 500,
    body: `{"success":false,"message":"Internal error","code":500,"request":${request}}`,
  }),
  (request) => ({
    status: 503,
    body: `{"success":false,"message":"Unavailable","data":${JSON.stringify(request)}}`,
  }),
  () => ({ status: 500, body: code(131016) }),
];
const OPTED_OUT: Answered = { status: 200, body: code(131050) };

/** Answers that say that nothing was executed. */
const DEFINITE: readonly [Answered, ...Answered[]] = [
  { status: 429, body: '', retryAfter: '1' },
  { status: 429, body: '', retryAfter: '45' },
  { status: 429, body: '' },
  { status: 200, body: code(131016) },
  { status: 200, body: code(131056) },
  { status: 400, body: code(130429) },
  { status: 200, body: code(131026) },
  { status: 400, body: '{"success":false,"message":"bad row"}' },
  { status: 422, body: '{"title":"invalid","status":422}' },
];

/** Answers that stop the run. */
const HALTING: readonly [Answered, ...Answered[]] = [
  { status: 401, body: '' },
  { status: 402, body: '' },
  { status: 302, body: '' },
  { status: 429, body: '', retryAfter: '4000' },
  { status: 200, body: code(132001) },
];

/**
 * A provider that executes now, later or never and answers anything. It lives in the world, not in the process: what
 * it took in goes on when the client is dead.
 */
export class ModelProvider {
  readonly #time: VirtualTime;
  readonly #habits: ProviderHabits;
  readonly #dice: Dice;
  readonly #log: ProviderLog;
  readonly #executed: (execution: Execution) => void;
  #healthy = false;
  #posts = 0;
  /** Told the `Date` of every answer. */
  onDate: (date: string) => void = () => undefined;
  /** Its clock minus true time. */
  clockOffsetMs = 0;
  /** Nobody gets a clear answer. */
  isOut = false;
  /** Chooses for the nth request of a campaign, from 1; null: chance does. */
  choose: (post: number) => ChosenFault | null = () => null;

  constructor(
    time: VirtualTime,
    habits: ProviderHabits,
    dice: Dice,
    log: ProviderLog,
    executed: (execution: Execution) => void,
  ) {
    this.#log = log;
    this.#time = time;
    this.#habits = habits;
    this.#dice = dice;
    this.#executed = executed;
  }

  /** From now on every request is executed and answered. */
  heal(): void {
    this.#healthy = true;
  }

  /**
   * One POST. Resolves with what the client can know; the answer is read by the code that reads real ones.
   *
   * @param spared nothing happens to it
   */
  post(request: Request, spared = false): Promise<Outcome> {
    const dice = this.#dice;
    const { least, most } = this.#habits.latencyMs;
    const latencyMs = dice.between(least, most);
    if (request.duty !== null) this.#posts += 1;
    const chosen = spared || this.#healthy ? null : this.choose(this.#posts);
    if (chosen !== null) return this.#chosen(request, chosen, latencyMs);
    const out = this.isOut && !this.#healthy;
    if (spared || this.#healthy || !(out || dice.chance(this.#habits.faulty))) {
      return this.#answer(request, 'now', latencyMs, { status: 200, body: OK });
    }
    const kind = out ? 0.1 + 0.65 * dice.roll() : dice.roll();
    if (kind < 0.1) return this.#notSent(latencyMs);
    if (kind < 0.4) return this.#broken(request, this.#fate(), dice.between(5, this.#habits.timeoutMs));
    if (kind < 0.55) return this.#broken(request, this.#fate(), this.#habits.timeoutMs);
    if (kind < 0.75) return this.#answer(request, this.#fate(), latencyMs, this.#unclear(request));
    if (kind < 0.97) return this.#answer(request, 'never', latencyMs, this.#definite());
    return this.#answer(request, 'never', latencyMs, dice.oneOf(HALTING));
  }

  #chosen(request: Request, chosen: ChosenFault, latencyMs: number): Promise<Outcome> {
    if (chosen === 'not-sent') return this.#notSent(latencyMs);
    const [kind, fate] = chosen.split('-') as ['broken' | 'unclear', Fate];
    if (kind === 'broken') return this.#broken(request, fate, latencyMs);
    return this.#answer(request, fate, latencyMs, this.#dice.oneOf(UNCLEAR));
  }

  #unclear(request: Request): Answered {
    const { echo } = this.#habits;
    if (echo === 0 || !this.#dice.chance(echo)) return this.#dice.oneOf(UNCLEAR);
    return this.#dice.oneOf(ECHOES)(request.body);
  }

  #definite(): Answered {
    const { optOuts } = this.#habits;
    return optOuts > 0 && this.#dice.chance(optOuts) ? OPTED_OUT : this.#dice.oneOf(DEFINITE);
  }

  #fate(): Fate {
    return this.#dice.oneOf(['never', 'never', 'now', 'later', 'later']);
  }

  async #notSent(latencyMs: number): Promise<Outcome> {
    const answer = { ...NO_ANSWER, errorMessage: 'ECONNREFUSED' };
    await this.#wait(latencyMs);
    return { kind: 'not-sent', onWire: false, halt: null, answer };
  }

  /** The connection breaks, or the answer does not come, `afterMs` after the request left. */
  async #broken(request: Request, fate: Fate, afterMs: number): Promise<Outcome> {
    this.#meet(request, fate, afterMs);
    await this.#wait(afterMs);
    return { kind: 'uncertain', reason: 'no-answer', answer: { ...NO_ANSWER, errorMessage: 'ECONNRESET' } };
  }

  async #answer(request: Request, fate: Fate, latencyMs: number, answered: Answered): Promise<Outcome> {
    this.#meet(request, fate, latencyMs);
    await this.#wait(latencyMs);
    const { status, body, retryAfter = null } = answered;
    const date = new Date(this.#time.trueNow() + this.clockOffsetMs).toUTCString();
    this.onDate(date);
    const at = this.#time.clock.now();
    const context = { template: request.template, url: 'http://model/', providerSeen: true, at };
    return interpret({ status, body, retryAfter, date }, context);
  }

  /** `now`: before the client hears of it. `later`: at any time until the latest. */
  #meet(request: Request, fate: Fate, untilMs: number): void {
    if (fate === 'never') return;
    const { timeoutMs, latestMs } = this.#habits;
    const delayMs = this.#dice.between(0, fate === 'now' ? untilMs : timeoutMs + latestMs);
    const leftAtMs = this.#time.nowMs;
    this.#log.expect(request.duty);
    this.#time.later(delayMs, () => {
      this.#log.execute(request.duty, request.phone, leftAtMs);
      if (request.test !== undefined) request.test.executed = true;
      this.#executed({ ...request, at: this.#time.trueNow(), leftAtMs });
    });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#time.later(ms, resolve);
    });
  }
}
