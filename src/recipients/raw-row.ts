import type { Meanings } from '../core/recipient.js';

/** A row as it stands in the file, before anybody asks what its cells mean. */
export interface RawRow {
  /** Line on which the row begins, the first being 1: physical in a text, its number in a sheet. */
  readonly line: number;
  /** The same as a spreadsheet counts; left out: as the line. */
  readonly row?: number;
  readonly cells: readonly string[];
  readonly flaw: RowFlaw | null;
  /** What is wrong with one of its cells; only sheets tell. */
  readonly fault?: CellFault | null;
  /** What its cells mean; only sheets tell. */
  readonly meanings?: Meanings;
}

/**
 * `quote`: text stands behind a closing quotation mark. `oversized`: more cells or text than is kept, and what was
 * left out was not blank.
 */
export type RowFlaw = 'quote' | 'oversized';

/** The first cell of a row that has no value to be sent. */
export interface CellFault {
  readonly index: number;
  /** An error (`#N/A`), a number whose last digits are lost, a formula whose result was not stored. */
  readonly reason: 'cell.error' | 'cell.digits' | 'cell.formula';
}

/** Rows with at least one filled cell. */
export interface RowBatch {
  readonly rows: readonly RawRow[];
  /** False: no cell of these rows can be damaged. */
  readonly suspicious: boolean;
}
