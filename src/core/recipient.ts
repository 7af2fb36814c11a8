import type { Campaign, TextEncoding } from './campaign.js';
import type { Place, Problem, Result } from './problem.js';
import type { TemplateKnowledge, TemplateText } from './template.js';
import type { ValueFault } from './values.js';

/** One variable of a template with its value, ready for the wire. */
export interface Variable {
  readonly variable: string;
  readonly value: string;
}

/** A header attachment with its values filled in. */
export interface Attachment {
  readonly url: string;
  readonly name: string;
}

/**
 * What a workbook knows of cells: the text that is shown, and the day (2026-12-05, perhaps with a time) or the number that it
 * shows. Of a text that one can read alone there need be nothing.
 */
export type Meanings = readonly (readonly [shown: string, meant: string | number])[];

/** A row that can be sent. */
export interface Recipient {
  /** Line on which the row begins, of a text or of a sheet; the header is line 1. */
  readonly line: number;
  /** What goes on the wire: digits with country code, no `+`. */
  readonly phone: string;
  /** Identity of the person behind the phone: digits, equal for every way of writing the same number. */
  readonly person: string;
  /** ISO 3166-1 alpha-2, or `''` where the number does not tell. */
  readonly country: string;
  /** Value of the key column, or `''`. */
  readonly key: string;
  readonly body: readonly Variable[];
  readonly header: readonly Variable[];
  readonly attachment: Attachment | null;
  /** Names of the variables that `fixValues` repaired, such as `body.1`. */
  readonly repaired: readonly string[];
  /** The row as it was read, a cell for each column of `RecipientsFile.columns`. */
  readonly cells: readonly string[];
}

/** Why a row cannot be sent; there is a sentence for each, under `row.` + reason. */
export type RejectionReason =
  | 'phone.missing'
  | 'phone.invalid'
  | 'phone.scientific'
  | 'phone.landline'
  | 'phone.multiple'
  | ValueFault
  | 'columns.mismatch'
  | 'encoding.damaged'
  | 'cell.error'
  | 'cell.digits'
  | 'cell.formula';

/** A row that cannot be sent, with the reason. */
export interface Rejection {
  readonly line: number;
  /** As a spreadsheet counts it, where lines within cells stand above it; left out: as the line. */
  readonly row?: number;
  /** The phone as it was typed. */
  readonly phone: string;
  readonly reason: RejectionReason;
  /** Column or variable the reason speaks of, or `''`. */
  readonly column: string;
  /** The value that was wrong, shortened to one line, or `''`. */
  readonly value: string;
  /** The row as it was read: a cell for each column, and behind them those that it has too many. */
  readonly cells: readonly string[];
  /** Of its cells; left out: nothing. */
  readonly meanings?: Meanings;
}

/** What became of a row: one or the other, never neither. */
export type RowVerdict =
  | { readonly kind: 'recipient'; readonly recipient: Recipient }
  | { readonly kind: 'rejection'; readonly rejection: Rejection };

/** How a table is written in its file. */
export type FileFormat =
  | {
      readonly format: 'csv';
      readonly delimiter: string;
      readonly encoding: TextEncoding;
    }
  | {
      readonly format: 'xlsx';
      readonly sheet: string;
      /** Rows that are not blank and were left out, being hidden by a filter or by hand. */
      readonly hiddenRows: number;
    };

/** What a recipients file turned out to be, known when its first rows are. */
export type RecipientsFile = FileFormat & FileFacts;

interface FileFacts {
  /** The file's own columns, in order; those of an earlier `rejected.csv` are left out. */
  readonly columns: readonly string[];
  readonly phoneColumn: string;
  /** Things that were assumed and that a person should know. */
  readonly notices: readonly Problem[];
}

/** Values of a row by the name of their column. */
export type Cells = ReadonlyMap<string, string>;

/** A row that Liquid could not fill in: which of its variables (`body.1`), and why. */
export interface UnfilledRow {
  readonly ok: false;
  readonly name: string;
  readonly reason: Extract<
    ValueFault,
    'variable.unresolved' | 'variable.number' | 'variable.date' | 'variable.empty'
  >;
  /** What Liquid said, or the text that it could not calculate with. */
  readonly value: string;
  /** Set: no row of the file is to be filled any more. */
  readonly stop?: Problem;
}

