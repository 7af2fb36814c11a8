import type { Conversation, RawRecord } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import { withoutSecrets } from '../../providers/http/credentials.js';

/** A problem whose places hold no credential, whatever a provider put into its answer. */
export function problemWithoutSecrets(problem: Problem, secrets: readonly string[]): Problem {
  if (problem.params === undefined) return problem;
  const params = Object.entries(problem.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutSecrets(value, secrets) : value,
  ]);
  return { ...problem, params: Object.fromEntries(params) as Record<string, string | number> };
}

/**
 * A conversation whose record holds no credential. Plazbot puts the workspace id into every record, and that id is
 * all that its classic api asks for: a list that is passed on must not open the account.
 */
export function conversationWithoutSecrets(
  conversation: Conversation,
  secrets: readonly string[],
): Conversation {
  if (secrets.length === 0) return conversation;
  return { ...conversation, raw: cleaned(conversation.raw, secrets) as RawRecord };
}

function cleaned(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return withoutSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item, secrets)]));
}
