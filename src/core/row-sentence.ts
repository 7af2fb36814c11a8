import type { Sentence } from '../locales/index.js';
import { sentence } from './problem.js';
import type { RejectionReason } from './recipient.js';

/** A cell that is wrong: its column, and its value shortened to one line. */
export interface WrongCell {
  readonly column: string;
  readonly value: string;
}

/** A number with words around it: `+51 987 654 321 (Claro)`. */
const WITH_WORDS = /^(?<before>\D*?)(?<number>\+?\(?\d[\d\s().-]{5,}\d)(?<behind>\D*)$/u;

/** Why a row cannot be sent, as exactly as its cell tells: what a person has to change. */
export function rowSentence(reason: RejectionReason, { column, value }: WrongCell): Sentence {
  if (reason === 'columns.mismatch') return mismatch(value);
  const surplus = reason === 'phone.invalid' ? wordsAround(value) : '';
  if (surplus !== '') return { code: 'rejected.phone-surplus', params: { value, surplus } };
  return sentence(`row.${reason}`, { column, value });
}

/** `4/3`: four cells below three columns. */
function mismatch(value: string): Sentence {
  const [, cells, columns] = /^(\d+)\/(\d+)$/u.exec(value) ?? [];
  if (cells === undefined || columns === undefined) return { code: 'rejected.quote' };
  return { code: 'row.columns.mismatch', params: { cells: Number(cells), columns: Number(columns) } };
}

function wordsAround(value: string): string {
  const { before = '', behind = '' } = WITH_WORDS.exec(value)?.groups ?? {};
  const words = [before, behind].map((text) => text.trim()).filter((text) => /\p{L}/u.test(text));
  return words.join(' … ');
}
