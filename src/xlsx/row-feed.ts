import type { Row, Sheet } from './sheet.js';

/** Rows that come in batches, to be taken in other portions. */
export class RowFeed {
  readonly #batches: AsyncIterator<readonly Row[]> | Iterator<readonly Row[]>;
  #batch: readonly Row[] = [];
  #taken = 0;
  #count = 0;

  constructor(rows: Sheet['rows']) {
    this.#batches = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  }

  /** How many rows were taken so far. */
  get count(): number {
    return this.#count;
  }

  /** Whether a row is left. Throws what the source throws. */
  async hasMore(): Promise<boolean> {
    while (this.#taken === this.#batch.length) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.#batch = next.value;
      this.#taken = 0;
    }
    return true;
  }

  /** So many rows at most; none: all were taken. Throws what the source throws. */
  async take(most: number): Promise<readonly Row[]> {
    if (!(await this.hasMore())) return [];
    const rows = this.#batch.slice(this.#taken, this.#taken + most);
    this.#taken += rows.length;
    this.#count += rows.length;
    return rows;
  }

  /** No more rows are asked for. */
  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}
