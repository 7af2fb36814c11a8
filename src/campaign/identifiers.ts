import { getCountries, isSupportedCountry } from 'libphonenumber-js/max';
import { failed, ok, type Result } from '../core/problem.js';
import { shown } from '../core/quantities.js';
import { suggestion } from '../core/suggestion.js';

/** The written form of a campaign's name. */
export const WRITTEN_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_NAME = 100;

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': ',',
  comma: ',',
  ';': ';',
  semicolon: ';',
  '\t': '\t',
  '\\t': '\t',
  tab: '\t',
  '|': '|',
  pipe: '|',
};

/** Identity of a campaign: lower case, digits, single dashes between them. The problem proposes a name that would do. */
export function parseName(text: string): Result<string> {
  if (WRITTEN_NAME.test(text) && text.length <= LONGEST_NAME) return ok(text);
  const proposal = proposedName(text);
  return failed({ code: 'campaign.name', params: { value: shown(text), proposal } });
}

/** A valid name that is close to any text: `Promo Otoño 2026` becomes `promo-otono-2026`. */
export function proposedName(text: string): string {
  const name = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'my-campaign' : name;
}

/** The delimiter as one character, or null for `auto`. */
export function parseDelimiter(text: string): Result<string | null> {
  const typed = text === '\t' ? text : text.trim().toLowerCase();
  if (typed === 'auto') return ok(null);
  const delimiter = DELIMITERS[typed];
  return delimiter === undefined
    ? failed({ code: 'campaign.choice', params: { value: shown(text), choices: 'auto, ",", ";", tab, "|"' } })
    : ok(delimiter);
}

/** An ISO 3166-1 country whose phone numbers are known, in capitals. The problem names the country that was most likely meant. */
export function parseCountry(text: string): Result<string> {
  const typed = text.trim().toUpperCase();
  if (isSupportedCountry(typed)) return ok(typed);
  const meant = likelyCountry(text.trim());
  return meant === null
    ? failed({ code: 'campaign.country', params: { value: shown(text) } })
    : failed({ code: 'campaign.country-meant', params: { value: shown(text), meant } });
}

/** Three-letter codes and other names that people write. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  UK: 'GB',
  PER: 'PE',
  MEX: 'MX',
  ARG: 'AR',
  BRA: 'BR',
  CHL: 'CL',
  COL: 'CO',
  ECU: 'EC',
  ESP: 'ES',
  URY: 'UY',
  PRY: 'PY',
  BOL: 'BO',
  VEN: 'VE',
  USA: 'US',
};

function likelyCountry(typed: string): string | null {
  const other = OTHER_NAMES[typed.toUpperCase()];
  if (other !== undefined) return other;
  if (typed.length < 4) return null;
  const byName = new Map<string, string>();
  for (const language of ['es', 'pt', 'en']) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) byName.set(names.of(code) ?? code, code);
  }
  return byName.get(suggestion(typed, byName.keys()) ?? '') ?? null;
}
