import { maskedPhone, withMaskedPhones } from '../../core/masked-phones.js';
import { type Redact, redactor } from '../../core/redaction.js';

/** Makes texts fit for a log that is passed on. */
export interface Masking {
  /** A phone number, such as `5198•••••21`. */
  readonly phone: (digits: string) => string;
  /** A text from outside: without credentials, and with every number long enough to be a phone masked. */
  readonly text: (text: string) => string;
}

/** What a log may show. Credentials are never shown, phones only when `showPhones` asks for it. */
export function maskingWith(showPhones: boolean, secrets: readonly (string | null)[]): Masking {
  const redact: Redact = redactor(secrets);
  if (showPhones) return { phone: (digits) => digits, text: (text) => redact(text) };
  return {
    phone: maskedPhone,
    text: (text) => withMaskedPhones(redact(text)),
  };
}
