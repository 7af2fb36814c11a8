import type { MendedCells } from '../../../app/rows/mend-cells.js';
import { indexOfColumn } from '../../../core/column-key.js';
import type { Rejection } from '../../../core/recipient.js';
import { rowSentence } from '../../../core/row-sentence.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Form } from '../../http/form.js';
import { button, checkbox, EMPTY, type Filled, form, hidden, textField } from '../../views/fields.js';
import { details, summaryList } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { type WrongFilter, wrongPath } from './paths.js';

/** More columns than this are mended in a spreadsheet. */
const MOST_FIELDS = 40;
const MOST_SHOWN = 60;
const MOST_INLINE = 4;

/** A row that cannot be sent: why, and the cell that is wrong, to be typed right. */
export function mendForm(
  visit: Visit,
  key: string,
  {
    row,
    columns,
    filter,
    filled,
  }: {
    readonly row: Rejection;
    readonly columns: readonly string[];
    readonly filter: WrongFilter;
    readonly filled: Filled | null;
  },
): Html {
  const { translate, format } = visit;
  const place = translate('web.wrong.row', { row: format.count(row.row ?? row.line) });
  const why = translate(rowSentence(row.reason, row));
  const wrong = wrongColumns(row, columns);
  const fields = wrong.map((at) => cellField(visit, row, columns, at, filled ?? EMPTY));
  const surplus = row.cells.length > columns.length ? surplusBox(visit, row, columns) : null;
  const save = button(translate('web.save'), { kind: 'secondary' });
  const isOne = fields.length === 1 && surplus === null;
  const shown = isOne ? html`<div class="inline">${fields}${save}</div>` : html`${fields}${surplus}${save}`;
  const content = html`${hidden('line', String(row.line))}${shown}`;
  return html`<article class="mend" id="row-${row.line}" aria-label="${place}"><h3 class="row">${place} ${otherCells(row, columns, wrong)}</h3><p>${why}</p>${form(visit, { action: wrongPath(key, filter, '/mend'), label: place }, content)}${wholeRow(visit, row, columns, wrong)}</article>`;
}

/** What a form typed; null: it is none of ours. */
export function mendedCells(given: Form): MendedCells | null {
  const line = given.text('line');
  if (!/^\d{1,9}$/u.test(line)) return null;
  const cells = given.texts('column').flatMap((text) => {
    const column = Number(text);
    if (!/^\d{1,5}$/u.test(text)) return [];
    return [
      {
        column,
        was: given.verbatim(`was${line}.${text}`),
        value: given.verbatim(fieldName(Number(line), column)),
      },
    ];
  });
  return { line: Number(line), cells, withoutSurplus: given.flag('surplus') };
}

/** The field of a cell; a page has many rows. */
export function fieldName(line: number, column: number): string {
  return `r${line}.${column}`;
}

/** The column that the reason names; all of them where it names none. */
export function wrongColumns({ column, reason }: Rejection, columns: readonly string[]): readonly number[] {
  const named = reason === 'columns.mismatch' ? -1 : indexOfColumn(columns, column);
  if (named !== -1) return [named];
  return columns.map((_, at) => at).slice(0, MOST_FIELDS);
}

function cellField(
  { translate }: Visit,
  { line, cells }: Rejection,
  columns: readonly string[],
  at: number,
  filled: Filled,
): Html {
  const was = cells[at] ?? '';
  const name = fieldName(line, at);
  const label = columns[at]?.trim() || translate('web.wrong.column-unnamed', { number: at + 1 });
  return html`${hidden('column', String(at))}${hidden(`was${line}.${at}`, was)}${textField({ name, label, value: was }, filled)}`;
}

function surplusBox({ translate }: Visit, { cells, line }: Rejection, columns: readonly string[]): Html {
  const extra = cells
    .slice(columns.length)
    .map((cell) => `"${cell}"`)
    .join(' ');
  return checkbox({
    name: 'surplus',
    label: translate('web.wrong.surplus', { count: cells.length - columns.length }),
    hint: foreign(extra),
    id: `surplus-${line}`,
  });
}

/** Other cells, so that one knows who that is. */
function otherCells({ cells }: Rejection, columns: readonly string[], wrong: readonly number[]): Html | null {
  if (wrong.length > 1) return null;
  const others = othersIn(cells, columns, wrong)
    .slice(0, MOST_INLINE)
    .map((at, index) => html`${index === 0 ? null : ' · '}${foreign(cells[at] ?? '', 40)}`);
  return others.length === 0 ? null : html`<span class="soft">${others}</span>`;
}

/** All of them, where they are many. */
function wholeRow(
  visit: Visit,
  { cells }: Rejection,
  columns: readonly string[],
  wrong: readonly number[],
): Html | null {
  const others = othersIn(cells, columns, wrong);
  if (others.length <= MOST_INLINE) return null;
  const lines = others
    .slice(0, MOST_SHOWN)
    .map((at) => ({ key: columns[at] ?? '', value: foreign(cells[at] ?? '') }));
  return details(visit.translate('web.wrong.whole-row'), summaryList(visit, lines));
}

function othersIn(
  cells: readonly string[],
  columns: readonly string[],
  wrong: readonly number[],
): readonly number[] {
  return columns.map((_, at) => at).filter((at) => !wrong.includes(at) && (cells[at] ?? '') !== '');
}
