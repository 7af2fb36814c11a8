import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipientsFile, Rejection } from '../../src/core/recipient.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { rejectedCsv, removeRejected, writeRejected } from '../../src/recipients/rejected-file.js';
import { openTable } from '../../src/recipients/table.js';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { formulasIn } from '../security/spreadsheet.js';
import { bytesOf, sheetsOf } from '../support/xlsx-reading.js';
import { collected, inShort, sourceFor, temporaryFolder, verdictsOf } from './files.js';

const folder = temporaryFolder();
const typedFolder = temporaryFolder();
const path = join(folder.path, 'rejected.csv');

type CsvFile = Extract<RecipientsFile, { format: 'csv' }>;

function fileWith(columns: readonly string[], delimiter = ';'): CsvFile {
  return {
    format: 'csv',
    columns,
    phoneColumn: columns[0] ?? '',
    delimiter,
    encoding: 'windows-1252',
    notices: [],
  };
}

function workbookWith(columns: readonly string[]): RecipientsFile {
  const phoneColumn = columns[0] ?? '';
  return { format: 'xlsx', sheet: 'Clientes', hiddenRows: 0, columns, phoneColumn, notices: [] };
}

function rejectionOf(cells: readonly string[], line = 2): Rejection {
  return {
    line,
    phone: cells[0] ?? '',
    reason: 'phone.invalid',
    column: 'phone',
    value: cells[0] ?? '',
    cells,
  };
}

const translate = (): string => 'No es un número; corríjalo.';

