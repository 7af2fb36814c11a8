/** A row as it stands in the file, before anybody asks what its cells mean. */
export interface RawRow {
  /** Physical line on which the row begins, the first being 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /**
   * `quote`: text stands behind a closing quotation mark. `oversized`: more cells or text than is kept, and what
   * was left out was not blank.
   */
  readonly flaw: 'quote' | 'oversized' | null;
}

/** Characters kept of one cell: far more than any value may have, so that the cell is still judged as too long. */
const CELL_CHARACTERS = 1 << 16;
const ROW_CHARACTERS = 1 << 21;
const ROW_CELLS = 1 << 14;

const LINE_END = /[\n\r]/;

/** Where the quoted cell under way stands. */
type CellState = 'start' | 'plain' | 'quoted' | 'quote-seen' | 'behind-quote';

/**
 * Cuts text into rows: RFC 4180 with any line end (LF, CRLF, CR, mixed) and one delimiter. Text comes in chunks of
 * any size; memory does not grow with a cell, a row or the file. Blank lines give no row but count as lines.
 *
 * Why not a CSV library: none keeps a cell of any size within bounds, tells the physical line where a quote was
 * opened, and is fast enough with both; the tests hold this one against a library's reading of the same text.
 */
export class RowCutter {
  readonly #delimiter: string;
  #line = 1;
  #skipLineFeed = false;
  #unclosedQuoteAt: number | null = null;
  #rows: RawRow[] = [];

