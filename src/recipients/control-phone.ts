import type { ControlPhone } from '../core/campaign.js';
import { parsePhone } from './phone.js';

/** The rules of recipients that hold for one's own phone, too. */
interface PhoneSettings {
  readonly country?: string | null | undefined;
  readonly wire?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The phone that a campaign file names for itself; null: it cannot be read. */
export function readControlPhone(
  typed: string,
  { country = null, wire = {} }: PhoneSettings,
): ControlPhone | null {
  const forms = Object.entries(wire).flatMap(([name, prefix]) =>
    prefix === undefined ? [] : [[name, prefix]],
  );
  const phone = parsePhone(typed, country, { landlines: 'accept', wire: Object.fromEntries(forms) });
  return phone.ok ? { phone: phone.phone, person: phone.person, country: phone.country } : null;
}
