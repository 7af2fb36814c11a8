import { SeenPeople } from '../seen-people.js';
import type { StandingQuestion } from './imports.js';
import type { ImportLook } from './ledger.js';

/** What rows mean where there is no ledger yet: nobody is known. */
export function lookWithoutLedger({ suppressed }: Pick<StandingQuestion, 'suppressed'>): ImportLook {
  const seen = new SeenPeople();
  return {
    standings: (verdicts) =>
      Promise.resolve(
        verdicts.map((verdict) => {
          if (verdict.kind === 'rejection') return null;
          const { person, key, line } = verdict.recipient;
          const firstLine = seen.meet(person, key, line);
          if (firstLine !== null) return { kind: 'duplicate', firstLine };
          return suppressed.has(person) ? { kind: 'held-back', reason: 'suppressed' } : { kind: 'new' };
        }),
      ),
    planned: () => Promise.resolve(),
    warnings: () => [],
  };
}
