/** Learns the provider's clock from the `Date` of its answers, a new one of which comes once a second at most. */
export class ProviderClock {
  #date: string | null = null;
  #offsetMs: number | null = null;

  /** The provider's clock minus this machine's, as the last answer told; null: none told. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  /** Takes in the `Date` of an answer that came at `at`: whole seconds, cut off, so half a second is the likeliest rest. */
  hear(date: string | null, at: number): void {
    if (date === null || date === this.#date) return;
    this.#date = date;
    const told = Date.parse(date);
    if (!Number.isNaN(told)) this.#offsetMs = told + 500 - at;
  }
}
