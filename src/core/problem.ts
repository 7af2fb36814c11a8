import type { Code, Fillings, Sentence } from '../locales/index.js';
import { BOUNDS } from './bounds.js';
import { harmless } from './harmless.js';

/** Where a problem stands: a file a person can open, and the place in it. */
export interface Place {
  readonly file: string;
  /** Physical line, the first being 1. */
  readonly line?: number;
  /** Column of a text file (a number, from 1) or the name of a CSV column. */
  readonly column?: number | string;
}

/** One thing that is wrong, as data: a sentence to be said, and where it holds. Never holds a credential. */
export type Problem<C extends Code = Code> = Sentence<C> & { readonly at?: Place };

/** Says a sentence in the language of the reader. */
export interface Translate {
  (sentence: Sentence): string;
  <C extends Code>(code: C, ...fillings: Fillings<C>): string;
  /** Whether there is a sentence for a code that is made of something read. */
  knows(code: string): code is Code;
}

/** A code together with what fills its sentence. */
export function sentence<C extends Code>(code: C, ...[params]: Fillings<C>): Sentence<C> {
  return (params === undefined ? { code } : { code, params }) as unknown as Sentence<C>;
}

/** The same problem, in its place. */
export function problemAt(problem: Problem, at: Place): Problem {
  // The type of a spread is one for each sentence there is: comparing those with each other took the compiler 8 s.
  const bare: object = problem;
  const placed: object = { ...bare, at };
  return placed as Problem;
}

/** What the system said of a problem; its code where it said nothing. */
export function detailIn({ code, params }: Problem): string {
  return params !== undefined && 'detail' in params ? String(params.detail) : code;
}

/** An expected failure is a value: either what was asked for, or every problem that stood in its way. */
export type Result<T, C extends Code = Code> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem<C>[] };

/** A success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** A failure with one problem or more. */
export function failed(...problems: readonly Problem[]): Result<never> {
  return { ok: false, problems };
}

/** Problems on their way out of where no `Result` can be returned, such as an iteration: whoever began it makes it one. */
export abstract class ProblemsThrown extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ code }) => code).join(', '));
    this.name = new.target.name;
    this.problems = problems;
  }
}

/** A value from a file, made fit for an error message: one harmless line, at most 60 characters. */
export function shortened(value: string): string {
  const line = harmless(value.replace(/\s+/gu, ' '));
  const most = BOUNDS.shownValue.value;
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** The first problems, and how many more there are, with those that were not looked at: nobody reads thousands. */
export function firstProblems(problems: readonly Problem[], unseen = 0): readonly Problem[] {
  const own = problems.filter(({ code }) => code !== MORE);
  const told = own.slice(0, BOUNDS.problemsTold.value);
  const counted = problems.map(({ code, params }) => (code === MORE ? params.count : 0));
  const count = counted.reduce((sum, more) => sum + more, unseen + own.length - told.length);
  return count === 0 ? told : [...told, { code: MORE, params: { count } }];
}

const MORE = 'cli.more-problems';

/** Codes of the reasons why a run stops with work left. */
export type HaltCode = Extract<Code, `halt.${string}`>;

/** Why a run stopped with work left: shown by `send` and `status`, repaired by a person. */
export type Halt = Sentence<HaltCode>;

/** Why a run stops that could not write the ledger. */
export function unwrittenHalt(problem: Problem): Halt {
  if (problem.code === 'ledger.full') return { code: 'halt.disk-full' };
  return { code: 'halt.ledger-write', params: { detail: detailIn(problem) } };
}

/** The code of an error of the system or of a library, such as `ENOENT`; null: it has none. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

/** What a sentence says of such an error: its code, or else its own words. */
export function systemDetail(error: unknown): string {
  return systemCode(error) ?? String(error);
}
