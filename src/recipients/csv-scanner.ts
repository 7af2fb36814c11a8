import { BOUNDS } from '../core/bounds.js';
import type { RowFlaw } from './raw-row.js';

/** A row before its cells are told apart. */
export interface FoundRow {
  /** Physical line on which the row begins, the first being 1. */
  readonly line: number;
  /** The same as a spreadsheet counts, to which lines within a cell are no rows. */
  readonly row: number;
  /** Its cells as well-formed CSV, without the line end: every opening quotation mark has its closing one. */
  readonly text: string;
  readonly flaw: RowFlaw | null;
}

const CELL_CHARACTERS = BOUNDS.tableCell.value;
const ROW_CHARACTERS = BOUNDS.tableRow.value;
const ROW_CELLS = BOUNDS.tableCells.value;

const QUOTE_OR_LINE_END = /["\r\n]/g;

/** Where the row under way stands; `between`: there is none. */
type State = 'between' | 'cell-start' | 'plain' | 'quoted' | 'quote-seen' | 'behind-quote';

/**
 * Finds where rows begin and end: with any line end (LF, CRLF, CR, mixed) outside quotes. Text comes in chunks of any
 * size; memory does not grow with a cell, a row or the file. Blank lines give no row but count as lines.
 *
 * It does what csv-parse does not do: keep a cell of any size within bounds, tell the physical line of a row and of
 * a quotation mark that is never closed, and go on behind a row with a stray one.
 */
export class CsvScanner {
  readonly #delimiter: string;
  readonly #cellEnd: RegExp;
  #line = 1;
  /** Lines so far that lie within a row. */
  #linesWithin = 0;
  #unclosedQuoteAt: number | null = null;
  #found: FoundRow[] = [];
  /** A CR at the end of a chunk waits for its LF. */
  #waiting = '';

  #state: State = 'between';
  #rowLine = 1;
  #row = '';
  #cells = 0;
  #rowCharacters = 0;
  #flaw: RowFlaw | null = null;

  /** The cell under way as it stands in the file, without its outer quotation marks. */
  #cell = '';
  #cellCharacters = 0;
  #behind = '';
  /** null: the cell is not quoted. */
  #quoteLine: number | null = null;

  /** `delimiter`: one character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#cellEnd = new RegExp(`[\\r\\n\\u${delimiter.charCodeAt(0).toString(16).padStart(4, '0')}]`, 'g');
  }

  /**
   * The line of a quotation mark that is never closed, or that a later row's mark closes by accident (a cell over
   * several lines with text behind its closing mark). From then on no rows come.
   */
  get unclosedQuoteAt(): number | null {
    return this.#unclosedQuoteAt;
  }

  /** The rows that ended in this chunk. */
  push(text: string): readonly FoundRow[] {
    this.#found = [];
    const whole = this.#waiting + text;
    this.#waiting = whole.endsWith('\r') ? '\r' : '';
    this.#scan(this.#waiting === '' ? whole : whole.slice(0, -1));
    return this.#found;
  }

  /** The last row, when no line end stands behind it. */
  end(): readonly FoundRow[] {
    this.#found = [];
    this.#scan(this.#waiting);
    this.#waiting = '';
    if (this.#unclosedQuoteAt !== null || this.#state === 'between') return this.#found;
    if (this.#state === 'quoted') this.#unclosedQuoteAt = this.#quoteLine;
    else if (this.#endCell()) this.#endRow();
    return this.#found;
  }

  #scan(text: string): void {
    let at = 0;
    while (at < text.length && this.#unclosedQuoteAt === null) at = this.#step(text, at);
  }

  #step(text: string, at: number): number {
    switch (this.#state) {
      case 'between':
        return this.#nextRow(text, at);
      case 'cell-start':
        return this.#startCell(text, at);
      case 'quoted':
        return this.#readQuoted(text, at);
      case 'quote-seen':
        return this.#readQuoteSeen(text, at);
      case 'plain':
      case 'behind-quote':
        return this.#readToCellEnd(text, at);
    }
  }

  /** A short row without quotes that ends in this chunk is taken in one go; any other is followed cell by cell. */
  #nextRow(text: string, at: number): number {
    const end = firstOf(QUOTE_OR_LINE_END, text, at);
    if (end < text.length && text[end] !== '"' && end - at < ROW_CELLS) {
      if (end > at) this.#found.push(this.#foundAt(this.#line, text.substring(at, end), null));
      return this.#passLineEnd(text, end);
    }
    this.#state = 'cell-start';
    this.#rowLine = this.#line;
    return at;
  }

  #passLineEnd(text: string, at: number): number {
    this.#line += 1;
    return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
  }

  #startCell(text: string, at: number): number {
    if (text[at] !== '"') {
      this.#state = 'plain';
      return at;
    }
    this.#state = 'quoted';
    this.#quoteLine = this.#line;
    return at + 1;
  }

  #readQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    const piece = text.substring(at, end);
    this.#line += piece.match(/\r\n?|\n/g)?.length ?? 0;
    this.#keep(piece);
    if (quote === -1) return end;
    this.#state = 'quote-seen';
    return quote + 1;
  }

  #readQuoteSeen(text: string, at: number): number {
    if (text[at] !== '"') {
      this.#state = 'behind-quote';
      return at;
    }
    this.#keep('""', 1);
    this.#state = 'quoted';
    return at + 1;
  }

  #readToCellEnd(text: string, at: number): number {
    const end = firstOf(this.#cellEnd, text, at);
    const piece = text.substring(at, end);
    if (this.#state === 'plain') this.#keep(piece);
    else this.#behind += cut(piece, CELL_CHARACTERS - this.#behind.length);
    if (end === text.length || !this.#endCell()) return end;
    if (text[end] === this.#delimiter) return end + 1;
    this.#endRow();
    return this.#passLineEnd(text, end);
  }

  /** `counted`: the characters that the piece stands for. */
  #keep(piece: string, counted = piece.length): void {
    const room = CELL_CHARACTERS - this.#cellCharacters;
    if (room <= 0) return;
    this.#cell += counted > room ? cut(piece, room) : piece;
    this.#cellCharacters += Math.min(counted, room);
  }

  /** False: the quotation mark behind the cell was not the one that was meant to close it. */
  #endCell(): boolean {
    const stray = this.#behind.trim() !== '';
    if (stray && this.#line > (this.#quoteLine ?? this.#line)) {
      this.#unclosedQuoteAt = this.#quoteLine;
      return false;
    }
    if (stray) this.#keepStray();
    this.#rowCharacters += this.#cellCharacters;
    if (this.#cells < ROW_CELLS && this.#rowCharacters <= ROW_CHARACTERS) {
      if (this.#cells > 0) this.#row += this.#delimiter;
      this.#row += this.#quoteLine === null ? this.#cell : `"${this.#cell}"`;
      this.#cells += 1;
    } else if (this.#cell.trim() !== '') this.#flaw = 'oversized';
    this.#cell = '';
    this.#cellCharacters = 0;
    this.#behind = '';
    this.#quoteLine = null;
    this.#state = 'cell-start';
    return true;
  }

  /** The mark that was taken for a closing one, and the text behind it, become part of the cell. */
  #keepStray(): void {
    this.#flaw = 'quote';
    this.#keep('""', 1);
    const behind = cut(this.#behind, CELL_CHARACTERS - this.#cellCharacters);
    this.#keep(behind.replaceAll('"', '""'), behind.length);
  }

  #foundAt(line: number, text: string, flaw: RowFlaw | null): FoundRow {
    return { line, row: line - this.#linesWithin, text, flaw };
  }

  #endRow(): void {
    this.#found.push(this.#foundAt(this.#rowLine, this.#row, this.#flaw));
    this.#linesWithin += this.#line - this.#rowLine;
    this.#state = 'between';
    this.#row = '';
    this.#cells = 0;
    this.#rowCharacters = 0;
    this.#flaw = null;
  }
}

/** The place of the first of some marks at or behind `at`; the text's length: there is none. */
function firstOf(marks: RegExp, text: string, at: number): number {
  marks.lastIndex = at;
  return marks.test(text) ? marks.lastIndex - 1 : text.length;
}

/** The start of a text, without half of a surrogate pair at its end. */
function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return text.slice(0, Math.max(0, characters)).replace(/[\ud800-\udbff]$/, '');
}
