import type { Manner, SandboxReply } from '../reply.js';

/** Where in the life of a request a fault strikes. */
export type FaultPhase =
  /** When the connection opens, whatever the effect says: it is reset, and nothing is known of a request. */
  | 'connect'
  /** When the headers are in and the body is unread. */
  | 'headers'
  /** A send that is valid. */
  | 'send'
  /** Any conversation list, of all three providers. */
  | 'list';

/** How a send that was executed shows in the list. */
export interface Listing {
  /** Number of records: 0 never listed, 1 as usual, 2 listed twice. */
  readonly times: 0 | 1 | 2;
  /** Added to the list's usual lag. */
  readonly lagMs: number;
  /** From when on, counted from the execution, the record says that it failed; null: never. */
  readonly failedAfterMs: number | null;
}

/** What a fault does: whether the send happens, what the client gets, and what the list says later. */
export interface FaultEffect {
  /** `after-client-left`: executed once the client has given up and closed its connection. */
  readonly execute: 'now' | 'never' | 'after-client-left';
  /** Wait before the answer, on top of the latency. */
  readonly delayMs: number;
  /** Makes the reply of the moment it is given (epoch milliseconds); null: the usual reply. */
  readonly reply: ((at: number) => SandboxReply) | null;
  readonly manner: Manner;
  readonly listing: Listing;
}

/** Which requests a rule speaks of; what is left out matches everything. */
export interface FaultMatch {
  /** Default `send`. */
  readonly phase?: FaultPhase;
  readonly destination?: RegExp;
  readonly template?: string;
  /** Only the nth request (from 1) that matches the rest. */
  readonly nth?: number;
  /** Only the first requests of each destination. */
  readonly firstTimes?: number;
  /** 0 to 1, default 1. */
  readonly probability?: number;
}

/** How a rule finds its effect: always the same, one of several by chance, or by the last four digits. */
export type EffectChoice =
  | { readonly kind: 'always'; readonly effect: FaultEffect }
  | { readonly kind: 'by-chance'; readonly effects: readonly FaultEffect[] }
  | { readonly kind: 'by-number'; readonly effects: Readonly<Record<string, FaultEffect>> };

/** A fault and when it strikes. The first rule that matches a request decides. */
export interface FaultRule {
  /** Stands in the log of requests. */
  readonly name: string;
  readonly match: FaultMatch;
  readonly choice: EffectChoice;
}

/** As listed without any fault. */
export const LISTED_ONCE: Listing = { times: 1, lagMs: 0, failedAfterMs: null };

/** No fault: executed, answered as documented, listed once. */
export const NO_FAULT: FaultEffect = {
  execute: 'now',
  delayMs: 0,
  reply: null,
  manner: 'whole',
  listing: LISTED_ONCE,
};
