import { createHash } from 'node:crypto';
import type { TableRow } from '../table.js';
import { isDamaged } from '../text.js';

/** A row that a person mended, in place of one of the recipients file. */
export interface MendedRow {
  /** Line of the row that it replaces, as it was when that row was rejected. */
  readonly line: number;
  /** A cell for each column of the recipients file; null: what stands there. */
  readonly cells: readonly (string | null)[];
  /** Cells that it has too many. */
  readonly surplus: readonly string[];
  /** `rowDigest` of the row that it replaces; null: whichever stands in its line. */
  readonly original: string | null;
  /** It is not known whether a person changed it: it replaces only a row that it resembles and that cannot be sent. */
  readonly unsure: boolean;
}

/** What tells a row from one that was changed, in 64 bits: equal digests are equal cells. */
export function rowDigest({ cells, surplus }: Pick<TableRow, 'cells' | 'surplus'>): string {
  return createHash('sha256')
    .update(JSON.stringify([...cells, ...surplus]))
    .digest('hex')
    .slice(0, 16);
}

/** The row, or the mended one that stands for it. */
export type Mend = (row: TableRow) => TableRow;

/** A mended row that took the place of one of the file. */
interface Applied {
  readonly mended: MendedRow;
  readonly original: string;
  readonly row: TableRow;
}

/**
 * The mended rows of a recipients file. One replaces the row of its line while that is the row that was rejected; else an
 * equal one elsewhere, where rows were put in or taken out above it. A row that was itself changed since stays as it is.
 */
export class MendedRows {
  readonly all: readonly MendedRow[];
  #applied = new Map<number, Applied>();
  /** Changed nothing: what they say stands in the file itself. */
  #needless = new Set<MendedRow>();

  constructor(all: readonly MendedRow[]) {
    this.all = all;
  }

  /**
   * Begins a reading of the file. `rows` are its rows, read once more beforehand: only so it is known which mended row
   * has its row in another line. `isSendable` tells whether a row can be sent as it is.
   */
  async read(
    rows: () => AsyncIterable<readonly TableRow[]>,
    isSendable: (row: TableRow) => boolean,
  ): Promise<Mend> {
    const applied = new Map<number, Applied>();
    const needless = new Set<MendedRow>();
    this.#applied = applied;
    this.#needless = needless;
    if (this.all.length === 0) return (row) => row;
    const located = await locate(this.all, rows());
    const named = new Map(this.all.filter(({ original }) => original === null).map((row) => [row.line, row]));
    return (row) => {
      const mended = located.get(row.line) ?? fitting(named.get(row.line), row, isSendable);
      if (mended === null) return row;
      const original = rowDigest(row);
      const replaced = replacing(row, mended);
      if (rowDigest(replaced) === original) {
        needless.add(mended);
        return row;
      }
      applied.set(row.line, { mended, original, row: replaced });
      return replaced;
    };
  }

  /** A digest of the file's rows together with these: the file's own where there are none. */
  digestWith(fileDigest: string): string {
    if (this.all.length === 0) return fileDigest;
    const hash = createHash('sha256').update(fileDigest);
    for (const { line, cells, surplus, original } of this.all)
      hash.update(JSON.stringify([original ?? line, cells, surplus]));
    return hash.digest('hex');
  }

  /** As the last reading found them: what each replaces and where is known, and what changes nothing is left out. */
  found(): readonly MendedRow[] {
    const applied = new Map([...this.#applied.values()].map((found) => [found.mended, found]));
    return this.all
      .filter((mended) => !this.#needless.has(mended))
      .map((mended) => {
        const known = applied.get(mended);
        if (known === undefined) return mended;
        const { line, cells, surplus } = known.row;
        return { line, cells, surplus, original: known.original, unsure: false };
      });
  }

  /** These as a file that keeps them gives them back. */
  asKept(): MendedRows {
    const rows = this.found().map((row) => ({ ...row, cells: row.cells.map((cell) => cell ?? '') }));
    return new MendedRows(rows.sort((one, other) => one.line - other.line));
  }

  /** Whether the last reading found one in another line, or what one replaces that was unsure. */
  get haveMoved(): boolean {
    return [...this.#applied.values()].some(({ mended, row }) => mended.unsure || mended.line !== row.line);
  }

  /** Digest of the row that stood in this line of the file before a mended one took its place; null: none did. */
  originalAt(line: number): string | null {
    return this.#applied.get(line)?.original ?? null;
  }

  /** How many replaced a row in the last reading. */
  get applied(): number {
    return this.#applied.size;
  }

  /** How many replace no row of the file any more. */
  get unused(): number {
    const used = new Set([...this.#applied.values()].map(({ mended }) => mended));
    return this.all.filter((mended) => !used.has(mended) && !this.#needless.has(mended) && !mended.unsure)
      .length;
  }
}

/** Which mended row belongs to which line: first those whose row is where it was, then the others in the order of the file. */
async function locate(
  all: readonly MendedRow[],
  batches: AsyncIterable<readonly TableRow[]>,
): Promise<ReadonlyMap<number, MendedRow>> {
  const byOriginal = Map.groupBy(all, ({ original }) => original ?? '');
  const lines = new Map<string, number[]>();
  for await (const rows of batches) {
    for (const row of rows) {
      const digest = rowDigest(row);
      if (byOriginal.has(digest)) lines.set(digest, [...(lines.get(digest) ?? []), row.line]);
    }
  }
  const located = new Map<number, MendedRow>();
  for (const [digest, found] of lines) {
    const mended = byOriginal.get(digest) ?? [];
    const exact = mended.filter(({ line }) => found.includes(line));
    for (const row of exact) located.set(row.line, row);
    const free = found.filter((line) => !located.has(line));
    const moved = mended.filter((row) => !exact.includes(row));
    for (const [index, line] of free.slice(0, moved.length).entries()) {
      const row = moved[index];
      if (row !== undefined) located.set(line, row);
    }
  }
  return located;
}

/** A mended row of which only the line is known. */
function fitting(
  named: MendedRow | undefined,
  row: TableRow,
  isSendable: (row: TableRow) => boolean,
): MendedRow | null {
  if (named === undefined) return null;
  return named.unsure && (!resembles(row, named) || isSendable(row)) ? null : named;
}

function replacing(row: TableRow, { cells, surplus }: MendedRow): TableRow {
  const own = row.cells.map((cell, index) => cells[index] ?? cell);
  const misfit = surplus.length === 0 ? null : `${own.length + surplus.length}/${own.length}`;
  // Such as `#N/A`, as long as it stands there.
  const isMended = row.fault === null || own[row.fault.index] !== row.cells[row.fault.index];
  const fault = isMended ? null : row.fault;
  return { ...row, cells: own, surplus, misfit, damaged: own.some(isDamaged), fault };
}

/** Half of the cells are the same; a table of one column has nothing else to tell by than the line. */
function resembles({ cells }: TableRow, mended: MendedRow): boolean {
  const same = cells.filter((cell, index) => cell === mended.cells[index]).length;
  return same >= Math.floor(cells.length / 2);
}
