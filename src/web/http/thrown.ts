import { randomInt } from 'node:crypto';
import { LedgerError } from '../../core/ledger/ledger.js';
import { type Problem, ProblemsThrown } from '../../core/problem.js';

/** Without what is mistaken for something else when it is read out. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A short code that a reader can tell, and that stands in the terminal beside what went wrong. */
export function bugCode(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** What was thrown, where it is nothing of ours to mend, such as a ledger that is busy; null: it is a bug. */
export function problemsIn(error: unknown): readonly Problem[] | null {
  if (error instanceof LedgerError) return [error.problem];
  return error instanceof ProblemsThrown ? error.problems : null;
}
