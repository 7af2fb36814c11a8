import { join } from 'node:path';
import type { Problem } from '../../../src/core/problem.js';
import { openTable, type Table, type TableRow } from '../../../src/recipients/table.js';
import { bookParts, type Parts, type TestBook, writeParts } from '../../support/xlsx-writing.js';
import { collected, temporaryFolder } from '../files.js';

/** Workbooks of one test file. */
export function bookShelf() {
  const folder = temporaryFolder();
  let count = 0;
  const path = (): string => {
    count += 1;
    return join(folder.path, `book-${count}.xlsx`);
  };
  const written = async (parts: Parts): Promise<string> => {
    const file = path();
    await writeParts(file, parts);
    return file;
  };
  return {
    path,
    written,
    bytes: (bytes: Uint8Array): string => {
      count += 1;
      return folder.write(`bytes-${count}.xlsx`, bytes);
    },
    /** A workbook with these sheets. */
    book: (book: TestBook): Promise<string> => written(bookParts(book)),
    /** A workbook of one sheet with these rows. */
    rows: (rows: string, more: Omit<TestBook, 'sheets'> = {}): Promise<string> =>
      written(bookParts({ sheets: [{ name: 'Hoja1', xml: `<sheetData>${rows}</sheetData>` }], ...more })),
  };
}

/** Cells that hold their text themselves. */
export function texts(line: number, ...cells: readonly string[]): string {
  const written = cells.map((text) => `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`);
  return `<row r="${line}">${written.join('')}</row>`;
}

type Options = Partial<Parameters<typeof openTable>[1]>;

/** A table that must be usable, with its rows. */
export async function tableIn(
  file: string,
  options: Options = {},
): Promise<{ readonly table: Table; readonly rows: readonly TableRow[] }> {
  const opened = await openTable(file, { delimiter: null, encoding: null, ...options });
  if (!opened.ok) throw new Error(opened.problems.map((problem) => problem.code).join(', '));
  return { table: opened.value, rows: await collected(opened.value.rows()) };
}

/** What is wrong with a file that cannot be opened. */
export async function problemsIn(file: string, options: Options = {}): Promise<readonly Problem[]> {
  const opened = await openTable(file, { delimiter: null, encoding: null, ...options });
  return opened.ok ? [] : opened.problems;
}
