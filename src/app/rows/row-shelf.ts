import type { Standing } from '../../core/ledger/imports.js';
import type { RowVerdict } from '../../core/recipient.js';
import type { RowStore } from '../app.js';
import { fateOf, type KeptRow, RowIndex } from './row-index.js';

/** The rows of a recipients file: an index in memory, and what each says on the disk. */
export class RowShelf {
  readonly index = new RowIndex();
  readonly #store: RowStore;

  constructor(store: RowStore) {
    this.#store = store;
  }

  /** Takes in the next rows of the file. */
  add(verdicts: readonly RowVerdict[], standings: readonly (Standing | null)[]): void {
    const texts = verdicts.map((verdict) => Buffer.from(JSON.stringify(verdict)));
    let offset = this.#store.append(Buffer.concat(texts));
    for (const [at, verdict] of verdicts.entries()) {
      const length = texts[at]?.length ?? 0;
      const fate = fateOf(verdict, standings[at] ?? null);
      this.index.add(lineOf(verdict), personOf(verdict), fate, { offset, length });
      offset += length;
    }
  }

  /** Another verdict about a row. */
  replace(index: number, verdict: RowVerdict, standing: Standing | null): void {
    const text = Buffer.from(JSON.stringify(verdict));
    const kept: KeptRow = { offset: this.#store.append(text), length: text.length };
    this.index.replace(index, personOf(verdict), fateOf(verdict, standing), kept);
  }

  /** What was said of a row. */
  verdictAt(index: number): RowVerdict {
    const { offset, length } = this.index.keptAt(index);
    return JSON.parse(this.#store.read(offset, length).toString()) as RowVerdict;
  }

  close(): void {
    this.#store.close();
  }
}

function lineOf(verdict: RowVerdict): number {
  return verdict.kind === 'recipient' ? verdict.recipient.line : verdict.rejection.line;
}

function personOf(verdict: RowVerdict): string | null {
  return verdict.kind === 'recipient' ? verdict.recipient.person : null;
}
