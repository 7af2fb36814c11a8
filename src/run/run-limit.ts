/** `--limit N`: at most N deliveries in a run. One that never reached the socket gives its place back. */
export class RunLimit {
  readonly #limit: number;
  readonly #begun = new Set<number>();

  /** @param limit null: no limit */
  constructor(limit: number | null) {
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
  }

  begin(deliveryId: number): void {
    if (this.#limit !== Number.POSITIVE_INFINITY) this.#begun.add(deliveryId);
  }

  giveBack(deliveryId: number): void {
    this.#begun.delete(deliveryId);
  }

  /** How many more may begin. */
  left(): number {
    return this.#limit - this.#begun.size;
  }
}
