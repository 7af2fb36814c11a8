import type { Campaign } from './campaign.js';
import type { PlannedRejection } from './plan.js';
import type { Problem } from './problem.js';

/** Fewer people than this say nothing about a file. */
const ENOUGH_PEOPLE = 20;
/** Landlines of this share of the rows: perhaps the wrong one of two phone columns. */
const MANY_LANDLINES = 0.1;
/** So many rejected rows tell what is wrong with them all. */
const LOOKED_AT = 5;
/** A foreign country with this share of the people looks like a wrong default country. */
const ODD_SHARE = 0.5;

/**
 * Warns when most people of a file are in a country that the campaign does not name: often a wrong default
 * country, or numbers read with the wrong code.
 */
export function countryWarnings(
  people: Readonly<Record<string, number>>,
  campaignCountry: string | null,
): readonly Problem[] {
  const total = Object.values(people).reduce((sum, count) => sum + count, 0);
  if (campaignCountry === null || total < ENOUGH_PEOPLE) return [];
  return Object.entries(people)
    .filter(([country, count]) => country !== campaignCountry && count / total >= ODD_SHARE)
    .map(([country, count]) => ({
      code: 'warning.country-share' as const,
      params: { country, percent: Math.round((count / total) * 100), expected: campaignCountry },
    }));
}

/** Warns when many rows of a file were rejected for a landline: often another column holds the mobile. */
export function landlineWarnings(rows: number, landlines: number, phoneColumn: string): readonly Problem[] {
  if (rows < ENOUGH_PEOPLE || landlines / rows < MANY_LANDLINES) return [];
  const params = { count: landlines, percent: Math.round((landlines / rows) * 100), column: phoneColumn };
  return [{ code: 'warning.many-landlines', params }];
}

/** Says how local numbers can be read: without a country, each of them is rejected by itself. */
export function noCountryWarnings(
  rejectedNumbers: number,
  rejections: readonly PlannedRejection[],
  campaignCountry: string | null,
): readonly Problem[] {
  const wrong = rejections.slice(0, LOOKED_AT).filter(({ reason }) => reason === 'phone.invalid');
  if (campaignCountry !== null || wrong.length === 0) return [];
  return wrong.every(({ phone }) => looksLocal(phone))
    ? [{ code: 'warning.no-country', params: { count: rejectedNumbers } }]
    : [];
}

/** Whether a number looks as people write it within their country. */
export function looksLocal(typed: string): boolean {
  return /^[\d(][\d\s()-]{5,14}$/u.test(typed.trim());
}

/** Says that a message may go to the campaign's own phone, or why none does. */
export function controlWarnings({ control, resend }: Campaign['uncertain']): readonly Problem[] {
  if (control === null) return [];
  return resend === 'never'
    ? [{ code: 'warning.control-never' }]
    : [{ code: 'warning.control', params: { phone: control.phone } }];
}
