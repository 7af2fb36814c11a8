import type { Params, Problem } from '../../core/problem.js';
import type { Code } from '../../locales/index.js';

/** How bad it is: `fail` keeps plazcast from working. */
type FindingLevel = 'ok' | 'warn' | 'fail';

/** One line of the doctor; sentences of `warn` and `fail` say what to do. */
export interface Finding {
  readonly level: FindingLevel;
  readonly code: Code;
  readonly params?: Params;
}

export function fine(code: Code, params?: Params): Finding {
  return { level: 'ok', code, ...(params === undefined ? {} : { params }) };
}

export function warning(code: Code, params?: Params): Finding {
  return { level: 'warn', code, ...(params === undefined ? {} : { params }) };
}

export function failure(code: Code, params?: Params): Finding {
  return { level: 'fail', code, ...(params === undefined ? {} : { params }) };
}

/** Problems say what to do, too. */
export function failures(problems: readonly Problem[]): readonly Finding[] {
  return problems.map(({ code, params }) => failure(code, params));
}
