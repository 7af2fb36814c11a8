/** One HTTP answer of the sandbox, whole and ready for the socket. */
export interface SandboxReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How an answer reaches the client, or does not. */
export type Manner =
  /** The whole answer. */
  | 'whole'
  /** The announced length, half of the body, then the connection ends. */
  | 'truncated'
  /** No answer: TCP reset. */
  | 'reset'
  /** No answer: the connection is closed politely. */
  | 'close'
  /** No answer, and the connection stays open. */
  | 'silence';

/** A reply and how it travels. */
export interface SandboxAnswer {
  readonly reply: SandboxReply;
  readonly manner: Manner;
}

/** A JSON answer. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer that is no JSON: what a proxy or an unknown path gives. */
export function plain(status: number, body = '', contentType = 'text/plain; charset=utf-8'): SandboxReply {
  return { status, headers: { 'content-type': contentType }, body };
}

/** A reply that goes out whole. */
export function whole(reply: SandboxReply): SandboxAnswer {
  return { reply, manner: 'whole' };
}
