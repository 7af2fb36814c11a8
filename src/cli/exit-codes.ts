import { LedgerError } from '../core/ledger/ledger.js';
import { firstProblems, type Problem, ProblemsThrown } from '../core/problem.js';

/** Exit codes, a part of the public contract. */
export const EXIT = {
  done: 0,
  needsPerson: 1,
  unusable: 2,
  halted: 3,
  locked: 4,
  unreachable: 5,
  bug: 70,
  interrupted: 130,
} as const;

/** The code that says most when several campaigns end differently. */
export function highest(codes: readonly number[]): number {
  return Math.max(EXIT.done, ...codes);
}

/** Carries expected problems from deep inside a command to the one error boundary. Thrown in `cli/` only. */
export class CommandFailure extends ProblemsThrown {
  readonly exitCode: number;

  constructor(exitCode: number, problems: readonly Problem[]) {
    super(firstProblems(problems));
    this.exitCode = exitCode;
  }
}

/** `--json` promises one document on stdout, so nothing else can go there, too. */
export function bothWantStdout(): CommandFailure {
  return new CommandFailure(EXIT.unusable, [{ code: 'cli.json-and-stdout' }]);
}

/**
 * A ledger that cannot be read or written, on its way out of a command, with what a person can do; a bug comes back as it is.
 * What is done and lacks in the log alone leaves no work: nobody is to do it once more.
 */
export function withLedgerProblem(error: unknown): unknown {
  if (!(error instanceof LedgerError)) return error;
  const exitCode = error.problem.code === 'action.unlogged' ? EXIT.needsPerson : EXIT.halted;
  return new CommandFailure(exitCode, [error.problem]);
}
