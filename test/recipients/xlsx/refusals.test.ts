import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BOUNDS } from '../../../src/core/bounds.js';
import type { Problem } from '../../../src/core/problem.js';
import { openTable } from '../../../src/recipients/table.js';
import { said, saidInSpanish } from '../../support/said.js';
import {
  bookParts,
  link,
  type Parts,
  relationships,
  type TestBook,
  writeParts,
} from '../../support/xlsx-writing.js';
import { collected } from '../files.js';
import { bookShelf, texts } from './books.js';

const shelf = bookShelf();
const GOOD = wholeParts({
  sheets: [{ name: 'Hoja1', xml: `<sheetData>${texts(1, 'celular')}${texts(2, '987654321')}</sheetData>` }],
});
/** Parts that can be written again and again. */
function wholeParts(book: TestBook): Readonly<Record<string, string>> {
  const parts = Object.entries(bookParts(book));
  return Object.fromEntries(parts.map(([name, text]) => [name, [...text].join('')]));
}

const SHEET = 'xl/worksheets/sheet1.xml';

/** Codes of what is wrong, when it is opened or while it is read, each with a sentence. */
async function refused(file: string): Promise<readonly string[]> {
  const problems = await problemsOf(file);
  return problems.map((problem) => {
    expect(said(problem)).not.toBe(saidInSpanish(problem));
    return problem.code;
  });
}

async function problemsOf(file: string): Promise<readonly Problem[]> {
  const opened = await openTable(file, { delimiter: null, encoding: null });
  if (!opened.ok) return opened.problems;
  try {
    await collected(opened.value.rows());
    return [];
  } catch (error) {
    return (error as { problems: readonly Problem[] }).problems;
  }
}

async function refusedParts(parts: Parts): Promise<readonly string[]> {
  return refused(await shelf.written(parts));
}

function without(...names: readonly string[]): Parts {
  return Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name)));
}

const DAMAGED = ['recipients.xlsx-damaged'];

describe('another kind of file', () => {
  const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

  it('of the old kind (.xls) is told from one with a password', async () => {
    const old = Buffer.concat([OLE, Buffer.alloc(2_000), Buffer.from('Workbook', 'utf16le')]);
    expect(await refused(shelf.bytes(old))).toEqual(['recipients.xls']);
    for (const place of [500, (1 << 18) - 20]) {
      const locked = Buffer.concat([OLE, Buffer.alloc(place), Buffer.from('EncryptedPackage', 'utf16le')]);
      expect(await refused(shelf.bytes(locked))).toEqual(['recipients.password']);
    }
  });

  it.each([
    ['a zip of something', { 'a.txt': 'x' }],
    [
      'an OpenDocument',
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' },
    ],
    ['a text document', { ...GOOD, 'xl/workbook.xml': '<w:document xmlns:w="w"/>' }],
    ['a binary workbook', { '_rels/.rels': relationships([link('r', 'officeDocument', 'xl/workbook.bin')]) }],
  ])('%s is no workbook', async (_, parts) => {
    expect(await refusedParts(parts as Parts)).toEqual(['recipients.workbook']);
  });
});

