import { digitsBehind00, plainAddress } from './phone.js';
import type { Problem } from './problem.js';

/** Providers whose conversation lists can be read. */
export type ListProvider = 'plazbot' | 'platica' | 'chatbotx';

/** Every provider with a readable list, in the order in which help shows them. */
export const LIST_PROVIDERS = ['plazbot', 'platica', 'chatbotx'] as const satisfies readonly ListProvider[];

/**
 * What a provider gave as the person's address. People may hide their number: then there is a user id such as
 * `MX.1502…` or a hash, and neither may ever be read as a phone.
 */
type AddressKind = 'phone' | 'user-id' | 'hash' | 'none';

/** A provider's record as it came, with every field, known or not. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** What a record should tell of its person. */
export type UntoldMark = 'spam' | 'blocked' | 'unsubscribed' | 'replied';

/** A conversation in the shape that all providers share. Moments are epoch milliseconds. */
export interface Conversation {
  readonly provider: ListProvider;
  /** `''` where the record has none. */
  readonly id: string;
  readonly addressKind: AddressKind;
  /** Digits of the person's phone as the provider gives them, without signs and `whatsapp:`; else null. */
  readonly phone: string | null;
  /** The phone as the provider wrote it: a `+` tells that the country code is in it. Null with `phone`. */
  readonly typedPhone: string | null;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** `whatsapp`, `telegram`, …: lower case; null where the provider does not tell. */
  readonly channel: string | null;
  /** The provider's own word. */
  readonly status: string | null;
  readonly tags: readonly string[];
  readonly createdAt: number | null;
  readonly lastActivityAt: number | null;
  /** Whether the 24-hour service window is open; null: the provider does not tell. */
  readonly windowOpen: boolean | null;
  readonly spam: boolean;
  readonly blocked: boolean;
  readonly blockedAt: number | null;
  readonly archived: boolean;
  /** Whether the person takes broadcasts; null: the provider does not tell. */
  readonly subscribed: boolean | null;
  /** When the person wrote last; null: never, or the provider does not tell. */
  readonly contactRepliedAt: number | null;
  /** What the record lacks although its provider documents it: nobody knows, and what stands here says no. */
  readonly untold: readonly UntoldMark[];
  readonly raw: RawRecord;
}

/** A provider's own record beside its common shape. */
export interface ListedConversation<R = object> {
  readonly record: R;
  readonly conversation: Conversation;
}

/** Where a later reading can go on: the option to give, with its value. Opaque. */
export interface ResumePosition {
  readonly option: string;
  readonly value: string;
}

/** One page of a list. */
export interface ConversationPage<R = object> {
  /** The first page read is 1. */
  readonly number: number;
  /** The records of this page that were not read before, in the provider's order. */
  readonly records: readonly ListedConversation<R>[];
  /** How many records were left out because an earlier page held them. */
  readonly repeated: number;
  /** What stood among the records and is none: a text, a number, nothing. */
  readonly unreadable: readonly unknown[];
  /** Position after this page; null: it was the last, or this place cannot be named from outside. */
  readonly resume: ResumePosition | null;
  readonly receivedAt: number;
  /** The provider's clock minus ours, from the answer's `Date` header (±0.5 s and the way of the answer). */
  readonly clockOffsetMs: number | null;
}

/** Why a reading failed: decides, with what was read before, the exit code. */
export type ListFailureCause = 'unreachable' | 'credentials' | 'answer' | 'loop';

/** How a reading ended. */
export type ListEnd =
  | { readonly kind: 'complete'; readonly pages: number; readonly records: number }
  | {
      readonly kind: 'failed';
      readonly cause: ListFailureCause;
      readonly problem: Problem;
      /** Pages and records that were read before and stay valid. */
      readonly pages: number;
      readonly records: number;
      /** Where the page that failed begins; null: at the start. */
      readonly resume: ResumePosition | null;
    }
  | {
      readonly kind: 'interrupted';
      readonly pages: number;
      readonly records: number;
      readonly resume: ResumePosition | null;
    };

/**
 * What a reading gives, one after the other: pages, notices that a person should see, and, always last and
 * exactly once, its end. Errors are such an end and are never thrown, so what was read before stays valid.
 */
export type ListEvent<R = object> =
  | { readonly kind: 'page'; readonly page: ConversationPage<R> }
  | { readonly kind: 'notice'; readonly notice: Problem }
  | { readonly kind: 'end'; readonly end: ListEnd };

/**
 * The port: a list read page by page, on demand. Leaving the loop early is allowed and closes the connection.
 */
export type ConversationPages<R = object> = AsyncIterable<ListEvent<R>>;

/** What a reading waits for, for a progress line. */
export interface ListWait {
  readonly reason: 'throttled' | 'retry';
  readonly ms: number;
  readonly page: number;
  readonly problem: Problem;
}

/** What a first look at a provider's list told. */
export type ProviderLook =
  /** `name`: the workspace's, where the API tells. */
  | { readonly kind: 'reached'; readonly name: string | null; readonly clockOffsetMs: number | null }
  /** Address or credentials cannot be used: nothing was asked. */
  | { readonly kind: 'unusable'; readonly problems: readonly Problem[] }
  /** null: it ended without a page. */
  | { readonly kind: 'failed'; readonly end: Extract<ListEnd, { readonly kind: 'failed' }> | null };

/** Exit code of a reading: 0 complete, 3 read only in part, 5 nothing was read (not reachable, refused). */
export function listExitCode(end: ListEnd): 0 | 3 | 5 | 130 {
  if (end.kind === 'complete') return 0;
  if (end.kind === 'interrupted') return 130;
  const nothing = end.pages === 0;
  return nothing && (end.cause === 'unreachable' || end.cause === 'credentials') ? 5 : 3;
}

/** An address, judged by its form alone. */
export interface Address {
  readonly addressKind: AddressKind;
  readonly phone: string | null;
  readonly typedPhone: string | null;
}

const NO_ADDRESS: Address = { addressKind: 'none', phone: null, typedPhone: null };

/** WhatsApp's business-scoped user ids: a country, a dot, an id. */
const USER_ID = /^[A-Za-z]{2}\.[A-Za-z0-9]+$/u;

/** E.164 allows 15 digits; a longer run of digits is an id, not a phone. */
const MOST_DIGITS = 15;

/** Reads what a provider calls a phone. Only something that looks like one becomes one. */
export function addressOf(text: string | null | undefined): Address {
  const typed = plainAddress(text ?? '');
  if (typed === '') return NO_ADDRESS;
  if (USER_ID.test(typed)) return { addressKind: 'user-id', phone: null, typedPhone: null };
  const digits = digitsBehind00(typed);
  const looksLikePhone = /^\+?[\d\s().-]+$/u.test(typed) && digits !== '';
  if (!looksLikePhone || digits.length > MOST_DIGITS) {
    return { addressKind: 'hash', phone: null, typedPhone: null };
  }
  return { addressKind: 'phone', phone: digits, typedPhone: typed };
}

/** A text or null: blank becomes null, white space around it goes. */
export function textOrNull(text: string | null | undefined): string | null {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : trimmed;
}
