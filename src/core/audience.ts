import type { Conversation } from './conversation.js';
import { type ConversationColumn, cellText } from './conversation-rows.js';

/** Why a conversation brings nobody into an audience; there is a sentence for each, `audience.` + reason. */
export type DropReason =
  | 'no-phone'
  | 'hash'
  | 'user-id'
  | 'other-channel'
  | 'spam'
  | 'blocked'
  | 'archived'
  | 'unsubscribed'
  | 'untold'
  | 'window-open'
  | 'duplicate'
  | 'phone.invalid';

/** Every reason, in the order in which a summary shows them. */
export const DROP_REASONS = [
  'no-phone',
  'hash',
  'user-id',
  'phone.invalid',
  'other-channel',
  'spam',
  'blocked',
  'archived',
  'unsubscribed',
  'untold',
  'window-open',
  'duplicate',
] as const satisfies readonly DropReason[];

/** What an operator may ask to keep. A hash or a user id cannot be kept: there is no phone to write to. */
export type KeepReason = Extract<
  DropReason,
  'other-channel' | 'spam' | 'blocked' | 'archived' | 'unsubscribed'
>;

/** Every reason that can be kept, as words of an option. */
export const KEEP_REASONS = [
  'other-channel',
  'spam',
  'blocked',
  'archived',
  'unsubscribed',
] as const satisfies readonly KeepReason[];

/** Reads a phone: the wire form and the person's identity, or null when it is no phone that can be written to. */
export type ReadPhone = (typed: string) => { readonly phone: string; readonly person: string } | null;

/** Who belongs into an audience. */
export interface AudienceChoice {
  readonly keep: ReadonlySet<KeepReason>;
  /** Leaves out people whose 24-hour window is open: they can be written to without a template. */
  readonly outsideWindow: boolean;
  readonly readPhone: ReadPhone;
}

/** Whether a conversation brings its person into the audience. */
export type AudienceDecision =
  | { readonly kind: 'in'; readonly phone: string; readonly person: string }
  | { readonly kind: 'out'; readonly why: DropReason; readonly person: string | null };

/**
 * Reasons that lie in the person and not in the one conversation: they put a person out of the audience wherever
 * in the list they stand, also when another conversation brought that person in before.
 */
const PERSONAL: ReadonlySet<DropReason> = new Set(['spam', 'blocked', 'unsubscribed', 'window-open']);

/** Decides about one conversation. `isIn` tells whether a person is in the audience already. */
export function decideAudience(
  conversation: Conversation,
  choice: AudienceChoice,
  isIn: (person: string) => boolean,
): AudienceDecision {
  const { addressKind, typedPhone } = conversation;
  if (addressKind === 'hash' || addressKind === 'user-id') {
    return { kind: 'out', why: addressKind, person: null };
  }
  if (typedPhone === null) return { kind: 'out', why: 'no-phone', person: null };
  const read = choice.readPhone(typedPhone);
  if (read === null) return { kind: 'out', why: 'phone.invalid', person: null };
  const why = reasonAgainst(conversation, choice);
  if (why !== null) return { kind: 'out', why, person: read.person };
  if (isIn(read.person)) return { kind: 'out', why: 'duplicate', person: read.person };
  return { kind: 'in', phone: read.phone, person: read.person };
}

function reasonAgainst(conversation: Conversation, choice: AudienceChoice): DropReason | null {
  const { channel, spam, blocked, archived, subscribed, windowOpen } = conversation;
  const against: readonly (readonly [KeepReason, boolean])[] = [
    ['blocked', blocked],
    ['spam', spam],
    ['unsubscribed', subscribed === false],
    ['other-channel', channel !== null && channel !== 'whatsapp'],
    ['archived', archived],
  ];
  const found = against.find(([reason, holds]) => holds && !choice.keep.has(reason));
  if (found !== undefined) return found[0];
  // Nobody is written to because a record says less than it should.
  if (conversation.untold.some((mark) => mark !== 'replied' && !choice.keep.has(mark))) return 'untold';
  return choice.outsideWindow && windowOpen === true ? 'window-open' : null;
}

/** The columns of an audience file; more may follow, chosen by the operator. */
export const AUDIENCE_COLUMNS = [
  'phone',
  'name',
  'first_name',
  'last_name',
  'email',
  'tags',
  'last_activity',
  'source_id',
] as const;

/** One row of an audience file: a cell for each column. */
type AudienceRow = readonly string[];

/** An audience while it is being gathered. It holds one row per person until the list has been read. */
export interface Audience {
  /** Takes a conversation into account and tells what became of it. */
  add(conversation: Conversation): AudienceDecision;
  /** The rows of the people who are in, in the order in which they came. */
  rows(): IterableIterator<AudienceRow>;
  /** How many people are in. */
  size(): number;
  /** How many conversations were left out, by reason. A person who was put out later counts under that reason. */
  dropped(): Readonly<Record<DropReason, number>>;
}

/** An audience with nobody in it yet. `extra` are further columns, after the usual ones. */
export function createAudience(choice: AudienceChoice, extra: readonly ConversationColumn[] = []): Audience {
  const rows = new Map<string, AudienceRow>();
  const barred = new Map<string, DropReason>();
  const dropped = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>;
  const decide = (conversation: Conversation): AudienceDecision => {
    const decision = decideAudience(conversation, choice, (person) => rows.has(person));
    const why = decision.person === null ? undefined : barred.get(decision.person);
    return decision.kind === 'in' && why !== undefined
      ? { kind: 'out', why, person: decision.person }
      : decision;
  };
  const add = (conversation: Conversation): AudienceDecision => {
    const decision = decide(conversation);
    if (decision.kind === 'in') {
      rows.set(decision.person, audienceRow(conversation, decision.phone, extra));
      return decision;
    }
    dropped[decision.why] += 1;
    if (decision.person !== null && PERSONAL.has(decision.why)) {
      barred.set(decision.person, decision.why);
      if (rows.delete(decision.person)) dropped[decision.why] += 1;
    }
    return decision;
  };
  return { add, rows: () => rows.values(), size: () => rows.size, dropped: () => ({ ...dropped }) };
}

function audienceRow(
  conversation: Conversation,
  phone: string,
  extra: readonly ConversationColumn[],
): AudienceRow {
  const { name, firstName, lastName, email, tags, lastActivityAt, id } = conversation;
  return [
    phone,
    name ?? '',
    firstName ?? '',
    lastName ?? '',
    email ?? '',
    tags.join(','),
    lastActivityAt === null ? '' : new Date(lastActivityAt).toISOString(),
    id,
    ...extra.map((column) => cellText(column.read(conversation))),
  ];
}
