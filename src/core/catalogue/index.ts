/**
 * The one catalogue: every sentence a person reads that carries a reason, under a stable code. Sentences are
 * ICU MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/); the command line
 * renders them, and loads only the language that is read.
 */
export { type Code, english } from './english.js';
export { spanish } from './spanish.js';

/** Languages a person can ask for. */
export type Language = 'en' | 'es';
