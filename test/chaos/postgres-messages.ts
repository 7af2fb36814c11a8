/** A message of PostgreSQL's protocol, whole: https://www.postgresql.org/docs/current/protocol-message-formats.html. */
export interface Message {
  /** Its letter; '' for the first of a connection, which has none. */
  readonly kind: string;
  readonly bytes: Buffer;
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  /** Messages without a letter come first: a request for TLS, the start. */
  #unnamed: boolean;

  /** @param fromClient its first message has no letter */
  constructor(fromClient: boolean) {
    this.#unnamed = fromClient;
  }

  /** Takes in bytes; returns the messages that are complete. */
  push(chunk: Buffer): readonly Message[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    for (let message = this.#next(); message !== null; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): Message | null {
    const head = this.#unnamed ? 0 : 1;
    if (this.#rest.length < head + 4) return null;
    const length = head + this.#rest.readUInt32BE(head);
    if (this.#rest.length < length) return null;
    const bytes = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    if (!this.#unnamed) return { kind: String.fromCharCode(bytes[0] ?? 0), bytes };
    // What asks for TLS or to cancel is followed by nothing, or by the start.
    this.#unnamed = isRequest(bytes);
    return { kind: '', bytes };
  }
}

/** Codes of requests that take the place of a protocol version: to cancel, for TLS, for GSSAPI. */
const REQUESTS = new Set([80_877_102, 80_877_103, 80_877_104]);

function isRequest(bytes: Buffer): boolean {
  return REQUESTS.has(bytes.readUInt32BE(4));
}

/** The text of a statement that a message carries; null: it carries none. */
export function statementIn({ kind, bytes }: Message): string | null {
  if (kind === 'Q') return bytes.toString('utf8', 5, bytes.length - 1);
  if (kind !== 'P') return null;
  const begin = bytes.indexOf(0, 5) + 1;
  return bytes.toString('utf8', begin, bytes.indexOf(0, begin));
}
