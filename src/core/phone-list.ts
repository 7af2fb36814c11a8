import type { TextEncoding } from './campaign.js';
import type { Problem } from './problem.js';
import type { FileFormat, RejectionReason } from './recipient.js';

/** A table of which only the phones matter, such as a do-not-contact list. */
export interface PhoneListSource {
  readonly file: string;
  /** Name of the phone column, or null to recognise it. */
  readonly phoneColumn: string | null;
  /** For numbers without a country code; null: every number needs its own. */
  readonly country: string | null;
  readonly delimiter: string | null;
  readonly encoding: TextEncoding | null;
  /** Folder of the campaign file that names the file; left out: a person named it. */
  readonly within?: string;
}

/** What the start of a table shows. */
export interface TableHeader {
  readonly columns: readonly string[];
  /** The columns that look like the phone: with exactly one there is no question. */
  readonly phoneColumns: readonly string[];
  readonly notices: readonly Problem[];
  /** The first rows that are not blank, a cell for each column. */
  readonly firstRows: readonly (readonly string[])[];
  /** Each of them goes on to the right of the last column: a title stands where the names of the columns should. */
  readonly isTitled: boolean;
}

/** A sheet of a workbook. */
export interface SheetName {
  readonly name: string;
  /** False: hidden by whoever made it. */
  readonly visible: boolean;
}

/** The start of a table, and how it is written. */
export interface TableLook extends TableHeader {
  readonly format: FileFormat;
  /** In the order of their tabs; none of a text. */
  readonly sheets: readonly SheetName[];
}

/** A row of the list: a phone with its identity, or why there is none. `cells` fit the list's columns. */
export type PhoneListRow =
  | {
      readonly ok: true;
      readonly line: number;
      readonly phone: string;
      readonly person: string;
      readonly country: string;
      readonly cells: readonly string[];
    }
  | {
      readonly ok: false;
      readonly line: number;
      readonly typed: string;
      readonly reason: RejectionReason;
      readonly cells: readonly string[];
    };

/** A list whose start was read and found usable. */
export interface OpenPhoneList {
  /** Empty when the file has no header: then every line is a number. */
  readonly columns: readonly string[];
  readonly notices: readonly Problem[];
  /** A row for every line that is not blank, in batches, with flat memory. Throws `UnusableFile`. */
  readonly batches: AsyncIterable<readonly PhoneListRow[]>;
}
