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
  /** A list is none that plazcast wrote last: its lines are perhaps those of other rows by now. */
  readonly isOlder: boolean;
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
  isOlder: false,
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
    const edits = new Edits(record, earlier.value);
    for (const list of lists.changed) {
      const marks = format === 'csv' ? 'marked' : 'unmarked';
      const own = { file: list, marks } as const;
      const read = await readOwnTable(own, columns, REJECTED_COLUMNS, (row) => edits.take(row));
      if (!read.ok) return read;
      edits.endOfList();
      if (edits.size > BOUNDS.mendedRows.value) return failed(tooMany(list));
    }
    const { rows, isEdited } = together(earlier.value, edits);
    const isCurrent = (): boolean => stateOf(places) === state;
    const isKeptCurrent = (): boolean => fileState(places.mended) === keptState;
    const mended = new MendedRows(rows);
    const kept = (): MendedRows => (isEdited || mended.haveMoved ? mended.asKept() : mended);
    const { isOlder } = edits;
    return ok({
      rows: mended,
      isEdited,
      isOlder,
      kept,
      record,
      files: lists.files,
      isCurrent,
      isKeptCurrent,
    });
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

/**
 * The rows of lists that are not as they were written. A list that somebody kept open while the recipients file changed names
 * lines of other rows: one that plazcast did not write last is known by a line that was not rejected then, and that nobody mended,
 * or by a row that stands in another line now. What it says takes nobody's place unless it surely is about that row.
 */
class Edits {
  readonly rows = new Map<number, MendedRow>();
  /** From lists that plazcast did not write last. */
  readonly ofOlder: MendedRow[] = [];
  isOlder = false;
  readonly #record: RejectedRecord | null;
  readonly #earlier: ReadonlyMap<number, readonly MendedRow[]>;
  readonly #written: ReadonlySet<string>;
  /** Of the list that is being read. */
  #ofList = new Map<number, MendedRow>();
  #isOlderList = false;

  constructor(record: RejectedRecord | null, earlier: readonly MendedRow[]) {
    this.#record = record;
    this.#earlier = Map.groupBy(earlier, ({ line }) => line);
    this.#written = new Set([...(record?.rows.values() ?? [])].map(({ written }) => written));
  }

  take({ line, cells, surplus }: OwnRow): Problem | null {
    const known = this.#record?.rows.get(line);
    const digest = digestOf({ cells, surplus });
    if (known?.written === digest || this.#isFull) return null;
    const before = this.#ofList.get(line) ?? this.rows.get(line);
    if (before !== undefined)
      return digestOf(before) === digest ? null : { code: 'mended.line-twice', params: { line } };
    const unsure = this.#record === null;
    const isElsewhere = this.#written.has(digest);
    this.#isOlderList ||= isElsewhere || !(unsure || known !== undefined || this.#isMended(line, digest));
    if (!isElsewhere)
      this.#ofList.set(line, { line, cells, surplus, original: known?.original ?? null, unsure });
    return null;
  }

  /** What was read since the last one is one list. */
  endOfList(): void {
    for (const [line, row] of this.#ofList) {
      if (!this.#isOlderList) this.rows.set(line, row);
      else if (!this.#isMended(line, digestOf(row)))
        this.ofOlder.push({ ...row, original: null, unsure: true });
    }
    this.isOlder ||= this.#isOlderList;
    this.#ofList = new Map();
    this.#isOlderList = false;
  }

  get size(): number {
    return this.rows.size + this.ofOlder.length;
  }

  get #isFull(): boolean {
    return this.size + this.#ofList.size > BOUNDS.mendedRows.value;
  }

  #isMended(line: number, digest: string): boolean {
    const inLine = this.#earlier.get(line) ?? [];
    return inLine.some((row) => [digestOf(row), row.original].includes(digest));
  }
}

function digestOf({ cells, surplus }: Pick<MendedRow, 'cells' | 'surplus'>): string {
  return rowDigest({ cells: cells.map((cell) => cell ?? ''), surplus });
}

/** What was changed last counts, once for each row of the recipients file. */
function together(
  earlier: readonly MendedRow[],
  edits: Edits,
): { readonly rows: readonly MendedRow[]; readonly isEdited: boolean } {
  const rows = new Map(earlier.map((row) => [keyOf(row), row]));
  let isEdited = edits.ofOlder.length > 0;
  for (const edit of edits.rows.values()) {
    const inLine =
      edit.original === null
        ? earlier.filter(({ line, original }) => line === edit.line && original !== null)
        : [];
    const known = inLine.length === 1 ? inLine[0] : rows.get(keyOf(edit));
    // As the recipients file has it, and mended since: this list is older, and what was mended stays.
    if (known !== undefined && [digestOf(known), known.original].includes(digestOf(edit))) continue;
    const original = edit.original ?? known?.original ?? null;
    const row = { ...edit, original, unsure: edit.unsure && original === null };
    rows.set(keyOf(row), row);
    isEdited = true;
  }
  for (const edit of edits.ofOlder) rows.set(keyOf(edit), edit);
  return { rows: [...rows.values()].sort((one, other) => one.line - other.line), isEdited };
}

/** Of those of which nobody knows what they replace, several may name one line: none is lost. */
function keyOf(row: MendedRow): string {
  return `${row.line} ${row.original ?? `? ${digestOf(row)}`}`;
}
