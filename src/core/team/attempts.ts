/** Guesses of a name, and from an address, before they wait. */
const MOST_OF_NAME = 10;
const MOST_OF_ADDRESS = 30;
/** How long a guess counts. */
const COUNTED_MS = 15 * 60_000;
/** Names and addresses that are kept in mind: whoever makes some up fills no memory. */
const MOST_KEPT = 10_000;

/**
 * Counts login attempts. It makes no difference whether there is a user of that name. Moments are those of a clock that
 * nobody sets: a name that waits by one that was a day ahead would wait for a day.
 */
export class LoginAttempts {
  readonly #of = new Map<string, { count: number; until: number }>();

  /** Counts an attempt before its password is looked at; false: it has to wait, and is not looked at. */
  begin(name: string, address: string, at: number): boolean {
    const counted = [
      [`name ${name}`, MOST_OF_NAME],
      [`from ${address}`, MOST_OF_ADDRESS],
    ] as const;
    if (counted.some(([key, most]) => this.#count(key, at) >= most)) return false;
    for (const [key] of counted) this.#add(key, at);
    return true;
  }

  /** Whoever knew the password begins anew. */
  passed(name: string, address: string): void {
    this.#of.delete(`name ${name}`);
    const from = this.#of.get(`from ${address}`);
    if (from !== undefined) from.count -= 1;
  }

  #count(key: string, at: number): number {
    const found = this.#of.get(key);
    return found === undefined || found.until <= at ? 0 : found.count;
  }

  #add(key: string, at: number): void {
    const count = this.#count(key, at) + 1;
    this.#of.delete(key);
    this.#of.set(key, { count, until: at + COUNTED_MS });
    const [oldest] = this.#of.keys();
    if (this.#of.size > MOST_KEPT && oldest !== undefined) this.#of.delete(oldest);
  }
}
