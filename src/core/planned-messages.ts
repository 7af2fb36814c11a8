import type { FrequencyLimit } from './ledger/imports.js';
import { SeenPeople } from './seen-people.js';

/**
 * Holds what a file plans for each person against `limits.perRecipient`: with `recipients.key` a person may stand in
 * it several times.
 */
export class PlannedMessages {
  /** Who takes the first message that the limit allows, who the second, and so on: flat, for a million rows. */
  readonly #taken = new SeenPeople();
  readonly #limit: FrequencyLimit | null;

  /** @param limit null: there is none */
  constructor(limit: FrequencyLimit | null) {
    this.#limit = limit;
  }

  /** Plans one more message to a person who got so many already; false: the limit forbids it. */
  plan(person: string, received: number): boolean {
    if (this.#limit === null) return true;
    for (let place = received + 1; place <= this.#limit.count; place += 1) {
      if (this.#taken.meet(person, String(place), place) === null) return true;
    }
    return false;
  }
}
