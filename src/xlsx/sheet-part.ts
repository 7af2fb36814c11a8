import { textElement } from './cell-text.js';
import type { RowFeed } from './row-feed.js';
import type { Cell, Row } from './sheet.js';
import { columnName, MAIN_NAMESPACE, STYLE, XML_HEAD } from './workbook-parts.js';

/** Widths of columns, in characters, are those of the first rows. */
const MEASURED_ROWS = 100;
const NARROWEST = 8;
const WIDEST = 60;
/** `2026-03-21 14:00:00`. */
const MOMENT_WIDTH = 19;
const BESIDE_TEXT = 2;
const FILTER_BUTTON = 3;

const ROWS_PER_PIECE = 500;

/**
 * The XML of a sheet (ECMA-376 part 1, 18.3.1), in pieces: the header and as many rows of the feed as the sheet holds
 * beside it.
 */
export async function* sheetPart(
  header: readonly string[] | null,
  feed: RowFeed,
  mostRows: number,
): AsyncGenerator<Buffer> {
  const left = (): number => Math.min(ROWS_PER_PIECE, mostRows - line);
  let line = 0;
  let rows = await feed.take(Math.min(MEASURED_ROWS, mostRows - (header === null ? 0 : 1)));
  const widths = widthsOf(header, rows);
  let text = `${XML_HEAD}<worksheet xmlns="${MAIN_NAMESPACE}">${viewOf(header)}${columnsOf(widths)}<sheetData>`;
  if (header !== null) {
    line += 1;
    text += rowElement(
      header.map((heading) => ({ heading })),
      line,
    );
  }
  for (; rows.length > 0; rows = await feed.take(left())) {
    for (const row of rows) {
      line += 1;
      text += rowElement(row, line);
    }
    yield Buffer.from(text);
    text = '';
    if (line >= mostRows) break;
  }
  yield Buffer.from(`${text}</sheetData>${endOf(header, widths.length, line)}</worksheet>`);
}

function viewOf(header: readonly string[] | null): string {
  if (header === null) return '';
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`;
}

/** Also what a person types into an empty cell stays as it was typed. */
function columnsOf(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${STYLE.text}" customWidth="1"/>`,
  );
  return columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`;
}

/** Excel marks texts that look like numbers: phones are that on purpose. */
function endOf(header: readonly string[] | null, columns: number, lines: number): string {
  const all = `A1:${columnName(Math.max(columns, 1) - 1)}${Math.max(lines, 1)}`;
  const filter =
    header === null || header.length === 0 ? '' : `<autoFilter ref="${filtered(header, lines)}"/>`;
  return `${filter}<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors>`;
}

function filtered(header: readonly string[], lines: number): string {
  return `A1:${columnName(header.length - 1)}${lines}`;
}

function rowElement(row: Row, line: number): string {
  let xml = `<row r="${line}">`;
  for (let index = 0; index < row.length; index += 1) {
    const cell = row[index] ?? null;
    if (cell !== null && cell !== '') xml += `<c r="${columnName(index)}${line}"${content(cell)}</c>`;
  }
  return `${xml}</row>`;
}

/** What stands behind the name of a cell. */
function content(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'string') return inline(STYLE.text, cell);
  if (typeof cell === 'number') return `><v>${cell}</v>`;
  if ('days' in cell) return ` s="${STYLE.moment}"><v>${cell.days}</v>`;
  return inline(STYLE.heading, cell.heading);
}

function inline(style: number, text: string): string {
  return ` s="${style}" t="inlineStr"><is>${textElement(text)}</is>`;
}

function widthsOf(header: readonly string[] | null, rows: readonly Row[]): readonly number[] {
  const columns = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, index) => {
    const named = header === null ? 0 : widthOf(header[index] ?? null) + FILTER_BUTTON;
    const widest = Math.max(named, ...rows.map((row) => widthOf(row[index] ?? null)));
    return Math.min(Math.max(widest + BESIDE_TEXT, NARROWEST), WIDEST);
  });
}

function widthOf(cell: Cell): number {
  if (cell === null) return 0;
  if (typeof cell === 'object') return 'days' in cell ? MOMENT_WIDTH : cell.heading.length;
  return String(cell).length;
}
