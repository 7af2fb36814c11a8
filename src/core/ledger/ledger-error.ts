import type { Problem } from '../problem.js';

/** The ledger could not be read or written: full, busy, damaged, gone. What a person can do stands in `problem`. */
export class LedgerError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause: unknown) {
    super(problem.code, { cause });
    this.name = 'LedgerError';
    this.problem = problem;
  }
}
