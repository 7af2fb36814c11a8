import type { Problem, Result } from '../../src/core/problem.js';

/** The value of a success; a failure fails the test with its problems. */
export function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`unexpected problems: ${JSON.stringify(result.problems, null, 2)}`);
}

/** The problems of a failure; none for a success. */
export function problemsOf<T>(result: Result<T>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
