/** At most this many digits of a phone stay at its beginning (country and operator), and this many at its end. */
const SHOWN_AT_START = 4;
const SHOWN_AT_END = 2;
/** Fewer hidden digits could be guessed. */
const HIDDEN_AT_LEAST = 5;

/**
 * Eight digits or more in any script, with up to four characters between two of them that are neither letter nor
 * digit: spaces, signs, dots, slashes, underscores, characters that nobody sees.
 */
const LONG_NUMBER = /\p{N}(?:[^\p{L}\p{N}]{0,4}\p{N}){7,}/u;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** What has as many digits and is no phone. */
const NO_PHONE = [
  // An id such as 550e8400-e29b-41d4-a716-44665544000f.
  '[\\da-f]{8}-(?:[\\da-f]{4}-){3}(?!\\d{12})[\\da-f]{12}',
  // A day, or a moment of ISO 8601.
  '20\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?:T\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?',
  // A machine's address with its port.
  `${OCTET}(?:\\.${OCTET}){3}:\\d{1,5}`,
].join('|');
/** What is no phone comes first, where it stands by itself: no digit or `+` near it. */
const NUMBERS = new RegExp(
  `(?<![\\p{N}+][^\\p{L}\\p{N}]{0,4})(?:${NO_PHONE})(?![^\\p{L}\\p{N}]{0,4}\\p{N})|(${LONG_NUMBER.source})`,
  'giu',
);

/** A text in which every number long enough to be a phone is masked. */
export function withMaskedPhones(text: string): string {
  return text.replace(NUMBERS, (whole: string, phone?: string) =>
    phone === undefined ? whole : maskedPhone(phone.replace(/\P{N}/gu, '')),
  );
}

/** A phone of which a few digits are left, such as `5198•••••21`. */
export function maskedPhone(digits: string): string {
  const characters = [...digits];
  const start = Math.max(0, Math.min(SHOWN_AT_START, characters.length - SHOWN_AT_END - HIDDEN_AT_LEAST));
  const end = characters.length - SHOWN_AT_END;
  const hidden = '•'.repeat(Math.max(0, end - start));
  return characters.slice(0, start).join('') + hidden + characters.slice(Math.max(start, end)).join('');
}
