import { PlannedMessages } from '../planned-messages.js';
import { SeenPeople } from '../seen-people.js';
import type { StandingQuestion } from './imports.js';
import type { ImportLook } from './ledger.js';

/** What rows mean where there is no ledger yet: nobody is known. */
export function lookWithoutLedger({
  suppressed,
  limit,
}: Pick<StandingQuestion, 'suppressed' | 'limit'>): ImportLook {
  const seen = new SeenPeople();
  const planned = new PlannedMessages(limit);
  return {
    standings: (verdicts) =>
      Promise.resolve(
        verdicts.map((verdict) => {
          if (verdict.kind === 'rejection') return null;
          const { person, key, line } = verdict.recipient;
          const firstLine = seen.meet(person, key, line);
          if (firstLine !== null) return { kind: 'duplicate', firstLine };
          if (suppressed.has(person)) return { kind: 'held-back', reason: 'suppressed' };
          return planned.plan(person, 0) ? { kind: 'new' } : { kind: 'held-back', reason: 'capped' };
        }),
      ),
    planned: () => Promise.resolve(),
    warnings: () => [],
  };
}
