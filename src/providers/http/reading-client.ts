import { backoffMs, LONGEST_RETRY_AFTER_MS, retryAfterMs } from '../../core/backoff.js';
import { BOUNDS } from '../../core/bounds.js';
import type { Chance, Clock } from '../../core/clock.js';
import type { ListFailureCause, ListWait } from '../../core/conversation.js';
import { httpMoment } from '../../core/moments.js';
import type { Problem } from '../../core/problem.js';
import { type CredentialRefusal, type ListAnswer, type ListAnswerContext, meaningOf } from './answer.js';
import { pathBelow } from './base-url.js';
import { createPace } from './pace.js';
import { readBody } from './read-body.js';
import { Pool } from './undici.js';

/** What every reading of a list needs from outside. */
export interface ReadingDeps {
  readonly clock: Clock;
  readonly chance: Chance;
  /** Ends the reading; the page under way is given up. */
  readonly signal?: AbortSignal;
  /** Told before each wait. */
  readonly onWait?: (wait: ListWait) => void;
  /** How long to wait for an answer to begin, and between its parts. Default 30 s. */
  readonly timeoutMs?: number;
  /** How often one page is asked for before giving up, throttling not counted. Default 5, 3 for the first. */
  readonly attempts?: number;
  /** A longer pause that the provider asks for ends the reading. Default 15 min. */
  readonly longestWaitMs?: number;
}

/** A provider's side of a reading. */
export interface ReadingTarget extends Omit<ListAnswerContext, 'page'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly requestsPerSecond: number;
  readonly refusesCredentials?: CredentialRefusal;
}

/** A page's body, or why there is none. */
type Reading =
  | {
      readonly kind: 'body';
      readonly value: unknown;
      readonly receivedAt: number;
      readonly clockOffsetMs: number | null;
    }
  | { readonly kind: 'failed'; readonly cause: ListFailureCause; readonly problem: Problem }
  | { readonly kind: 'interrupted' };

/** One page to ask for. */
export interface PageRequest {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** For messages. */
  readonly page: number;
}

