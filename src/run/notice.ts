/** Wakes whoever waits for something to change. */
export class Notice {
  #waiting: (() => void)[] = [];

  /** Resolves at the next `give`. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
