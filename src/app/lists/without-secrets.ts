import type { Conversation, ResumePosition } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import { type Redact, redacted } from '../../core/redaction.js';

/** A problem whose places hold no credential, whatever a provider put into its answer. */
export function problemWithoutSecrets(problem: Problem, redact: Redact): Problem {
  return problem.params === undefined
    ? problem
    : ({ ...problem, params: redacted(problem.params, redact, 'own') } as Problem);
}

/**
 * A conversation that holds no credential, in none of its fields. Plazbot puts the workspace id into every record, and that
 * id is all that its classic api asks for: a list that is passed on must not open the account. Phones are digits
 * alone and stay as they are, so that nobody is lost.
 */
export function conversationWithoutSecrets(conversation: Conversation, redact: Redact): Conversation {
  const { phone, typedPhone, ...rest } = conversation;
  const raw = redacted(rest.raw, redact, 'foreign') as Conversation['raw'];
  return { ...(redacted(rest, redact, 'own') as typeof rest), raw, phone, typedPhone };
}

/** Where a reading can go on; null where the place itself holds a credential. */
export function resumeWithoutSecrets(resume: ResumePosition | null, redact: Redact): ResumePosition | null {
  return resume !== null && redact(resume.value) === resume.value ? resume : null;
}
