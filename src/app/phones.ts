import { ANY_PHONE } from '../core/phone.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { App } from './app.js';

/**
 * A country (ISO 3166-1 alpha-2) as a person typed it, in capitals; null: none was given. A problem for one that no
 * numbering plan knows.
 */
export async function readCountry(
  typed: string | null,
  { phones }: Pick<App, 'phones'>,
): Promise<Result<string | null>> {
  if (typed === null) return ok(null);
  const country = typed.trim().toUpperCase();
  if ((await phones()).countries.has(country)) return ok(country);
  return failed({ code: 'recipients.unknown-country', params: { country: typed } });
}

/**
 * The identity behind a phone: digits with country code, or as in the recipients file. Landlines count, too: the person
 * may have been imported as one.
 *
 * @param option what the phone was given as, for the problem
 */
export async function readPerson(
  typed: string,
  country: string | null,
  option: string,
  { phones }: Pick<App, 'phones'>,
): Promise<Result<string>> {
  const { read } = await phones();
  const asTyped = read(typed, country, ANY_PHONE);
  const phone = asTyped.ok ? asTyped : read(`+${typed}`, null, ANY_PHONE);
  return phone.ok ? ok(phone.person) : failed({ code: 'cli.bad-phone', params: { option, value: typed } });
}
