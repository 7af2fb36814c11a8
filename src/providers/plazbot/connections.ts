import { buildConnector, Client } from 'undici';
import type { Clock } from '../../core/clock.js';
import { AnswerWatch } from './answer-watch.js';

/** How connections are opened and kept. */
export interface ConnectionsOptions {
  readonly origin: string;
  /** Longest wait for the head of an answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  /** Largest answer; one that goes on ends its connection. */
  readonly mostBytes: number;
  readonly clock: Clock;
}

/** Idle sockets are closed before the server may close them: a request on a dying socket has an unknown fate. */
const KEEP_ALIVE_MS = 1_000;
const CONNECT_MS = 10_000;
/** An answer that no request asked for comes within this (15 ms to 25 ms were seen), while its connection rests. */
const REST_MS = 250;
/** Connections that rest at a time. From 256 requests a second on, a rest becomes shorter: 64 ms at 1,000 a second. */
const MOST_RESTING = 64;

/** A connection, for one request at a time. */
export interface Connection {
  readonly client: Client;
  /** Of the socket that is open now; null before the first one. */
  watch: AnswerWatch | null;
  /** When its last answer ended, monotonic. */
  freedMs: number;
}

/**
 * Connections to one server. HTTP has no names for requests: the answer that comes is the answer to what was asked last. A
 * proxy that sends one answer too many shifts all that follow on its connection by one person. So a connection rests
 * after each answer: what comes then belongs to nobody, and ends it. Others take its place meanwhile.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #connector: buildConnector.connector;
  readonly #all: Connection[] = [];
  /** In the order in which they were freed. */
  readonly #resting: Connection[] = [];

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#connector = buildConnector({ allowH2: false, timeout: Math.min(CONNECT_MS, options.timeoutMs) });
  }

  /** One on which nothing is under way. The caller frees it when its request has ended, in whatever way. */
  take(): Connection {
    const restedMs = this.#options.clock.monotonicMs() - REST_MS;
    // The newest of those, so that the others may close when they are not needed any more.
    const rested = this.#resting.findLastIndex(({ freedMs }) => freedMs <= restedMs);
    if (rested !== -1) return this.#resting.splice(rested, 1)[0] ?? this.#open();
    if (this.#resting.length < MOST_RESTING) return this.#open();
    return this.#resting.shift() ?? this.#open();
  }

  free(connection: Connection): void {
    connection.freedMs = this.#options.clock.monotonicMs();
    this.#resting.push(connection);
  }

  /** Closes all; requests that are under way finish first. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map(({ client }) => client.close()));
  }

  #open(): Connection {
    const { origin, timeoutMs, mostBytes } = this.#options;
    const connect: buildConnector.connector = (options, callback) =>
      this.#connector(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        connection.watch = new AnswerWatch(socket);
        return callback(null, socket);
      });
    const client = new Client(origin, {
      connect,
      pipelining: 1,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxResponseSize: mostBytes,
    });
    const connection: Connection = { client, watch: null, freedMs: 0 };
    this.#all.push(connection);
    return connection;
  }
}
