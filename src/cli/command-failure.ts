import type { Problem } from '../core/problem.js';

/** Carries expected problems from deep inside a command to the one error boundary. Thrown in `cli/` only. */
export class CommandFailure extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(exitCode: number, problems: readonly Problem[]) {
    super(problems.map(({ code }) => code).join(', '));
    this.name = 'CommandFailure';
    this.problems = problems;
    this.exitCode = exitCode;
  }
}
