import type { Socket } from 'node:net';

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
export class AnswerWatch {
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
