/** A moment on a local clock: days since 1899-12-30 with their fraction, as spreadsheets count. */
export interface Moment {
  readonly days: number;
}

/** A text in bold, over what follows. */
export interface Heading {
  readonly heading: string;
}

/** What a cell holds. A text stays a text, whatever it looks like; a number is finite; null and the empty text leave the cell out. */
export type Cell = string | number | Moment | Heading | null;

/** Cells from the first column on. */
export type Row = readonly Cell[];

/** A sheet of a workbook. */
export interface Sheet {
  /** At most 25 characters, none of `[]:*?/\`, and no other sheet's. A sheet that goes on has a number behind it. */
  readonly name: string;
  /** Names of the columns: they stay on the screen, with a filter, also where the sheet goes on. null: the rows stand alone. */
  readonly header: readonly string[] | null;
  /** In batches, read once. */
  readonly rows: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

const DAY_MS = 86_400_000;
const DAYS_TO_1970 = 25_569;

/**
 * A moment as a clock shows it that is so far ahead of UTC; whole seconds, as they are shown.
 *
 * @param at epoch milliseconds
 */
export function momentCell(at: number, offsetMs: number): Moment {
  return { days: (Math.floor(at / 1000) * 1000 + offsetMs) / DAY_MS + DAYS_TO_1970 };
}
