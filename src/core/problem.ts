import type { Code } from '../locales/index.js';
import { BOUNDS } from './bounds.js';
import { harmless } from './harmless.js';

/** Values that fill the places of a catalogue sentence. */
export type Params = Readonly<Record<string, string | number>>;

/** Where a problem stands: a file a person can open, and the place in it. */
export interface Place {
  readonly file: string;
  /** Physical line, the first being 1. */
  readonly line?: number;
  /** Column of a text file (a number, from 1) or the name of a CSV column. */
  readonly column?: number | string;
}

/**
 * One thing that is wrong, as data: the catalogue turns `code` and `params` into a sentence in the reader's
 * language. Never holds a credential.
 */
export interface Problem {
  readonly code: Code;
  readonly params?: Params;
  readonly at?: Place;
}

/** Turns a code into a sentence in the language of the reader. */
export interface Say {
  (code: Code, params?: Params): string;
  /** Whether there is a sentence for a code that is made of something read. */
  knows(code: string): code is Code;
}

/** An expected failure is a value: either what was asked for, or every problem that stood in its way. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A failure with one problem or more. */
export function failed(...problems: readonly Problem[]): Result<never> {
  return { ok: false, problems };
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
  const counted = problems.map(({ code, params }) => (code === MORE ? Number(params?.['count']) : 0));
  const count = counted.reduce((sum, more) => sum + more, unseen + own.length - told.length);
  return count === 0 ? told : [...told, { code: MORE, params: { count } }];
}

const MORE = 'cli.more-problems';
