import type { Problem } from '../problem.js';

const SHORTEST = 12;
const LONGEST = 200;
const FEWEST_DIFFERENT = 5;

/** A password as it is compared, whatever keyboard it was typed on. */
export function plainPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** What is wrong with a new password, or null. */
export function passwordProblem(password: string, user: string): Problem | null {
  const letters = [...password];
  if (letters.length < SHORTEST) return { code: 'team.password-short', params: { count: SHORTEST } };
  if (letters.length > LONGEST) return { code: 'team.password-long', params: { count: LONGEST } };
  const isSimple =
    new Set(letters).size < FEWEST_DIFFERENT || password.toLowerCase().includes(user.toLowerCase());
  return isSimple ? { code: 'team.password-simple' } : null;
}

/** Passwords as they are kept. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for `null`, which no password is. */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** Whether so many are being looked at that another one would wait for long. */
  busy(): boolean;
}
