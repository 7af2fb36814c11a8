import { createHash } from 'node:crypto';
import type { LedgerRow } from '../../core/ledger/ledger-copy.js';

/** What a table came to: its rows, and a digest over them in order of their key. */
export interface TableSum {
  readonly rows: number;
  /** SHA-256, hex. */
  readonly digest: string;
}

/**
 * Sums up rows as they come, the same way whatever database they come from: values as JSON. PostgreSQL cannot hold U+0000,
 * and has U+FFFD in its place: both count as the same.
 */
export class TableDigest {
  readonly #hash = createHash('sha256');
  #rows = 0;

  add(page: readonly LedgerRow[]): void {
    this.#rows += page.length;
    this.#hash.update(JSON.stringify(page).slice(1, -1).replaceAll(NUL, '\uFFFD')).update(',');
  }

  sum(): TableSum {
    return { rows: this.#rows, digest: this.#hash.digest('hex') };
  }
}

const NUL = '\\u0000';

/** What a stream of rows comes to. */
export async function sumOf(rows: AsyncIterable<readonly LedgerRow[]>): Promise<TableSum> {
  const digest = new TableDigest();
  for await (const page of rows) digest.add(page);
  return digest.sum();
}
