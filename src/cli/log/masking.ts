import { withoutSecrets } from '../../providers/http/credentials.js';

/** Makes texts fit for a log that is passed on. */
export interface Masking {
  /** A phone number, such as `5198•••••21`. */
  readonly phone: (digits: string) => string;
  /** A text from outside: without credentials, and with every number long enough to be a phone masked. */
  readonly text: (text: string) => string;
}

/** At most this many digits of a phone stay at its beginning (country and operator), and this many at its end. */
const SHOWN_AT_START = 4;
const SHOWN_AT_END = 2;
/** Fewer hidden digits could be guessed. */
const HIDDEN_AT_LEAST = 5;

/** Eight digits or more in any script, also with a space, dot, dash or bracket or two between them. */
const LONG_NUMBER = /\p{Nd}(?:[\s().\-–]{0,2}\p{Nd}){7,}/gu;

/** What a log may show. Credentials are never shown, phones only when `showPhones` asks for it. */
export function maskingWith(showPhones: boolean, secrets: readonly string[]): Masking {
  const clean = (text: string): string => withoutSecrets(text, secrets);
  if (showPhones) return { phone: (digits) => digits, text: clean };
  return {
    phone: maskedPhone,
    text: (text) => clean(text).replace(LONG_NUMBER, (number) => maskedPhone(number.replace(/\P{Nd}/gu, ''))),
  };
}

function maskedPhone(digits: string): string {
  const characters = [...digits];
  const start = Math.max(0, Math.min(SHOWN_AT_START, characters.length - SHOWN_AT_END - HIDDEN_AT_LEAST));
  const end = characters.length - SHOWN_AT_END;
  const hidden = '•'.repeat(Math.max(0, end - start));
  return characters.slice(0, start).join('') + hidden + characters.slice(Math.max(start, end)).join('');
}