  /** The row under way, when it did not end in the chunk where it began or has quotes. */
  #underWay = false;
  #state: CellState = 'start';
  #rowLine = 1;
  #cells: string[] = [];
  #cell = '';
  #behind = '';
  #quoteLine = 1;
  #endedInReturn = false;
  #rowCharacters = 0;
  #flaw: RawRow['flaw'] = null;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /**
   * The line of a quotation mark that is never closed, or that a later row's mark closes by accident (a cell over
   * several lines with text behind its closing mark). From then on no rows come.
   */
  get unclosedQuoteAt(): number | null {
    return this.#unclosedQuoteAt;
  }

  /** The rows that ended in this chunk. */
  push(text: string): readonly RawRow[] {
    this.#rows = [];
    const marks = new Marks(text, this.#delimiter);
    let at = 0;
    if (this.#skipLineFeed && text.length > 0) {
      if (text.charCodeAt(0) === 0x0a) at = 1;
      this.#skipLineFeed = false;
    }
    while (at < text.length && this.#unclosedQuoteAt === null) {
      at = this.#underWay ? this.#continueRow(marks, at) : this.#nextRow(marks, at);
    }
    return this.#rows;
  }

  /** The last row, when no line end stands behind it. */
  end(): readonly RawRow[] {
    this.#rows = [];
    if (this.#unclosedQuoteAt === null && this.#underWay) {
      if (this.#state === 'quoted') this.#unclosedQuoteAt = this.#quoteLine;
      else if (this.#state !== 'behind-quote' || this.#closeBehindQuote()) this.#endRow();
    }
    return this.#rows;
  }

  /** A row without quotes that ends in this chunk is split in one go; anything else goes the careful way. */
  #nextRow(marks: Marks, at: number): number {
    const lineEnd = marks.lineEnd(at);
    if (lineEnd === at) return this.#passLineEnd(marks, lineEnd);
    if (lineEnd === marks.none || marks.quote(at) < lineEnd || lineEnd - at > CELL_CHARACTERS) {
      this.#beginRow();
      return at;
    }
    const cells = marks.text.substring(at, lineEnd).split(this.#delimiter);
    if (cells.length > ROW_CELLS) {
      this.#beginRow();
      return at;
    }
    this.#rows.push({ line: this.#line, cells, flaw: null });
    return this.#passLineEnd(marks, lineEnd);
  }

  #passLineEnd(marks: Marks, at: number): number {
    this.#line += 1;
    const { text } = marks;
    if (text.charCodeAt(at) !== 0x0d) return at + 1;
    if (at + 1 === text.length) this.#skipLineFeed = true;
    return text.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1;
  }

  #beginRow(): void {
    this.#underWay = true;
    this.#state = 'start';
    this.#rowLine = this.#line;
    this.#cells = [];
    this.#rowCharacters = 0;
    this.#flaw = null;
  }

  #continueRow(marks: Marks, at: number): number {
    switch (this.#state) {
      case 'start':
        return this.#startCell(marks, at);
      case 'quoted':
        return this.#readQuoted(marks, at);
      case 'quote-seen':
        return this.#readBehindQuoteMark(marks, at);
      case 'plain':
      case 'behind-quote':
        return this.#readToCellEnd(marks, at);
    }
  }

  #startCell(marks: Marks, at: number): number {
    this.#cell = '';
    this.#behind = '';
    if (marks.text.charCodeAt(at) !== 0x22) {
      this.#state = 'plain';
      return at;
    }
    this.#state = 'quoted';
    this.#quoteLine = this.#line;
    this.#endedInReturn = false;
    return at + 1;
  }

  #readQuoted(marks: Marks, at: number): number {
    const quote = marks.quote(at);
    const end = Math.min(quote, marks.text.length);
    const piece = marks.text.substring(at, end);
    this.#countLines(piece);
    this.#cell = kept(this.#cell, piece);
    if (quote === marks.none) return end;
    this.#state = 'quote-seen';
    return quote + 1;
  }

  /** A line end inside quotes: a CR whose LF comes with the next chunk is one line end. */
  #countLines(piece: string): void {
    if (piece === '') return;
    if (!this.#endedInReturn && !LINE_END.test(piece)) return;
    let previous = this.#endedInReturn ? 0x0d : 0;
    for (let index = 0; index < piece.length; index += 1) {
      const code = piece.charCodeAt(index);
      if (code === 0x0d || (code === 0x0a && previous !== 0x0d)) this.#line += 1;
      previous = code;
    }
    this.#endedInReturn = previous === 0x0d;
  }

  #readBehindQuoteMark(marks: Marks, at: number): number {
    if (marks.text.charCodeAt(at) === 0x22) {
      this.#cell = kept(this.#cell, '"');
      this.#state = 'quoted';
      this.#endedInReturn = false;
      return at + 1;
    }
    this.#state = 'behind-quote';
    return at;
  }

  #readToCellEnd(marks: Marks, at: number): number {
    const lineEnd = marks.lineEnd(at);
    const cellEnd = Math.min(lineEnd, marks.delimiter(at));
    const end = Math.min(cellEnd, marks.text.length);
    const piece = marks.text.substring(at, end);
    if (this.#state === 'plain') this.#cell = kept(this.#cell, piece);
    else this.#behind = kept(this.#behind, piece);
    if (cellEnd === marks.none) return end;
    if (this.#state === 'behind-quote' && !this.#closeBehindQuote()) return end;
    if (cellEnd === lineEnd) {
      this.#endRow();
      return this.#passLineEnd(marks, lineEnd);
    }
    this.#endCell();
    this.#state = 'start';
    return end + 1;
  }

  /** Blanks behind a closing quote do no harm. False: the quote was not the one that was meant. */
  #closeBehindQuote(): boolean {
    if (this.#behind.trim() === '') return true;
    if (this.#line > this.#quoteLine) {
      this.#unclosedQuoteAt = this.#quoteLine;
      return false;
    }
    this.#cell = kept(this.#cell, `"${this.#behind}`);
    this.#flaw = 'quote';
    return true;
  }

  #endCell(): void {
    this.#rowCharacters += this.#cell.length;
    const fits = this.#cells.length < ROW_CELLS && this.#rowCharacters <= ROW_CHARACTERS;
    if (fits) this.#cells.push(this.#cell);
    else if (this.#cell.trim() !== '') this.#flaw = 'oversized';
    this.#cell = '';
    this.#behind = '';
  }

  #endRow(): void {
    this.#endCell();
    this.#rows.push({ line: this.#rowLine, cells: this.#cells, flaw: this.#flaw });
    this.#underWay = false;
  }
}

/** What is kept of a cell with more text behind it: its first characters. */
function kept(cell: string, piece: string): string {
  const room = CELL_CHARACTERS - cell.length;
  if (room <= 0) return cell;
  return cell + (piece.length > room ? piece.slice(0, room) : piece);
}

/** The next occurrence of each mark in a chunk, searched once however often it is asked for. */
class Marks {
  readonly text: string;
  /** "Not in this chunk": behind every place in it. */
  readonly none: number;
  readonly #delimiterMark: string;
  #lineFeed = -1;
  #return = -1;
  #quote = -1;
  #delimiter = -1;

  constructor(text: string, delimiter: string) {
    this.text = text;
    this.none = text.length + 1;
    this.#delimiterMark = delimiter;
  }

  lineEnd(from: number): number {
    if (this.#lineFeed < from) this.#lineFeed = this.#find('\n', from);
    if (this.#return < from) this.#return = this.#find('\r', from);
    return Math.min(this.#lineFeed, this.#return);
  }

  quote(from: number): number {
    if (this.#quote < from) this.#quote = this.#find('"', from);
    return this.#quote;
  }

  delimiter(from: number): number {
    if (this.#delimiter < from) this.#delimiter = this.#find(this.#delimiterMark, from);
    return this.#delimiter;
  }

  #find(mark: string, from: number): number {
    const found = this.text.indexOf(mark, from);
    return found === -1 ? this.none : found;
  }
}