describe('rejected rows in a file', () => {
  it('stand with their own columns, line, reason and a sentence, safe for spreadsheets', async () => {
    const rejections = [rejectionOf(['+51 98', '=SUM(A1)', 'Peña']), rejectionOf(['-1', '@x', 'a\nb'], 7)];
    expect(await writeRejected(path, fileWith(['phone', 'monto', 'nombre']), rejections, translate)).toEqual({
      ok: true,
      value: 2,
    });
    expect(readFileSync(path, 'utf8')).toBe(
      [
        '\ufeffphone;monto;nombre;line;reason;detail',
        `'+51 98;'=SUM(A1);Peña;2;phone.invalid;"No es un número; corríjalo."`,
        `'-1;'@x;"a\nb";7;phone.invalid;"No es un número; corríjalo."`,
        '',
      ].join('\r\n'),
    );
  });

  it('touch nothing when there are none: the folder may be read-only, or not even be there', async () => {
    const nowhere = join(folder.path, 'nowhere', 'rejected.csv');
    expect(await writeRejected(nowhere, fileWith(['phone']), [], translate)).toEqual({ ok: true, value: 0 });
    expect(readdirSync(folder.path)).not.toContain('nowhere');
    await removeRejected(nowhere);
  });

  it('have a lone CR or LF inside quotes: outside, a spreadsheet would begin a row there', async () => {
    await writeRejected(
      path,
      fileWith(['phone', 'a', 'b']),
      [rejectionOf(['1', 'x\r=1+1', 'y\n=1+1'])],
      translate,
    );
    expect(readFileSync(path, 'utf8')).toContain(`1;"x\r'=1+1";"y\n'=1+1";2;`);
  });

  it('hold no formula for whoever reads them, whatever their cells', async () => {
    const unit = fc.constantFrom(
      'a',
      "'",
      '=',
      '+',
      '@',
      '\t',
      '\n',
      '\r',
      '"',
      ';',
      ' ',
      '\u00a0',
      '\u200b',
      '＝',
    );
    const rows = fc.array(fc.array(fc.string({ unit, maxLength: 5 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const rejections = cells.map((row) => rejectionOf(row));
        const file = fileWith(['phone', '=x']);
        let text = '';
        for await (const chunk of rejectedCsv(file, rejections, () => '=1')) text += chunk;
        const read = parse(text, { delimiter: ';', bom: true, record_delimiter: ['\r\n', '\n', '\r'] });
        expect(read).toHaveLength(cells.length + 1);
        expect(formulasIn(text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('come back as they were, whatever their cells', async () => {
    const unit = fc.constantFrom(
      'a',
      '1',
      "'",
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\n',
      '\r',
      '"',
      ';',
      ',',
      ' ',
      'ñ',
      '＝',
    );
    const cell = fc.string({ unit, maxLength: 5 });
    const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
        const file = fileWith(['phone', 'nombre', '=columna'], delimiter);
        await writeRejected(
          path,
          file,
          cells.map((row) => rejectionOf(row)),
          translate,
        );
        const opened = await openTable(path, { delimiter: null, encoding: null });
        if (!opened.ok) throw new Error(opened.problems[0]?.code);
        expect(opened.value.columns).toEqual(file.columns);
        expect((await collected(opened.value.rows())).map((row) => row.cells)).toEqual(cells);
      }),
      { numRuns: 300 },
    );
  });

  it('are sent when they are repaired and read again', async () => {
    await writeRejected(
      path,
      fileWith(['phone', 'line']),
      [rejectionOf(['+51 987 654 321', '9'])],
      translate,
    );
    expect((await verdictsOf(sourceFor(path))).map(inShort)).toEqual(['2 51987654321']);
  });

  it('lose no cell that they have too many, and are rejected again until somebody mends them', async () => {
    const typed = '51987654321,Pérez, =Juan,20%,\n51987654322,Ana,5%\n51987654323,"Eva" x,5%\n';
    const source = sourceFor(typedFolder.write('typed.csv', `phone,body.1,body.2\n${typed}`));
    const opened = await openRecipients(source, { render: null, fixValues: false });
    if (!opened.ok) throw new Error(opened.problems[0]?.code);
    const rejections = (await collected(opened.value.batches)).flatMap((verdict) =>
      verdict.kind === 'rejection' ? [verdict.rejection] : [],
    );
    await writeRejected(path, opened.value.file, rejections, () => 'mend');
    expect(readFileSync(path, 'utf8')).toContain("51987654321,Pérez,' =Juan,2,columns.mismatch,mend,20%\r\n");
    const again = await verdictsOf(sourceFor(path));
    expect(again.map(inShort)).toEqual(['2 columns.mismatch', '3 51987654323']);
    const unmended = again.flatMap((one) => (one.kind === 'rejection' ? [one.rejection.cells] : []));
    expect(unmended).toEqual([['51987654321', 'Pérez', ' =Juan', '20%']]);
  });

  it('replace the list of the last time only when they are complete', async () => {
    await writeRejected(path, fileWith(['phone']), [rejectionOf(['1'])], translate);
    const before = readFileSync(path, 'utf8');
    const breaking = async function* (): AsyncGenerator<Rejection> {
      yield rejectionOf(['2']);
      throw new Error('the ledger went away');
    };
    await expect(writeRejected(path, fileWith(['phone']), breaking(), translate)).rejects.toThrow(
      'went away',
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(folder.path)).toEqual(['rejected.csv']);
  });

  it('into a folder that is not there are a problem', async () => {
    const nowhere = join(folder.path, 'missing', 'rejected.csv');
    const written = await writeRejected(nowhere, fileWith(['phone']), [rejectionOf(['1'])], translate);
    expect(written).toMatchObject({ ok: false, problems: [{ params: { path: nowhere, code: 'ENOENT' } }] });
  });

  it('are removed, also when there were none', async () => {
    await writeRejected(path, fileWith(['phone']), [], translate);
    await removeRejected(path);
    await removeRejected(path);
    expect(existsSync(path)).toBe(false);
  });
});

describe('rejected rows in an Excel file', () => {
  const workbook = join(folder.path, 'rejected.xlsx');

  async function readBack(): Promise<readonly (readonly (string | null)[])[]> {
    const [sheet, ...others] = await sheetsOf(readFileSync(workbook));
    expect(others).toEqual([]);
    return sheet?.rows ?? [];
  }

  it('stand as in a CSV, but without marks: a text of a workbook is no formula', async () => {
    const rejections = [
      rejectionOf(['+51 98', '=SUM(A1)', 'Peña']),
      rejectionOf(['-1', '', "'=x", '20%'], 7),
    ];
    const file = workbookWith(['phone', '=monto', 'nombre']);
    expect(await writeRejected(workbook, file, rejections, translate)).toEqual({ ok: true, value: 2 });
    const sentence = 'No es un número; corríjalo.';
    expect(await readBack()).toEqual([
      ['phone', '=monto', 'nombre', 'line', 'reason', 'detail'],
      ['+51 98', '=SUM(A1)', 'Peña', '2', 'phone.invalid', sentence],
      ['-1', null, "'=x", '7', 'phone.invalid', sentence, '20%'],
    ]);
  });

  it('come back as they were, whatever their cells, also named as a recipients file', async () => {
    const unit = fc.constantFrom(...'a1\'=+-@\t\n\r";, _x&<ñ＝', '_x0041_', '\u0001', '\ud83d', '😀');
    const cell = fc.string({ unit, maxLength: 5 });
    const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const file = workbookWith(['phone', 'nombre', "'=columna"]);
        const rejections = cells.map((row) => rejectionOf(row));
        await writeRejected(workbook, file, rejections, translate);
        const opened = await openTable(workbook, { delimiter: null, encoding: null });
        if (!opened.ok) throw new Error(opened.problems[0]?.code);
        expect(opened.value.columns).toEqual(file.columns);
        expect((await collected(opened.value.rows())).map((row) => row.cells)).toEqual(cells);
      }),
      { numRuns: 50 },
    );
  });

  it('loses marks where it is the list of a CSV that somebody saved as a workbook', async () => {
    const rows = [
      ['phone', 'nombre', 'line', 'reason', 'detail'],
      ["'+51 98", "'=x", '2', 'phone.invalid', ''],
    ];
    const pieces = workbookBytes([{ name: 'rejected', header: null, rows: [rows] }]);
    writeFileSync(workbook, await bytesOf(pieces));
    const opened = await openTable(workbook, { delimiter: null, encoding: null });
    if (!opened.ok) throw new Error(opened.problems[0]?.code);
    expect((await collected(opened.value.rows()))[0]?.cells).toEqual(['+51 98', '=x']);
  });

  it('have the line as a number and everything else as texts, also in cells that somebody fills', async () => {
    await writeRejected(workbook, workbookWith(['phone', 'n']), [rejectionOf(['51', '7'])], translate);
    const [sheet] = await sheetsOf(readFileSync(workbook));
    const types = [...(sheet?.cells ?? [])].filter(([at]) => at.endsWith('2')).map(([, { type }]) => type);
    expect(types).toEqual(['text', 'text', 'number', 'text', 'text']);
    expect(sheet?.xml.match(/<col [^>]*style="3"/gu)).toHaveLength(5);
  });

  it('replace the list of the last time only when they are complete', async () => {
    await writeRejected(workbook, workbookWith(['phone']), [rejectionOf(['1'])], translate);
    const before = readFileSync(workbook);
    const breaking = async function* (): AsyncGenerator<Rejection> {
      yield rejectionOf(['2']);
      throw new Error('the ledger went away');
    };
    await expect(writeRejected(workbook, workbookWith(['phone']), breaking(), translate)).rejects.toThrow(
      'went away',
    );
    expect(readFileSync(workbook).equals(before)).toBe(true);
  });
});
