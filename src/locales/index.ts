/**
 * Every sentence that a person reads, under a stable code: one file per language, one line per sentence, in ICU
 * MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/). The command line renders them.
 */
import type en from './en.json';
import type { Params } from './params.js';

/** A stable code of a sentence. */
export type Code = keyof typeof en;

/** A code whose sentence has no place to fill. */
export type PlainCode = Exclude<Code, keyof Params>;

/** What is to be said: a code, and what fills the places of its sentence. */
export type Sentence<C extends Code = Code> =
  | { [F in Extract<C, keyof Params>]: { readonly code: F; readonly params: Readonly<Params[F]> } }[Extract<
      C,
      keyof Params
    >]
  | Plain<Extract<C, PlainCode>>;

type Plain<C extends PlainCode> = [C] extends [never]
  ? never
  : { readonly code: C; readonly params?: Readonly<Record<string, never>> };

/**
 * What `say` takes after a code: nothing, or what fills the places; of several codes, the places of all. Nothing fills those of
 * every code there is; without that line the compiler works them out, for seconds, where it looks what a code may be at most.
 */
export type Fillings<C extends Code> = Code extends C
  ? [params: never]
  : [C] extends [PlainCode]
    ? []
    : [params: Readonly<AllOf<Params[Extract<C, keyof Params>]>>];

type AllOf<T> = (T extends unknown ? (each: T) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Languages a person can ask for. */
export type Language = 'en' | 'es';

/** The sentences of one language, by code. */
export type Sentences = Readonly<Record<Code, string>>;

/** Loads the sentences of one language, and of no other. */
export async function loadSentences(language: Language): Promise<Sentences> {
  if (language === 'es') return (await import('./es.json', { with: { type: 'json' } })).default;
  return (await import('./en.json', { with: { type: 'json' } })).default;
}
