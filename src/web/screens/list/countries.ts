import type { Choice } from '../../views/fields.js';
import type { Visit } from '../../visit.js';

/** What a field says where every number has its country code. */
export const NO_COUNTRY = 'none';

/** Every country whose numbers are known, by name, and first that none is needed. */
export async function countryChoices({ app, format, translate }: Visit): Promise<readonly Choice[]> {
  const { countries } = await app.phones();
  const named = [...countries]
    .map((value) => ({ value, label: format.country(value) ?? value }))
    .toSorted((one, other) => one.label.localeCompare(other.label, format.locale));
  return [{ value: NO_COUNTRY, label: translate('web.country.none') }, ...named];
}

/** The country in whose time this machine runs: mostly that of the people in its lists; null: there are several. */
export async function likelyCountry({ app, format }: Visit): Promise<string | null> {
  const zones = await app.campaignFiles.zones();
  const { countries } = await app.phones();
  const there = [...countries].filter((country) => zones.zonesOf(country).includes(format.timeZone));
  return there.length === 1 ? (there[0] ?? null) : null;
}

/** The country of a field; null: every number has its code. */
export function countryIn(value: string): string | null {
  return value === NO_COUNTRY || value === '' ? null : value;
}
