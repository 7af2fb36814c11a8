import { randomInt } from 'node:crypto';

/** Without what is mistaken for something else when it is read out. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A short code that a reader can tell, and that stands in the terminal beside what went wrong. */
export function bugCode(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
