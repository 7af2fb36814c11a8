import { sayWith } from '../../src/cli/translate.js';
import type { Translate } from '../../src/core/problem.js';
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };
import type { Language, Sentence } from '../../src/locales/index.js';

const VOICES: Readonly<Record<Language, Translate>> = { en: sayWith(en, 'en'), es: sayWith(es, 'es') };

/** Says sentences in one language; throws when a sentence has a place that nothing fills. */
export function translateIn(language: Language): Translate {
  return VOICES[language];
}

/** What an English reader is told. */
export function said(problem: Sentence): string {
  return VOICES.en(problem);
}

/** What a Spanish reader is told. */
export function saidInSpanish(problem: Sentence): string {
  return VOICES.es(problem);
}
