import { parsePhone } from '../recipients/phone.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';

/** Landlines count, too: the person may have been imported as one. */
const ANY = { landlines: 'accept', wire: {} } as const;

/** The identity behind a phone given as an option: digits with country code, or as in the recipients file. */
export function personOption(text: string, country: string | null, option: string): string {
  const asTyped = parsePhone(text, country, ANY);
  const parsed = asTyped.ok ? asTyped : parsePhone(`+${text}`, null, ANY);
  if (parsed.ok) return parsed.person;
  throw new CommandFailure(EXIT.unusable, [{ code: 'cli.bad-phone', params: { option, value: text } }]);
}
