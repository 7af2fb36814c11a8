/** Passwords as they are kept. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for `null`, which no password is. */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** Whether so many are being looked at that another one would wait for long. */
  busy(): boolean;
}