describe('a workbook that is damaged', () => {
  it.each([['xl/workbook.xml'], ['xl/worksheets/sheet1.xml'], ['xl/_rels/workbook.xml.rels']])(
    'lacks %s',
    async (name) => {
      expect(await refusedParts(without(name))).toEqual(DAMAGED);
    },
  );

  it('is cut off anywhere', async () => {
    const bytes = readFileSync(await shelf.written(GOOD));
    for (let length = 8; length < bytes.length; length += 97) {
      expect([length, await refused(shelf.bytes(bytes.subarray(0, length)))]).toEqual([length, DAMAGED]);
    }
  });

  it('has other bytes in it than were packed', async () => {
    const file = await shelf.written({
      ...GOOD,
      [SHEET]: `<worksheet>${texts(1, 'x'.repeat(50_000))}</worksheet>`,
    });
    const bytes = readFileSync(file);
    const at = bytes.indexOf(SHEET) + SHEET.length + 20;
    bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
    writeFileSync(file, bytes);
    expect(await refused(file)).toEqual(DAMAGED);
  });

  it.each([
    ['rows out of order', texts(3, 'a') + texts(2, 'b')],
    ['a row twice', texts(1, 'a') + texts(1, 'b')],
    ['a row that no sheet has', texts(1_048_577, 'a')],
    ['cells out of order', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'],
    ['a cell that no sheet has', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
    ['a cell without a column', '<row r="1"><c r="1"><v>1</v></c></row>'],
    ['a string that is not there', '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'],
    ['an element left open', '<row r="1"><c r="A1"><v>1</v></c>'],
    ['a value with parts', '<row r="1"><c r="A1"><v><b>1</b></v></c></row>'],
    ['elements without an end', '<a>'.repeat(100)],
    ['an entity of its own', '<row r="1"><c r="A1" t="str"><v>&boss;</v></c></row>'],
  ])('has %s', async (_, rows) => {
    expect(await refused(await shelf.rows(rows))).toEqual(DAMAGED);
  });

  it('declares entities, in whatever part', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    for (const name of [SHEET, 'xl/workbook.xml', '_rels/.rels']) {
      const text = (GOOD[name] ?? '').replace('?>\n', `?>${bomb}`);
      expect(await refusedParts({ ...GOOD, [name]: text })).toEqual(DAMAGED);
    }
    const outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>';
    expect(await refusedParts({ ...GOOD, [SHEET]: outside })).toEqual(DAMAGED);
  });

  it('has names that lead out of it, or one name twice', async () => {
    const bytes = readFileSync(
      await shelf.written({ ...GOOD, 'xl/drawings/d.xml': 'x', 'xl/drawings/D.xml': 'y' }),
    );
    expect(await refused(shelf.bytes(bytes))).toEqual(DAMAGED);
    const leading = Buffer.from(
      readFileSync(await shelf.written({ ...GOOD, 'aa/bb/cc': 'x' }))
        .toString('latin1')
        .replaceAll('aa/bb/cc', '../../cc'),
      'latin1',
    );
    expect(await refused(shelf.bytes(leading))).toEqual(DAMAGED);
  });

  it('links to places outside of it, or to itself', async () => {
    const links = (...all: readonly string[]): Parts => ({
      ...GOOD,
      'xl/_rels/workbook.xml.rels': relationships(all),
    });
    const external = link('rId1', 'worksheet', 'http://127.0.0.1/a').replace(
      '/>',
      ' TargetMode="External"/>',
    );
    expect(await refusedParts(links(external))).toEqual(DAMAGED);
    expect(await refusedParts(links(link('rId1', 'worksheet', '../../../../etc/passwd')))).toEqual(DAMAGED);
    expect(await refusedParts(links(link('rId1', 'worksheet', 'workbook.xml')))).toEqual([
      'recipients.empty',
    ]);
    const cyclic = links(
      link('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      link('r2', 'sharedStrings', 'worksheets/sheet1.xml'),
      link('r3', 'styles', 'workbook.xml'),
    );
    expect(await refusedParts(cyclic)).toEqual([]);
  });
});

describe('a workbook past the bounds', () => {
  it('unpacks to many times its size', async () => {
    const megabyte = '<a/>'.repeat(250_000);
    const bomb = function* (): Generator<string> {
      yield '<worksheet><sheetData>';
      for (let index = 0; index < 20; index += 1) yield megabyte;
      yield '</sheetData></worksheet>';
    };
    expect(await refusedParts({ ...GOOD, [SHEET]: bomb() })).toEqual(['recipients.xlsx-too-large']);
    expect(await refusedParts({ ...GOOD, 'xl/workbook.xml': bomb() })).toEqual(['recipients.xlsx-too-large']);
  });

  it('has text without an end', async () => {
    const endless = function* (): Generator<string> {
      yield '<sheetData><row r="1"><c r="A1" t="str"><v>';
      let state = 1;
      for (let index = 0; index < 300_000; index += 1) {
        state = (state * 48_271) % 2_147_483_647;
        yield state.toString(36);
      }
      yield '</v></c></row></sheetData>';
    };
    expect(await refused(await shelf.book({ sheets: [{ name: 'a', xml: endless() }] }))).toEqual(DAMAGED);
  });

  it('has too many sheets, formats or parts', async () => {
    const sheets = Array.from({ length: BOUNDS.workbookSheets.value + 1 }, (_, index) => ({
      name: `${index}`,
      xml: '',
    }));
    expect(await refused(await shelf.book({ sheets }))).toEqual(['recipients.xlsx-too-large']);
    const formats = Array.from({ length: BOUNDS.workbookFormats.value + 1 }, () => 0);
    expect(await refused(await shelf.rows(texts(1, 'a'), { formats }))).toEqual([
      'recipients.xlsx-too-large',
    ]);
    const file = shelf.path();
    const parts = Array.from(
      { length: BOUNDS.workbookParts.value + 1 },
      (_, index) => [`p${index}`, ''] as const,
    );
    await writeParts(file, Object.fromEntries(parts));
    expect(await refused(file)).toEqual(['recipients.xlsx-too-large']);
  });

  it('keeps a row of any width and a cell of any size within bounds', async () => {
    const wide = '<row r="2"><c r="XFD2"><v>1</v></c></row>';
    const long = texts(3, 'x'.repeat(BOUNDS.tableCell.value + 10));
    const opened = await openTable(await shelf.rows(texts(1, 'a') + wide + long), {
      delimiter: null,
      encoding: null,
    });
    if (!opened.ok) throw new Error('unusable');
    const rows = await collected(opened.value.rows());
    expect(rows.map(({ misfit, cells }) => [misfit, cells[0]?.length])).toEqual([
      ['16384/1', 0],
      [null, BOUNDS.tableCell.value],
    ]);
  });
});
