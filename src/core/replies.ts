import type { Conversation } from './conversation.js';

/** That a person answered after a send. */
export interface Reply {
  /** The latest sign of it, epoch milliseconds. */
  readonly at: number;
  /** True: the list does not tell for certain that, or when, the person wrote. */
  readonly estimate: boolean;
}

/** A provider notes the campaign's own message as activity, too, some time after it was sent. */
const OWN_MESSAGE_MS = 60_000;

/**
 * Whether the conversation shows that its person wrote after `sentAt`. ChatbotX says when the person wrote last:
 * certain. Platica says only when anything happened last; an open 24-hour window shows that the person wrote at
 * all, so activity later than the send's own is counted, as an estimate. Plazbot's list tells nothing of replies.
 */
export function replyOf(conversation: Conversation, sentAt: number): Reply | null {
  const { contactRepliedAt, windowOpen, lastActivityAt, provider } = conversation;
  if (contactRepliedAt !== null) {
    return contactRepliedAt > sentAt ? { at: contactRepliedAt, estimate: false } : null;
  }
  if (provider !== 'platica' || windowOpen !== true || lastActivityAt === null) return null;
  return lastActivityAt > sentAt + OWN_MESSAGE_MS ? { at: lastActivityAt, estimate: true } : null;
}

/** Replies of many people, looked up by identity. Holds one short entry per person. */
export interface ReplyIndex {
  /** Notes what a conversation of this person shows. */
  add(person: string, conversation: Conversation): void;
  /** The latest reply of a person after `sentAt`, the certain one before an estimate. */
  replyAfter(person: string, sentAt: number): Reply | null;
}

/** An empty index. */
export function createReplyIndex(): ReplyIndex {
  const certain = new Map<string, number>();
  const estimated = new Map<string, number>();
  const keepLatest = (index: Map<string, number>, person: string, at: number): void => {
    index.set(person, Math.max(at, index.get(person) ?? at));
  };
  return {
    add(person, conversation) {
      const reply = replyOf(conversation, Number.NEGATIVE_INFINITY);
      if (reply !== null) keepLatest(reply.estimate ? estimated : certain, person, reply.at);
    },
    replyAfter(person, sentAt) {
      const sure = certain.get(person);
      if (sure !== undefined && sure > sentAt) return { at: sure, estimate: false };
      const perhaps = estimated.get(person);
      return perhaps !== undefined && perhaps > sentAt + OWN_MESSAGE_MS
        ? { at: perhaps, estimate: true }
        : null;
    },
  };
}
