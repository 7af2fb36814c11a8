/**
 * Every sentence that a person reads, under a stable code: one file per language, one line per sentence, in ICU
 * MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/). The command line renders them.
 */
import type en from './en.json';

/** A stable code of a sentence. */
export type Code = keyof typeof en;

/** Languages a person can ask for. */
export type Language = 'en' | 'es';

/** The sentences of one language, by code. */
export type Sentences = Readonly<Record<Code, string>>;

/** Loads the sentences of one language, and of no other. */
export async function loadSentences(language: Language): Promise<Sentences> {
  if (language === 'es') return (await import('./es.json', { with: { type: 'json' } })).default;
  return (await import('./en.json', { with: { type: 'json' } })).default;
}
