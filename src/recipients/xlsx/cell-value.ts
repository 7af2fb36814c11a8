import type { CellFault } from '../raw-row.js';
import type { Meaning } from './cell-meaning.js';
import { type NumberText, numberTextOf } from './number-text.js';
import type { Workbook } from './workbook.js';
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
  /** What the text means. */
  readonly meaning?: Meaning | null;
}

/** Reads cells of one workbook as its sheets show them. */
export class CellReader {
  readonly #formats: readonly string[];
  readonly #from1904: boolean;
  readonly #isStale: boolean;
  readonly #withMeanings: boolean;
  readonly #shown = new Map<string, (value: number) => NumberText>();

  /** @param withMeanings whether what a shown text means is told */
  constructor(
    formats: readonly string[],
    { from1904, isStale }: Pick<Workbook, 'from1904' | 'isStale'>,
    withMeanings: boolean,
  ) {
    this.#formats = formats;
    this.#from1904 = from1904;
    this.#isStale = isStale;
    this.#withMeanings = withMeanings;
  }

  /** Excel leaves a cell empty where it has no value; a program may leave out what a formula gives. */
  read(cell: SheetCell): CellValue {
    return cell.isFormula && this.#isStale ? { value: '', fault: 'cell.formula' } : this.#value(cell);
  }

  #value({ type, style, isFormula, value, inline }: SheetCell): CellValue {
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
    return shown(this.#show(this.#formats[style] ?? 'General')(value));
  }

  /**
   * A date or a time as ISO 8601 writes it, which some programs write: whichever days are counted from, its format shows
   * it. A zone behind it says nothing: the sheet shows the clock that is written.
   */
  #day(written: string, style: number): CellValue {
    const [, day, clock] = ISO_8601.exec(written) ?? [];
    const at = Date.parse(`${day ?? '1970-01-01'}T${clock ?? '00:00'}Z`);
    if (Number.isNaN(at) || (day === undefined && clock === undefined)) return fine(written);
    const days = at / DAY_MS + (this.#from1904 ? DAYS_TO_1904 : DAYS_TO_1900);
    const code = this.#formats[style] ?? 'General';
    if (day === undefined) return shown(this.#show(code === 'General' ? 'h:mm' : code)(at / DAY_MS));
    return shown(this.#show(code === 'General' ? 'dd/mm/yyyy' : code)(days));
  }

  #show(code: string): (value: number) => NumberText {
    let show = this.#shown.get(code);
    if (show === undefined) {
      show = numberTextOf(code, this.#from1904, this.#withMeanings);
      this.#shown.set(code, show);
    }
    return show;
  }
}

const ISO_8601 = /^(?:(\d{4}-\d\d-\d\d)(?:T(?=\d)|$))?(?:(\d\d:[\d:.]+)(?:Z|[+-]\d\d:\d\d)?)?$/u;
const DAY_MS = 86_400_000;
/** From the day that the days of a sheet are counted from to 1970. */
const DAYS_TO_1900 = 25_569;
const DAYS_TO_1904 = 24_107;

function shown({ text, lost, meaning }: NumberText): CellValue {
  return { value: text, fault: lost ? 'cell.digits' : null, meaning };
}

function fine(value: string | number): CellValue {
  return { value, fault: null };
}