/** Reads pages with GET: paced, retried, throttling waited out, redirects never followed. */
export interface ReadingClient {
  read(request: PageRequest): Promise<Reading>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A server that answers a byte at a time is given up after so many time-outs. */
const WHOLE_ANSWER_TIMEOUTS = 4;
const DEFAULT_ATTEMPTS = 5;
/** A list that did not even begin is given up sooner: the address is more likely wrong than the moment. */
const FIRST_PAGE_ATTEMPTS = 3;
/** Throttle answers in a row for one page. */
const MOST_THROTTLES = 20;

/** Result of one request, before it is decided whether to ask again. */
type Try =
  | {
      readonly kind: 'answer';
      readonly answer: ListAnswer;
      readonly sentAt: number;
      readonly receivedAt: number;
    }
  | { readonly kind: 'broken'; readonly problem: Problem };

/** Opens a connection pool to one provider. Close it after use. */
export function createReadingClient(target: ReadingTarget, deps: ReadingDeps): ReadingClient {
  const { clock, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = deps;
  const pace = createPace(target.requestsPerSecond, clock);
  const pool = openPool(target.baseUrl, timeoutMs);
  const ask = async (request: PageRequest): Promise<Try> => {
    const sentAt = clock.now();
    const limits = [AbortSignal.timeout(timeoutMs * WHOLE_ANSWER_TIMEOUTS), ...(signal ? [signal] : [])];
    try {
      const response = await pool.request({
        method: 'GET',
        path: pathBelow(target.baseUrl, request.path, request.query),
        // A page that some cache kept is the list of earlier: what went out since is not in it.
        headers: {
          accept: 'application/json',
          'cache-control': 'no-cache',
          'user-agent': 'plazcast',
          ...target.headers,
        },
        signal: AbortSignal.any(limits),
      });
      const body = await readBody(response.body, single(response.headers['content-encoding']));
      const answer = { status: response.statusCode, headers: response.headers, body };
      return { kind: 'answer', answer, sentAt, receivedAt: clock.now() };
    } catch (error) {
      return { kind: 'broken', problem: connectionProblem(error, target, request.page) };
    }
  };
  return {
    read: (request) => readWithRetries(request, target, deps, { ask, next: () => pace.next(signal) }),
    close: () => pool.destroy(),
  };
}

function openPool(baseUrl: URL, timeoutMs: number): Pool {
  return new Pool(baseUrl.origin, {
    connections: 1,
    allowH2: false,
    // Shorter than servers keep theirs: a request on a socket that is being closed would have to be repeated.
    keepAliveTimeout: 1_500,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: BOUNDS.answerHeaders.value,
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say.
    connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
  });
}

/** How one request is made; the rest of a reading decides when to make it again. */
interface Asking {
  ask(request: PageRequest): Promise<Try>;
  next(): Promise<void>;
}

async function readWithRetries(
  request: PageRequest,
  target: ReadingTarget,
  deps: ReadingDeps,
  asking: Asking,
): Promise<Reading> {
  const attempts = deps.attempts ?? (request.page === 1 ? FIRST_PAGE_ATTEMPTS : DEFAULT_ATTEMPTS);
  const interrupted = (): boolean => deps.signal?.aborted ?? false;
  let failures = 0;
  let throttles = 0;
  for (;;) {
    await asking.next();
    if (interrupted()) return { kind: 'interrupted' };
    const tried = await asking.ask(request);
    if (interrupted()) return { kind: 'interrupted' };
    const verdict = judge(tried, target, request.page, deps);
    if (verdict.kind !== 'again') return verdict;
    if (verdict.throttled) throttles += 1;
    else failures += 1;
    if (failures >= attempts || throttles > MOST_THROTTLES) {
      return { kind: 'failed', cause: 'unreachable', problem: verdict.problem };
    }
    const waitMs = verdict.retryAfterMs ?? backoffMs(failures + throttles - 1, deps.chance);
    if (waitMs > (deps.longestWaitMs ?? LONGEST_RETRY_AFTER_MS)) return tooLong(target, request.page, waitMs);
    const reason = verdict.throttled ? 'throttled' : 'retry';
    deps.onWait?.({ reason, ms: waitMs, page: request.page, problem: verdict.problem });
    await deps.clock.sleep(waitMs, deps.signal);
  }
}

type Verdict =
  | Exclude<Reading, { kind: 'interrupted' }>
  | {
      readonly kind: 'again';
      readonly throttled: boolean;
      readonly retryAfterMs: number | null;
      readonly problem: Problem;
    };

function judge(tried: Try, target: ReadingTarget, page: number, deps: ReadingDeps): Verdict {
  if (tried.kind === 'broken') {
    return { kind: 'again', throttled: false, retryAfterMs: null, problem: tried.problem };
  }
  const meaning = meaningOf(tried.answer, { ...target, page }, target.refusesCredentials ?? (() => false));
  if (meaning.kind === 'failed') return meaning;
  if (meaning.kind === 'page') {
    const { sentAt, receivedAt } = tried;
    const { date, age } = tried.answer.headers;
    const clockOffsetMs = offsetOf(date, age, sentAt, receivedAt);
    return { kind: 'body', value: meaning.value, receivedAt, clockOffsetMs };
  }
  const { headers } = tried.answer;
  const wait = retryAfterMs(single(headers['retry-after']), single(headers['date']), deps.clock.now());
  return {
    kind: 'again',
    throttled: meaning.kind === 'throttled',
    retryAfterMs: wait,
    problem: meaning.problem,
  };
}

function tooLong(target: ReadingTarget, page: number, waitMs: number): Reading {
  const params = { provider: target.provider, page, minutes: Math.ceil(waitMs / 60_000) };
  return { kind: 'failed', cause: 'unreachable', problem: { code: 'list.throttled-too-long', params } };
}

type Header = string | readonly string[] | undefined;

function single(header: Header): string | null {
  return (typeof header === 'string' ? header : header?.[0]) ?? null;
}

/**
 * The `Date` header has whole seconds, cut off: half a second is added as the likeliest rest. What a cache gives has the date
 * of when it was made, and says how many seconds ago that was.
 */
function offsetOf(date: Header, age: Header, sentAt: number, receivedAt: number): number | null {
  const at = httpMoment(single(date));
  const seconds = /^\d{1,9}$/u.exec(single(age) ?? '')?.[0] ?? 0;
  return at === null ? null : Math.round(at + Number(seconds) * 1_000 + 500 - (sentAt + receivedAt) / 2);
}

function connectionProblem(error: unknown, target: ReadingTarget, page: number): Problem {
  const params = { provider: target.provider, host: target.baseUrl.host, page, detail: errorCode(error) };
  return { code: 'list.unreachable', params };
}

/** The code of a connection error, which is stable, in place of its text, which is not. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '-';
  const { code, cause } = error as Error & { code?: unknown };
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  return cause instanceof Error ? errorCode(cause) : error.name;
}
