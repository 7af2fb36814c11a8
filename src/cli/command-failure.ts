import { firstProblems, type Problem } from '../core/problem.js';

/** Carries expected problems from deep inside a command to the one error boundary. Thrown in `cli/` only. */
export class CommandFailure extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(exitCode: number, problems: readonly Problem[]) {
    const told = firstProblems(problems);
    super(told.map(({ code }) => code).join(', '));
    this.name = 'CommandFailure';
    this.problems = told;
    this.exitCode = exitCode;
  }
}
