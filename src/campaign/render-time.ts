import { BOUNDS } from '../core/bounds.js';

/**
 * The time that the templates of one file take. A row may take `templateRow`; a file may take `templateFile` beyond what its
 * rows have earned, so that templates which loop end the work after a handful of rows and not after all of them.
 */
export class RenderTime {
  #rows = 0;
  #rowMs = 0;
  #allMs = 0;

  /** The next row begins. */
  startRow(): void {
    this.#rows += 1;
    this.#rowMs = 0;
  }

  /** What is left for the row. */
  get leftMs(): number {
    return Math.max(0, BOUNDS.templateRow.value - this.#rowMs);
  }

  /** A machine that slept meanwhile took no more than a row may. */
  took(ms: number): void {
    const counted = Math.min(ms, BOUNDS.templateRow.value);
    this.#rowMs += counted;
    this.#allMs += counted;
  }

  /** The row is tried once more: a busy machine may have held it up. */
  again(): void {
    this.#rowMs = 0;
  }

  get isUp(): boolean {
    return this.#allMs > BOUNDS.templateFile.value + this.#rows * BOUNDS.templateRowEarns.value;
  }

  /** For a message. */
  get spent(): { readonly rows: number; readonly seconds: number } {
    return { rows: this.#rows, seconds: Math.round(this.#allMs / 1000) };
  }
}