/** What Liquid made of one row: its variables in the order of the campaign file, or which of them failed, and why. */
export type RenderedRow =
  | {
      readonly ok: true;
      readonly body: readonly Variable[];
      readonly header: readonly Variable[];
      readonly attachment: Attachment | null;
    }
  | UnfilledRow;

/** Fills a campaign's templates from one row; `cells` holds one text for each of the columns it was prepared with. */
export type RenderRow = (cells: readonly string[], meanings?: Meanings) => RenderedRow;

/**
 * The templates of a campaign file, waiting for the columns of a table. `prepare` is called once for a file, so
 * that a column that is missing is one problem for the file and not one for each row. Columns are matched without
 * regard to case, accents and surrounding space.
 */
export interface RowRenderer {
  /** False: only the attachment is filled, and the columns `body.NAME` and `header.NAME` are the variables. */
  readonly fillsVariables: boolean;
  /** False: values are texts of cells and no more, so that nobody need know what a workbook's cells mean. */
  readonly readsMeanings: boolean;
  prepare(columns: readonly string[]): Result<RenderRow>;
  /** The one column that a value is made of, as the table names it; null: none, or several. `name`: such as `body.1`. */
  columnOf(name: string, columns: readonly string[]): string | null;
}

/** A campaign file that can be used, and what fills its values. */
export interface ReadCampaign {
  readonly campaign: Campaign;
  /**
   * Fills variables and attachment from a row. Null: nothing in the file is a template. With `campaign.variables`
   * null it fills the attachment alone, and body and header come from the columns `body.NAME` and `header.NAME`.
   */
  readonly renderer: RowRenderer | null;
  /** Where a key or an item of a list stands in the campaign file, or the nearest section around it. */
  readonly placeOf: (path: readonly (string | number)[]) => Place;
  /** What is known of its template, once somebody looked; `campaign.text` is its text then. */
  readonly template?: TemplateKnowledge;
}

/** The recipients file of a campaign, whose start was read and found usable; with the rows that a person mended. */
export interface OpenRecipients {
  readonly file: RecipientsFile;
  /**
   * A verdict for every row that is not blank, in the order of the file, in batches of at most 1,000. Memory stays
   * flat; every iteration reads the file anew. Throws `UnusableFile` when the rest of the file turns out unusable:
   * what came before must then be thrown away.
   */
  readonly batches: AsyncIterable<readonly RowVerdict[]>;
  /**
   * SHA-256 of the file's bytes when it was opened, and of its mended rows where there are any, as 64 hexadecimal
   * digits: equal digests are equal rows. Throws `UnusableFile`.
   */
  digest(): Promise<string>;
  /** The same of what the last whole iteration of `batches` read, begun after `digest`; null: none came to its end. */
  digestRead(): string | null;
  /** What `digest` tells once the mended rows that the last iteration found are kept; null: none came to its end. */
  digestKept(): string | null;
  /** What only the last iteration of `batches` could tell, and a person should know. */
  rowNotices(): readonly Problem[];
  /**
   * Writes the rejected rows beside the campaign file, or removes an older list where there are none; then null, else
   * the path. What a person mended in the older list is kept first.
   */
  leaveRejected(
    rejections: AsyncIterable<Rejection>,
    translate: TranslateReason,
  ): Promise<Result<string | null>>;
}

/** A rejected row as a person mended it. */
export interface RowToMend {
  /** As it was rejected. */
  readonly rejection: Rejection;
  /** A cell for each column. */
  readonly cells: readonly string[];
  /** Cells that it still has too many. */
  readonly surplus: readonly string[];
}

/** Why a row cannot be sent, as the sentence for a person. */
export type TranslateReason = (
  reason: RejectionReason,
  cell: { readonly column: string; readonly value: string },
) => string;

/** Goes up when the same file and settings would give other rows than before: phone rules, checks of values, Liquid. */
export const ROW_RULES_VERSION = 6;

/** What a row needs besides its phone. */
export interface RowRules {
  /** null: the columns `body.NAME` and `header.NAME` are the variables, and there is no attachment. */
  readonly render: RowRenderer | null;
  /** True: white space in values is repaired instead of rejected. */
  readonly fixValues: boolean;
  /** The text that the values stand in; null or left out: it is not known. */
  readonly text?: TemplateText | null;
}

/** What tells files from what they were or will be. */
export interface RowsState {
  /** Of those that people write: the campaign file, its list, and its do-not-contact files. */
  readonly sources: string;
  /** Of those that reading the list may write, too: lists of rejected rows, and what was mended. */
  readonly mended: string;
}
