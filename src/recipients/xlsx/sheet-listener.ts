import { BOUNDS } from '../../core/bounds.js';
import type { CellFault } from '../raw-row.js';
import type { Meaning } from './cell-meaning.js';
import type { CellReader, SheetCell } from './cell-value.js';
import type { Pattern } from './pattern-feed.js';
import { StringText, shownText } from './shared-strings.js';
import { WorkbookError } from './workbook-error.js';
import { type Attributes, isTrue, type XmlListener } from './xml-feed.js';

/** A row of a sheet whose shared strings are still numbers. */
export interface SheetRow {
  readonly line: number;
  readonly cells: (string | number)[];
  fault: CellFault | null;
  meanings?: Meaning[];
}

/** Where the listener stands; `elsewhere`: outside of the rows, or in something that belongs to no value. */
type Place = 'elsewhere' | 'rows' | 'row' | 'cell' | 'value' | 'inline';

/** Takes the rows out of a sheet (ECMA-376 part 1, 18.3.1). Throws `WorkbookError` for rows and cells out of their order. */
export class SheetListener implements XmlListener {
  readonly #reader: CellReader;
  readonly #inline = new StringText();
  #rows: SheetRow[] = [];
  #cellCount = 0;
  #hiddenRows = 0;

  #place: Place = 'elsewhere';
  #line = 0;
  #isHidden = false;
  #row: SheetRow = { line: 0, cells: [], fault: null };
  #column = -1;
  #cell: SheetCell = emptyCell();
  #highestString = -1;

  constructor(reader: CellReader) {
    this.#reader = reader;
  }

  /** Rows that are hidden, by a filter or by hand, and not blank. */
  get hiddenRows(): number {
    return this.#hiddenRows;
  }

  /** How many cells the rows have that `take` would give. */
  get cellCount(): number {
    return this.#cellCount;
  }

  /** The rows that came since the last time, but for the hidden ones, and the highest number of their strings. */
  take(): { readonly rows: readonly SheetRow[]; readonly highestString: number } {
    const taken = { rows: this.#rows, highestString: this.#highestString };
    this.#rows = [];
    this.#cellCount = 0;
    this.#highestString = -1;
    return taken;
  }

  /** The cells that can be taken in one go, as Excel and most programs write them. */
  plainCells(): Pattern {
    return {
      begins: '<c ',
      whole: PLAIN_CELL,
      mayStand: () => this.#place === 'row',
      take: ([, r, s, t, value, inline]) => {
        this.#openCell({ r, s, t });
        this.#cell.value = value ?? null;
        if (inline !== undefined) this.#cell.inline = shownText(inline);
        this.#closeCell();
      },
    };
  }

  open(name: string, attributes: Attributes): void {
    switch (this.#place) {
      case 'elsewhere':
        if (name === 'sheetData') this.#place = 'rows';
        break;
      case 'rows':
        if (name === 'row') this.#openRow(attributes);
        break;
      case 'row':
        if (name === 'c') this.#openCell(attributes);
        break;
      case 'cell':
        if (name === 'f') this.#cell.isFormula = true;
        if (name === 'v') this.#place = 'value';
        if (name === 'is') this.#place = 'inline';
        break;
      case 'inline':
        this.#inline.open(name);
        break;
      case 'value':
        throw new WorkbookError('damaged', 'a value with parts');
    }
  }

  text(piece: string): void {
    if (this.#place === 'inline') this.#inline.text(piece);
    if (this.#place !== 'value') return;
    const before = this.#cell.value ?? '';
    if (before.length < BOUNDS.tableCell.value) this.#cell.value = before + piece;
  }

  close(name: string): void {
    switch (this.#place) {
      case 'value':
        this.#place = 'cell';
        break;
      case 'inline':
        this.#inline.close(name);
        if (name !== 'is') break;
        this.#cell.inline = this.#inline.take();
        this.#place = 'cell';
        break;
      case 'cell':
        if (name === 'c') this.#closeCell();
        break;
      case 'row':
        if (name === 'row') this.#closeRow();
        break;
      case 'rows':
        if (name === 'sheetData') this.#place = 'elsewhere';
        break;
      case 'elsewhere':
        break;
    }
  }

  #openRow({ r, hidden }: Attributes): void {
    const line = r === undefined ? this.#line + 1 : Number(r);
    if (!Number.isInteger(line) || line <= this.#line || line > MOST_ROWS) {
      throw new WorkbookError('damaged', 'rows out of order');
    }
    this.#line = line;
    this.#isHidden = isTrue(hidden);
    this.#row = { line, cells: [], fault: null };
    this.#column = -1;
    this.#place = 'row';
  }

  #openCell({ r, s, t }: { readonly [key: string]: string | undefined }): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column <= this.#column || column >= BOUNDS.tableCells.value) {
      throw new WorkbookError('damaged', 'cells out of order');
    }
    this.#column = column;
    this.#cell = { type: t ?? 'n', style: Number(s ?? 0), isFormula: false, value: null, inline: '' };
    this.#place = 'cell';
  }

  #closeCell(): void {
    this.#place = 'row';
    const { value, fault, meaning } = this.#reader.read(this.#cell);
    if (fault !== null) this.#row.fault ??= { index: this.#column, reason: fault };
    if (meaning) this.#noteMeaning(meaning);
    if (value === '' && fault === null) return;
    const { cells } = this.#row;
    while (cells.length < this.#column) cells.push('');
    cells.push(value);
    if (typeof value === 'number' && !this.#isHidden) {
      this.#highestString = Math.max(this.#highestString, value);
    }
  }

  #noteMeaning(meaning: Meaning): void {
    this.#row.meanings ??= [];
    this.#row.meanings.push(meaning);
  }

  #closeRow(): void {
    this.#place = 'rows';
    if (this.#row.cells.length === 0) return;
    if (this.#isHidden) this.#hiddenRows += 1;
    else {
      this.#rows.push(this.#row);
      this.#cellCount += this.#row.cells.length;
    }
  }
}

const PLAIN_CELL =
  /<c(?: r="([A-Z]{1,3}\d{1,7})")?(?: s="(\d{1,6})")?(?: t="(\w{1,9})")?(?:\/>|>(?:<v>([^<&\r]{0,999})<\/v>|<is><t(?: xml:space="preserve")?>([^<&\r]*)<\/t><\/is>)<\/c>)/y;

/** What Excel has. */
const MOST_ROWS = 1_048_576;

function emptyCell(): SheetCell {
  return { type: 'n', style: 0, isFormula: false, value: null, inline: '' };
}

/** `C7` stands in the third column, which is 2. What names no column is -1, which is out of order everywhere. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length && at < 4; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
