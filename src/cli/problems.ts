import { placeText } from '../app/shown-path.js';
import { isUnreachable } from '../core/ledger/database-address.js';
import { isLocked } from '../core/ledger/locks.js';
import type { Place, Problem, Result, Translate } from '../core/problem.js';
import type { Cli } from './command.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** The value of a result, or the end of the command with all its problems. */
export function orFail<T>(result: Result<T>, exitCode?: number): T {
  if (result.ok) return result.value;
  const { problems } = result;
  throw new CommandFailure(
    exitCode ?? (isUnreachable(problems) ? EXIT.unreachable : EXIT.unusable),
    problems,
  );
}

/** The same for what needs locks: exit code 4 names who holds one. */
export function orLocked<T>(result: Result<T>): T {
  return orFail(result, result.ok || !isLocked(result.problems) ? undefined : EXIT.locked);
}

/** Problems as lines a person can act on: `file:line:column: sentence`. */
export function problemLines(
  problems: readonly Problem[],
  translate: Translate,
  cwd: string,
): readonly string[] {
  return problems.map(
    (problem) => `${problem.at === undefined ? '' : `${placeText(problem.at, cwd)}: `}${translate(problem)}`,
  );
}

/** Problems as a `--json` document has them. */
export function problemsSaid(problems: readonly Problem[], translate: Translate): readonly SaidProblem[] {
  return problems.map((one) => ({ code: one.code, message: translate(one), at: one.at ?? null }));
}

/** That the log lacks what is done, as a `--json` document has it. */
export function unloggedJson(
  unlogged: Problem | null,
  { translate }: Pick<Cli, 'translate'>,
): { readonly problems?: readonly SaidProblem[] } {
  return unlogged === null ? {} : { problems: problemsSaid([unlogged], translate) };
}

interface SaidProblem extends Pick<Problem, 'code'> {
  readonly message: string;
  readonly at: Place | null;
}

/** Says on stderr that the log lacks what is done, where it does. Returns the lowest exit code for that. */
export function sayUnlogged(unlogged: Problem | null, { terminal, translate, cwd }: Cli): number {
  if (unlogged === null) return EXIT.done;
  printProblems([unlogged], terminal, translate, cwd);
  return EXIT.needsPerson;
}

/** Prints problems as errors on stderr. */
export function printProblems(
  problems: readonly Problem[],
  terminal: Terminal,
  translate: Translate,
  cwd: string,
): void {
  const mark = terminal.colours.red(translate('cli.error'));
  for (const line of problemLines(problems, translate, cwd)) terminal.aside(`${mark} ${line}`);
}
