import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { BOUNDS } from '../../core/bounds.js';
import type { Clock } from '../../core/clock.js';
import { buildConnector, Client } from '../http/undici.js';

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
/** A rest is worth what was read in it: a process that was held up reads before it goes on. */
const READ_EVERY_MS = 50;

/**
 * Resolves once everything was read that had come by now, on whatever connection: while a process is held up, it lies in the
 * system, and what waits for the time to pass goes on before it is looked at.
 */
export async function whatCameIsRead(): Promise<void> {
  // The first turn may end a look at the sockets that began before.
  await turn();
  await turn();
}

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
  /** Whatever had come by then was read; monotonic. */
  #readMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    const timeout = Math.min(CONNECT_MS, options.timeoutMs);
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say.
    this.#connector = buildConnector({ allowH2: false, timeout, rejectUnauthorized: true });
  }

  /** One on which nothing is under way. The caller frees it when its request has ended, in whatever way. */
  async take(): Promise<Connection> {
    if (this.#clockMs() - this.#readMs > READ_EVERY_MS) {
      this.#reading ??= this.#read();
      await this.#reading;
    }
    const restedMs = this.#readMs - REST_MS;
    // The newest of those, so that the others may close when they are not needed any more.
    const rested = this.#resting.findLastIndex(({ freedMs }) => freedMs <= restedMs);
    if (rested !== -1) return this.#resting.splice(rested, 1)[0] ?? this.#open();
    if (this.#resting.length < MOST_RESTING) return this.#open();
    return this.#resting.shift() ?? this.#open();
  }

  free(connection: Connection): void {
    connection.freedMs = this.#clockMs();
    this.#resting.push(connection);
  }

  /** Closes all; requests that are under way finish first. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map(({ client }) => client.close()));
  }

  async #read(): Promise<void> {
    const begunMs = this.#clockMs();
    await whatCameIsRead();
    this.#readMs = begunMs;
    this.#reading = null;
  }

  #clockMs(): number {
    return this.#options.clock.monotonicMs();
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
      maxHeaderSize: BOUNDS.answerHeaders.value,
    });
    const connection: Connection = { client, watch: null, freedMs: 0 };
    this.#all.push(connection);
    return connection;
  }
}

/** Bytes by which an interim answer is told: `HTTP/1.1 103`. */
const TOLD_BY = 12;
/** Where its first digit stands. */
const DIGIT_AT = 9;
const ONE = 0x31;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Watches what comes in on a connection before undici reads it, for two things that undici leaves open:
 *
 * - Bytes that no request asked for. undici ends the connection; here it is remembered, because the answer before them is
 *   in doubt, too.
 * - Interim answers (100 Continue, 103 Early Hints). They mean nothing and are taken out: undici ends a connection at a 100.
 */
class AnswerWatch {
  readonly #socket: Socket;
  readonly #pass: (chunk: Buffer | null) => boolean;
  /** `silent`: nothing is asked for. `head`: an answer is about to begin. `interim`: within one that is taken out. */
  #at: 'silent' | 'head' | 'interim' | 'answer' = 'silent';
  /** The beginning of a head, too short to be told. */
  #held: Buffer = NOTHING;
  #surplus = false;
  #ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#pass = socket.push.bind(socket);
    // Where a socket hands over what it received: https://nodejs.org/api/stream.html#readablepushchunk-encoding
    socket.push = (chunk: Buffer | null) => this.#received(chunk);
  }

  /** A request is about to be written. */
  requestBegins(): void {
    this.#at = 'head';
  }

  /** Its answer is complete. */
  answerEnds(): void {
    this.#at = 'silent';
  }

  /** Whether more came than was asked for. A server that only closed the connection brought nothing. */
  get disturbed(): boolean {
    if (this.#surplus) return true;
    const { code = '' } = (this.#socket.errored ?? {}) as { readonly code?: string };
    return !this.#ended && (code === 'UND_ERR_SOCKET' || code.startsWith('HPE_'));
  }

  #received(chunk: Buffer | null): boolean {
    if (chunk === null) return this.#end();
    if (this.#at === 'silent') this.#surplus = true;
    if (this.#at === 'silent' || this.#at === 'answer') return this.#pass(chunk);
    if (this.#at === 'head' && this.#held === NOTHING && chunk.length >= TOLD_BY && chunk[DIGIT_AT] !== ONE) {
      this.#at = 'answer';
      return this.#pass(chunk);
    }
    return this.#beforeAnswer(Buffer.concat([this.#held, chunk]));
  }

  #end(): boolean {
    this.#ended = true;
    if (this.#held !== NOTHING) this.#pass(this.#held);
    return this.#pass(null);
  }

  /** Takes interim heads off; what is left begins the answer. */
  #beforeAnswer(bytes: Buffer): boolean {
    let rest = bytes;
    for (;;) {
      if (this.#at === 'head') {
        if (rest.length < TOLD_BY) return this.#hold(rest);
        if (!isInterim(rest)) return this.#begin(rest);
        this.#at = 'interim';
      }
      const end = rest.indexOf(END_OF_HEAD);
      if (end === -1) return this.#hold(rest.subarray(1 - END_OF_HEAD.length));
      rest = rest.subarray(end + END_OF_HEAD.length);
      this.#at = 'head';
    }
  }

  #hold(bytes: Buffer): boolean {
    this.#held = bytes.length === 0 ? NOTHING : bytes;
    return true;
  }

  #begin(bytes: Buffer): boolean {
    this.#held = NOTHING;
    this.#at = 'answer';
    return this.#pass(bytes);
  }
}

/** 1xx, but 101: another protocol follows it, which nobody asked for. */
function isInterim(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, TOLD_BY);
  return /^HTTP\/1\.\d 1/u.test(start) && !start.endsWith(' 101');
}
