/** The moment at which a run has nothing left to send: only then somebody may be asked something. */
export class Rest {
  #waiting: ((came: boolean) => void)[] = [];
  #over = false;
  #sinceMs: number | null = null;

  /** Since when the run has rested, monotonic; null: it sends. */
  get sinceMs(): number | null {
    return this.#sinceMs;
  }

  /** Resolves when it comes; false: it does not, or there is no time for who waits. */
  came(): Promise<boolean> {
    if (this.#over) return Promise.resolve(false);
    if (this.#sinceMs !== null) return Promise.resolve(true);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Nothing is left to send. */
  begin(nowMs: number): void {
    this.#sinceMs ??= nowMs;
    this.#tell(true);
  }

  /** Something came back. */
  interrupt(): void {
    this.#sinceMs = null;
  }

  /** Who waits now is not to wait any more. */
  disappoint(): void {
    this.#tell(false);
  }

  /** The run is over, whatever is left. */
  end(): void {
    this.#over = true;
    this.#tell(false);
  }

  #tell(came: boolean): void {
    for (const resolve of this.#waiting.splice(0)) resolve(came);
  }
}
