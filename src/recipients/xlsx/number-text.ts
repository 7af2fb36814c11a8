import { format, isDateFormat } from 'numfmt';
import { BOUNDS } from '../../core/bounds.js';
import { dayFrom, type Meaning, numberShown } from './cell-meaning.js';

/** A number as text; `lost`: it has more digits than a spreadsheet keeps, so that the last ones are not those typed. */
export interface NumberText {
  readonly text: string;
  readonly lost: boolean;
  /** null: the text says it, nobody asked, or the format shows another number than the cell has. */
  readonly meaning: Meaning | null;
}

/** Excel keeps 15 digits; what has more ends in zeros. */
const FIRST_WITH_16_DIGITS = 1e15;
const DAYS_FROM_1900_TO_1904 = 1462;
/** What shows a whole number as it is, were the column wide enough. */
const PLAIN = /^(?:General|@|0|#|0?\.?0*#*E[+-]0+)$/iu;
const ELAPSED = /\[[hms]+\]/iu;
/** A currency or language behind a sign, `[$S/-280A]`: Excel writes the sign, and numbers as the machine does. */
const SIGN = /\[\$([^\]-]*)(?:-[^\]]*)?\]/gu;

/**
 * Names of months and days where the format names no language, and the marks in numbers (1,234.50): those of Mexico and
 * Peru. A workbook does not tell in which language it was shown.
 */
const SHOWN_AS = { locale: 'es_MX', dateSpanLarge: false, dateErrorThrows: true, fillChar: ' ' } as const;

/** How many values of one format are remembered: dates and amounts come again and again, and numfmt takes 2 µs for each. */
const REMEMBERED = 4096;

/**
 * Shows the numbers of one format code as the sheet does; whole numbers without a format of their own keep all digits,
 * however narrow their column is. What a sheet shows as `####`, such as a day before 1900, is the bare number.
 */
export function numberTextOf(
  code: string,
  from1904: boolean,
  withMeaning: boolean,
): (value: number) => NumberText {
  const show = shownBy(code, from1904);
  const isPlain = PLAIN.test(code);
  const meant = isDateCode(code) ? dayFrom(from1904) : numberShown;
  let known = new Map<number, NumberText>();
  return (value) => {
    if (Number.isInteger(value)) {
      if (Math.abs(value) >= FIRST_WITH_16_DIGITS) return { text: general(value), lost: true, meaning: null };
      if (isPlain) return { text: String(value), lost: false, meaning: null };
    }
    const before = known.get(value);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known = new Map();
    const text = show(value);
    const meaning = withMeaning ? meant(text, value) : null;
    const shown = { text, lost: false, meaning: meaning === null ? null : ([text, meaning] as const) };
    known.set(value, shown);
    return shown;
  };
}

function isDateCode(code: string): boolean {
  return code.length <= BOUNDS.workbookFormat.value && (withoutFail(() => isDateFormat(code)) ?? false);
}

function shownBy(code: string, from1904: boolean): (value: number) => string {
  if (code.length > BOUNDS.workbookFormat.value || /^general$/iu.test(code)) return general;
  const isDate = isDateCode(code);
  const pattern = isDate ? code : code.replace(SIGN, '"$1"');
  const moved = isDate && from1904 && !ELAPSED.test(code) ? DAYS_FROM_1900_TO_1904 : 0;
  return (value) => {
    if (isDate && value < 0) return general(value);
    const text = withoutFail(() => format(pattern, value + moved, SHOWN_AS));
    return text === null ? general(value) : text.replace(/\s+/gu, ' ').trim();
  };
}

function general(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < FIRST_WITH_16_DIGITS
    ? String(value)
    : format('General', value, SHOWN_AS);
}

/** null: numfmt does not understand the format, or has no such date. */
function withoutFail<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
