import type { ReadPhone } from '../../core/audience.js';
import { isPhoneCountry, parsePhone, USUAL_PHONE_OPTIONS } from '../../recipients/phone.js';
import type { Args } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';

/** `--country` in capitals, or null; one that no numbering plan knows ends the command. */
export function countryOption(args: Args): string | null {
  const text = args.text('country');
  if (text === null) return null;
  const country = text.trim().toUpperCase();
  if (isPhoneCountry(country)) return country;
  throw new CommandFailure(EXIT.unusable, [
    { code: 'recipients.unknown-country', params: { country: text } },
  ]);
}

/** Reads a listed phone as `check` will: what it would reject brings nobody in. */
export function phoneReader(country: string | null): ReadPhone {
  return (typed) => {
    const phone = parsePhone(typed, country, USUAL_PHONE_OPTIONS);
    return phone.ok ? phone : null;
  };
}
