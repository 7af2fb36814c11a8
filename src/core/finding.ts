import type { Code, Fillings, Sentence } from '../locales/index.js';
import { type Problem, sentence } from './problem.js';

/** How bad it is: `fail` keeps plazcast from working. */
type FindingLevel = 'ok' | 'warn' | 'fail';

/** One line of the doctor; sentences of `warn` and `fail` say what to do. */
export type Finding = Sentence & { readonly level: FindingLevel };

export function fine<C extends Code>(code: C, ...fillings: Fillings<C>): Finding {
  return finding('ok', code, fillings);
}

export function warning<C extends Code>(code: C, ...fillings: Fillings<C>): Finding {
  return finding('warn', code, fillings);
}

export function failure<C extends Code>(code: C, ...fillings: Fillings<C>): Finding {
  return finding('fail', code, fillings);
}

function finding<C extends Code>(level: FindingLevel, code: C, fillings: Fillings<C>): Finding {
  const found: object = { ...(sentence(code, ...fillings) as object), level };
  return found as Finding;
}

/** Problems say what to do, too. */
export function failures(problems: readonly Problem[]): readonly Finding[] {
  return problems.map((problem) => ({ ...problem, level: 'fail' }));
}

/** Places that should be this user's alone. */
export interface OwnPlaces {
  readonly cwd: string;
  readonly ledgerFile: string;
  readonly stateDir: string | null;
}
