import type { Conversation, ListProvider } from './conversation.js';

/** The columns of a do-not-contact list as a table. */
export const SUPPRESSION_COLUMNS = ['phone', 'reason', 'source', 'added_at', 'expires_at'] as const;

/** A wish not to be written to, as a provider's list shows it. */
export interface ListedSuppression {
  /** As the provider wrote it: the phone still has to be read. */
  readonly typedPhone: string;
  readonly reason: 'blocked' | 'spam';
  readonly source: ListProvider;
  readonly sourceId: string;
  /** When it was said; null: the provider does not tell. */
  readonly at: number | null;
}

/**
 * What a conversation says for the do-not-contact list: blocked (ChatbotX, with its date) or spam (Platica, with
 * the last update as its date). Null: nothing, or there is no phone in it.
 */
export function suppressionOf(conversation: Conversation): ListedSuppression | null {
  const { typedPhone, provider, id, blocked, blockedAt, spam, lastActivityAt } = conversation;
  if (typedPhone === null) return null;
  const from = { typedPhone, source: provider, sourceId: id };
  if (blocked) return { ...from, reason: 'blocked', at: blockedAt };
  return spam ? { ...from, reason: 'spam', at: lastActivityAt } : null;
}
