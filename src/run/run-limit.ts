/**
 * `--limit N`: at most N deliveries in a command, over all its campaigns. One that never reached the provider gives its
 * place back; one that was tried keeps it, however often it is tried again or put back.
 */
export class RunLimit {
  /** Most deliveries; null: no limit. */
  readonly most: number | null;
  readonly #begun = new Set<number>();
  readonly #tried = new Set<number>();

  constructor(most: number | null) {
    this.most = most;
  }

  begin(deliveryId: number): void {
    if (this.most !== null) this.#begun.add(deliveryId);
  }

  /** An attempt has ended; `tried`: the provider was asked to send it. */
  ended(deliveryId: number, tried: boolean): void {
    if (!tried) this.giveBack(deliveryId);
    else if (this.most !== null) this.#tried.add(deliveryId);
  }

  /** It did not leave. */
  giveBack(deliveryId: number): void {
    if (!this.#tried.has(deliveryId)) this.#begun.delete(deliveryId);
  }

  /** How many more may begin. */
  left(): number {
    return this.most === null ? Number.POSITIVE_INFINITY : this.most - this.#begun.size;
  }
}
