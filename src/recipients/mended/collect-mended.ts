import { BOUNDS } from '../../core/bounds.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { FileFormat } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import { fileState } from '../../files/file-identity.js';
import { ordinarySize } from '../../files/ordinary-file.js';
import { REJECTED_COLUMNS } from '../columns.js';
import { type MendedRow, MendedRows, rowDigest } from './mended-rows.js';
import { type OwnRow, readOwnTable } from './own-table.js';
import type { MendedPlaces } from './places.js';
import { isOrdinary, type RejectedRecord, readRecord, recorded } from './rejected-record.js';

/** What `mended.csv` adds behind the columns of the recipients file. */
export const MENDED_COLUMNS = ['line', 'original'] as const;
/** Stands for `original` where it is not known whether a person changed the row. */
export const UNSURE = '?';

/** The mended rows of a campaign, and what their files were like when they were read. */
export interface Collected {
  readonly rows: MendedRows;
  /** A person changed something that does not stand in `mended.csv` yet. */
  readonly isEdited: boolean;
  /** Those that the next reading of these files finds, once what the last one found is kept. */
  kept(): MendedRows;
  readonly record: RejectedRecord | null;
  /** SHA-256 of the lists that were looked through, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** The list of rejected rows is still the one that was looked through. */
  isCurrent(): boolean;
  /** `mended.csv` is still the one that was read: no other process kept a row there since. */
  isKeptCurrent(): boolean;
}

const NO_ROWS = new MendedRows([]);

/** Where nothing can have been mended. */
export const NOTHING_MENDED: Collected = {
  rows: NO_ROWS,
  isEdited: false,
  kept: () => NO_ROWS,
  record: null,
  files: new Map(),
  isCurrent: () => true,
  isKeptCurrent: () => true,
};

/**
 * The rows that a person mended: those kept in `mended.csv`, and those changed since in a list of rejected rows, in
 * whatever form it was saved. Nothing is written.
 *
 * @param format of the recipients file, in which plazcast writes the list, too: a workbook has no marks, also where somebody saved it as a text
 */
export async function collectMended(
  places: MendedPlaces,
  columns: readonly string[],
  format: FileFormat['format'],
): Promise<Result<Collected>> {
  const state = stateOf(places);
  const keptState = fileState(places.mended);
  try {
    const earlier = await earlierRows(places.mended, columns);
    if (!earlier.ok) return earlier;
    const lists = await changedLists(places);
    const withRows = lists.changed.length > 0 || earlier.value.length > 0;
    const record = await readRecord(places.record, withRows);
    const edits = new Edits(record);
    for (const list of lists.changed) {
      const marks = format === 'csv' ? 'marked' : 'unmarked';
      const own = { file: list, marks } as const;
      const read = await readOwnTable(own, columns, REJECTED_COLUMNS, (row) => edits.take(row));
      if (!read.ok) return read;
      if (edits.rows.size > BOUNDS.mendedRows.value) return failed(tooMany(list));
    }
    const { rows, isEdited } = together(earlier.value, [...edits.rows.values()]);
    const isCurrent = (): boolean => stateOf(places) === state;
    const isKeptCurrent = (): boolean => fileState(places.mended) === keptState;
    const mended = new MendedRows(rows);
    const kept = (): MendedRows => (isEdited || mended.haveMoved ? mended.asKept() : mended);
    return ok({ rows: mended, isEdited, kept, record, files: lists.files, isCurrent, isKeptCurrent });
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
}

function tooMany(file: string): Problem {
  return { code: 'mended.too-many', params: { most: BOUNDS.mendedRows.value }, at: { file } };
}

function stateOf({ lists }: MendedPlaces): string {
  return lists.map(fileState).join();
}

/** The rows that `mended.csv` has; none where there is no such file. Throws `UnusableFile`. */
export async function earlierRows(
  path: string,
  columns: readonly string[],
): Promise<Result<readonly MendedRow[]>> {
  if (!(await isOrdinary(path))) return ok([]);
  const rows: MendedRow[] = [];
  const own = { file: path, marks: 'marked' } as const;
  const read = await readOwnTable(own, columns, MENDED_COLUMNS, ({ line, cells, surplus, added }) => {
    const [original = ''] = added;
    if (rows.length > BOUNDS.mendedRows.value) return null;
    const unsure = original === UNSURE;
    rows.push({ line, cells, surplus, original: unsure || original === '' ? null : original, unsure });
    return null;
  });
  if (!read.ok) return read;
  return rows.length > BOUNDS.mendedRows.value ? failed(tooMany(path)) : ok(rows);
}

/** The lists that are not as plazcast wrote or last read them. */
async function changedLists({ lists, record }: MendedPlaces): Promise<{
  readonly changed: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}> {
  const known = (await readRecord(record, false))?.files;
  const files = new Map<string, string>();
  const changed: string[] = [];
  for (const list of lists) {
    // One without a byte holds nothing that a person mended.
    if (!(await isOrdinary(list)) || (await ordinarySize(list)) === 0) continue;
    const [name, digest] = await recorded(list);
    files.set(name, digest);
    if (known?.get(name) !== digest) changed.push(list);
  }
  return { changed, files };
}

/** The rows of a list that are not as they were written. */
class Edits {
  readonly rows = new Map<number, MendedRow>();
  readonly #record: RejectedRecord | null;

  constructor(record: RejectedRecord | null) {
    this.#record = record;
  }

  take({ line, cells, surplus }: OwnRow): Problem | null {
    const known = this.#record?.rows.get(line);
    const digest = digestOf({ cells, surplus });
    if (known?.written === digest || this.rows.size > BOUNDS.mendedRows.value) return null;
    const before = this.rows.get(line);
    if (before !== undefined)
      return digestOf(before) === digest ? null : { code: 'mended.line-twice', params: { line } };
    const unsure = this.#record === null;
    this.rows.set(line, { line, cells, surplus, original: known?.original ?? null, unsure });
    return null;
  }
}

function digestOf({ cells, surplus }: Pick<MendedRow, 'cells' | 'surplus'>): string {
  return rowDigest({ cells: cells.map((cell) => cell ?? ''), surplus });
}

/** What was changed last counts, once for each row of the recipients file. */
function together(
  earlier: readonly MendedRow[],
  edits: readonly MendedRow[],
): { readonly rows: readonly MendedRow[]; readonly isEdited: boolean } {
  const rows = new Map(earlier.map((row) => [keyOf(row), row]));
  let isEdited = false;
  for (const edit of edits) {
    const inLine = edit.original === null ? earlier.filter(({ line }) => line === edit.line) : [];
    const known = inLine.length === 1 ? inLine[0] : rows.get(keyOf(edit));
    // As the recipients file has it, and mended since: this list is older, and what was mended stays.
    if (known !== undefined && [digestOf(known), known.original].includes(digestOf(edit))) continue;
    const original = edit.original ?? known?.original ?? null;
    const row = { ...edit, original, unsure: edit.unsure && original === null };
    rows.set(keyOf(row), row);
    isEdited = true;
  }
  return { rows: [...rows.values()].sort((one, other) => one.line - other.line), isEdited };
}

function keyOf({ line, original }: MendedRow): string {
  return `${line} ${original ?? ''}`;
}
