import type { CellFault } from '../raw-row.js';
import { type NumberText, numberTextOf } from './number-text.js';
import { unescaped } from './xml-feed.js';

/** A cell as it stands in the sheet. */
export interface SheetCell {
  /** `n`, `s`, `str`, `inlineStr`, `b`, `e`, `d`; what else there may be is taken for text. */
  type: string;
  /** Index into the formats of the workbook. */
  style: number;
  isFormula: boolean;
  /** null: there is none. */
  value: string | null;
  /** Text that stands in the cell itself. */
  inline: string;
}

/** What a cell shows, and what is wrong with it. A number: the index of a shared string. */
export interface CellValue {
  readonly value: string | number;
  readonly fault: CellFault['reason'] | null;
}

/** Reads cells of one workbook as its sheets show them. */
export class CellReader {
  readonly #formats: readonly string[];
  readonly #from1904: boolean;
  readonly #shown = new Map<string, (value: number) => NumberText>();

  constructor(formats: readonly string[], from1904: boolean) {
    this.#formats = formats;
    this.#from1904 = from1904;
  }

  /** Excel leaves a cell empty where it has no value; a program may leave out what a formula gives. */
  read({ type, style, isFormula, value, inline }: SheetCell): CellValue {
    if (type === 'inlineStr') return fine(inline);
    if (value === null || value === '') {
      return { value: '', fault: isFormula && type !== 'str' ? 'cell.formula' : null };
    }
    switch (type) {
      case 's':
        return /^\s*\d{1,9}\s*$/u.test(value) ? fine(Number(value)) : { value, fault: 'cell.error' };
      case 'n':
        return this.#number(value, style);
      case 'b':
        return fine(value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE');
      case 'e':
        return { value, fault: 'cell.error' };
      case 'd':
        return this.#day(value, style);
      default:
        return fine(unescaped(value));
    }
  }

  #number(written: string, style: number): CellValue {
    const value = written.trim() === '' ? Number.NaN : Number(written);
    if (!Number.isFinite(value)) return fine(written);
    const { text, lost } = this.#show(style)(value);
    return { value: text, fault: lost ? 'cell.digits' : null };
  }

  /** A date as ISO 8601 writes it, which some programs write: whichever days are counted from, its format shows it. */
  #day(written: string, style: number): CellValue {
    const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?$/u.test(written)
      ? Date.parse(`${written.length === 10 ? `${written}T00:00` : written}Z`)
      : Number.NaN;
    if (Number.isNaN(at)) return fine(written);
    const days = at / DAY_MS + (this.#from1904 ? DAYS_TO_1904 : DAYS_TO_1900);
    return fine(this.#show(style)(days).text);
  }

  #show(style: number): (value: number) => NumberText {
    const code = this.#formats[style] ?? 'General';
    let show = this.#shown.get(code);
    if (show === undefined) {
      show = numberTextOf(code, this.#from1904);
      this.#shown.set(code, show);
    }
    return show;
  }
}

const DAY_MS = 86_400_000;
/** From the day that the days of a sheet are counted from to 1970. */
const DAYS_TO_1900 = 25_569;
const DAYS_TO_1904 = 24_107;

function fine(value: string | number): CellValue {
  return { value, fault: null };
}
