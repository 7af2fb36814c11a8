import type { Language } from '../locales/index.js';

/** How numbers and money are written: Spanish as offices in Peru and Mexico read it, 1,234.5 and USD 21.04. */
export const NUMBER_LOCALES: Readonly<Record<Language, string>> = { en: 'en', es: 'es-419' };
