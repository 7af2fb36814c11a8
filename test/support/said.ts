import { IntlMessageFormat } from 'intl-messageformat';
import { english, spanish } from '../../src/core/catalogue/index.js';
import type { Problem } from '../../src/core/problem.js';

/** What an English reader is told; throws when the sentence names a place that the problem does not fill. */
export function said({ code, params }: Problem): string {
  return String(new IntlMessageFormat(english[code], 'en', undefined, { ignoreTag: true }).format(params));
}

/** What a Spanish reader is told. */
export function saidInSpanish({ code, params }: Problem): string {
  return String(new IntlMessageFormat(spanish[code], 'es', undefined, { ignoreTag: true }).format(params));
}
