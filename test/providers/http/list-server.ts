import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/core/clock.js';
import type {
  ConversationPages,
  ListEnd,
  ListEvent,
  ListedConversation,
} from '../../../src/core/conversation.js';
import type { Problem, Result } from '../../../src/core/problem.js';
import type { ReadingDeps } from '../../../src/providers/http/reading-client.js';

/** One request as it arrived. */
export interface Arrived {
  readonly path: string;
  /** Decoded once, as any server does. */
  readonly query: URLSearchParams;
  readonly rawUrl: string;
  readonly headers: IncomingMessage['headers'];
  /** Number of the request, from 0. */
  readonly index: number;
}

/**
 * What to answer: a body (objects become JSON), `cut` to break the connection in the middle of one, or `drips`: the same
 * bytes again and again, as `head` interim answers before it or as `body`.
 */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cut?: boolean;
  readonly drips?: 'head' | 'body';
}

/** A server on a real socket that answers by a function. */
export interface ListServer {
  readonly url: string;
  readonly arrived: readonly Arrived[];
  connections(): Promise<number>;
}

/** Starts a server for one test. */
export async function listServer(answer: (request: Arrived) => Answer): Promise<ListServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const rawUrl = request.url ?? '';
    const url = new URL(rawUrl, 'http://host');
    const one = {
      path: url.pathname,
      query: url.searchParams,
      rawUrl,
      headers: request.headers,
      index: arrived.length,
    };
    arrived.push(one);
    const { status = 200, headers = {}, body = '', cut = false, drips } = answer(one);
    if (drips !== undefined) {
      const timer = setInterval(
        () => (drips === 'head' ? response.writeProcessing() : response.write(' ')),
        20,
      );
      request.socket.on('close', () => clearInterval(timer));
      return;
    }
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (!cut) response.end(text);
    else response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connections = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { url: `http://127.0.0.1:${port}`, arrived, connections };
}

/** A clock that stands still but for the sleeps asked of it, and notes them. */
export interface SteppedClock extends Clock {
  readonly sleeps: readonly number[];
}

/** A stepped clock that begins on 2026-03-01. */
export function steppedClock(): SteppedClock {
  const sleeps: number[] = [];
  let passed = 0;
  return {
    sleeps,
    now: () => Date.UTC(2026, 2, 1) + passed,
    monotonicMs: () => passed,
    async sleep(ms) {
      sleeps.push(ms);
      passed += ms;
    },
  };
}

/** Surroundings of a reading without real waiting. */
export function surroundings(clock: Clock = steppedClock()): ReadingDeps {
  return { clock, chance: () => 0 };
}

/** Everything a reading gave. */
export interface ReadThrough<R> {
  readonly listed: readonly ListedConversation<R>[];
  readonly events: readonly ListEvent<R>[];
  readonly notices: readonly Problem[];
  readonly end: ListEnd;
}

/** Reads a list to its end. */
export async function readThrough<R>(opened: Result<ConversationPages<R>>): Promise<ReadThrough<R>> {
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.problems)}`);
  const events: ListEvent<R>[] = [];
  for await (const event of opened.value) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'end') throw new Error('a list ended without an end');
  return {
    events,
    listed: events.flatMap((event) => (event.kind === 'page' ? event.page.records : [])),
    notices: events.flatMap((event) => (event.kind === 'notice' ? [event.notice] : [])),
    end: last.end,
  };
}

/** The problem that a reading failed with. */
export function failureOf(end: ListEnd): Problem {
  if (end.kind !== 'failed') throw new Error(`the list ended ${end.kind}`);
  return end.problem;
}
