/** Chance from a seed (mulberry32): the same seed rolls the same numbers on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds would otherwise begin alike.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  }

  /** From 0 (included) to 1 (excluded). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1));
  }

  /** One of them, all alike. */
  oneOf<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.roll() * items.length)] ?? items[0];
  }

  /** Dice of their own for one part of the world, so that another part does not shift its rolls. */
  fork(): Dice {
    return new Dice(Math.floor(this.roll() * 4_294_967_296));
  }
}
