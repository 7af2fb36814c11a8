import type { ListedSend } from './match.js';

/** Records that are listed as they come in may be so far out of order: the provider writes several at once. */
const JITTER_MS = 60_000;
/** Pages whose records are known when they come again, pushed down by newer ones. */
const PAGES_KEPT = 3;

/** Whether a list goes by when its records were made, as far as it was read: such a list moves none of them. */
export class ListOrder {
  #rises = true;
  #falls = true;
  #leastAt = Number.POSITIVE_INFINITY;
  #mostAt = Number.NEGATIVE_INFINITY;
  #recent: readonly ReadonlySet<string>[] = [];

  /** False: by the last change, by nothing that shows, or by dates that cannot be read. */
  get isByCreation(): boolean {
    return this.#rises || this.#falls;
  }

  /** Takes in the next page. */
  see(records: readonly Pick<ListedSend, 'id' | 'createdAt'>[]): void {
    for (const { id, createdAt } of records)
      if (!this.#recent.some((page) => page.has(id))) this.#next(createdAt ?? Number.NaN);
    this.#recent = [...this.#recent, new Set(records.map(({ id }) => id))].slice(-PAGES_KEPT);
  }

  #next(at: number): void {
    // What has no date is in no order: any comparison with it is false.
    this.#rises &&= at >= this.#mostAt - JITTER_MS;
    this.#falls &&= at <= this.#leastAt + JITTER_MS;
    this.#leastAt = Math.min(this.#leastAt, at);
    this.#mostAt = Math.max(this.#mostAt, at);
  }
}
