import { userInfo } from 'node:os';

/** Who gives the word: the account's name, for the record. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
