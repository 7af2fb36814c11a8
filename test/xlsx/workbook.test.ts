import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Moment, momentCell, type Row, type Sheet } from '../../src/xlsx/sheet.js';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { bytesOf, partsOf, type ReadSheet, sheetsOf } from '../support/xlsx-reading.js';

function sheetWith(rows: readonly Row[], header: readonly string[] | null = null): Sheet {
  return { name: 'Envíos', header, rows: [rows] };
}

async function written(sheets: readonly Sheet[], mostRows?: number): Promise<readonly ReadSheet[]> {
  return sheetsOf(await bytesOf(workbookBytes(sheets, mostRows)));
}

async function sheetOf(rows: readonly Row[], header: readonly string[] | null = null): Promise<ReadSheet> {
  const [sheet] = await written([sheetWith(rows, header)]);
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe('a cell', () => {
  it('that is a text stays one, whatever it looks like', async () => {
    const texts = ['51987654321', '0051', '=1+1', '+1', "-1+cmd|' /C calc'!A0", '@x', '1e5', '2026-03-21'];
    const { cells } = await sheetOf([texts]);
    expect([...cells.values()]).toEqual(texts.map((value) => ({ type: 'text', value, style: 3 })));
  });

  it('that is a number or a moment counts', async () => {
    const noon = momentCell(Date.UTC(2026, 2, 21, 17, 0, 0, 999), -5 * 3_600_000);
    const { cells } = await sheetOf([[7, noon]]);
    expect(cells.get('A1')).toEqual({ type: 'number', value: '7', style: 0 });
    expect(cells.get('B1')).toEqual({ type: 'number', value: '46102.5', style: 1 });
  });

  it('that is empty is left out, and the others keep their places', async () => {
    const { cells } = await sheetOf([[null, 'b', '', 'd'], [], ['a']]);
    expect([...cells.keys()]).toEqual(['B1', 'D1', 'A3']);
  });

  it('stands under the right letters beyond the first 26', async () => {
    const { cells } = await sheetOf([Array.from({ length: 703 }, (_, index) => index)]);
    const names = [...cells.keys()];
    expect([25, 26, 51, 52, 701, 702].map((index) => names[index])).toEqual([
      'Z1',
      'AA1',
      'AZ1',
      'BA1',
      'ZZ1',
      'AAA1',
    ]);
  });

  it('is cut at what Excel holds, and not within a character', async () => {
    const { rows } = await sheetOf([['x'.repeat(32_768), `${'x'.repeat(32_766)}😀`, 'x'.repeat(32_767)]]);
    expect(rows[0]?.map((text) => text?.length)).toEqual([32_767, 32_766, 32_767]);
  });

  it('reads back as it was written, whatever its text', async () => {
    const unit = fc.oneof(
      fc.constantFrom('_', 'x', '0', 'D', '_x0041', '_x000D_', '&', '<', '>', '"', ']]>', ' ', '\t', '\n'),
      fc.constantFrom('\r', '\u0000', '\u0001', '\u001f', '\ud83d', '\ude00', '\ufffe', '\uffff', '\u0085'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
    );
    const text = fc.array(unit, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 60 }), async (texts) => {
        const { rows } = await sheetOf([texts]);
        expect(rows[0]).toEqual(texts);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a sheet', () => {
  it('with a header keeps it on the screen, in bold, with a filter over all rows', async () => {
    const { xml, cells } = await sheetOf([['51987654321'], ['51987654322']], ['Teléfono', 'Estado']);
    expect(cells.get('A1')).toEqual({ type: 'text', value: 'Teléfono', style: 2 });
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:B3"/>');
  });

  it('has columns as wide as what stands in them, within reason', async () => {
    const { xml } = await sheetOf([['51987654321', 'x'.repeat(500), 1]], ['T', 'largo', 'n']);
    const widths = Array.from(xml.matchAll(/ width="(\d+)"/gu), ([, width]) => Number(width));
    expect(widths).toEqual([13, 60, 8]);
  });

  it('that is full goes on in another one, under the same header, and no row is lost', async () => {
    const rows = Array.from({ length: 1_203 }, (_, index) => [index]);
    const sheets = await written([sheetWith(rows, ['n']), sheetWith([['end']])], 602);
    expect(sheets.map(({ name, rows: all }) => [name, all.length])).toEqual([
      ['Envíos', 602],
      ['Envíos 2', 602],
      ['Envíos 3', 2],
      ['Envíos', 1],
    ]);
    const read = sheets.slice(0, 3).flatMap(({ rows: [header, ...data] }) => {
      expect(header).toEqual(['n']);
      return data.map(([value]) => Number(value));
    });
    expect(read).toEqual(rows.flat());
  });

  it('that is exactly full has no empty one behind it', async () => {
    const rows = [[1], [2], [3]];
    expect(await written([sheetWith(rows, ['n'])], 4)).toHaveLength(1);
  });

  it('without rows is there', async () => {
    expect((await written([sheetWith([]), sheetWith([], ['a'])])).map(({ rows }) => rows)).toEqual([
      [],
      [['a']],
    ]);
  });
});

describe('a workbook', () => {
  it('is the same bytes for the same rows, whenever it is written', async () => {
    const one = await bytesOf(workbookBytes([sheetWith([['a', 1]])]));
    expect(one.equals(await bytesOf(workbookBytes([sheetWith([['a', 1]])])))).toBe(true);
  });

  it('names the filtered table of each sheet, as Excel and LibreOffice look for it there', async () => {
    const rows = [[1], [2], [3]];
    const pieces = workbookBytes([{ ...sheetWith(rows, ['a', 'b']), name: "d'O" }, sheetWith(rows)], 3);
    const book = (await partsOf(await bytesOf(pieces))).get('xl/workbook.xml') ?? '';
    const names = Array.from(book.matchAll(/<definedName ([^>]*)>([^<]*)</gu), ([, , range]) => range);
    expect(names).toEqual(["'d''O'!$A$1:$B$3", "'d''O 2'!$A$1:$B$2"]);
    expect(book).toContain('name="_xlnm._FilterDatabase" localSheetId="1" hidden="1"');
  });

  it('names the kind of each of its parts', async () => {
    const parts = await partsOf(await bytesOf(workbookBytes([sheetWith([[1]]), sheetWith([[2]])])));
    const types = parts.get('[Content_Types].xml') ?? '';
    const named = Array.from(types.matchAll(/PartName="\/([^"]*)"/gu), ([, name]) => name);
    const others = [...parts.keys()].filter((name) => !/\.rels$|^\[/u.test(name));
    expect(named.sort()).toEqual(others.sort());
  });

  it('throws what its rows throw, and asks for no more of them', async () => {
    let closed = false;
    const breaking = async function* (): AsyncGenerator<readonly Row[]> {
      try {
        yield [['a']];
        throw new Error('the ledger went away');
      } finally {
        closed = true;
      }
    };
    const pieces = workbookBytes([{ name: 'a', header: null, rows: breaking() }]);
    await expect(bytesOf(pieces)).rejects.toThrow('went away');
    expect(closed).toBe(true);
  });

  it('that nobody reads to its end lets go of its rows', async () => {
    let closed = false;
    const endless = async function* (): AsyncGenerator<readonly Row[]> {
      try {
        for (let index = 0; ; index += 1) yield [[`${Math.sin(index)} ${Math.cos(index)}`]];
      } finally {
        closed = true;
      }
    };
    let pieces = 0;
    for await (const _ of workbookBytes([{ name: 'a', header: null, rows: endless() }])) {
      pieces += 1;
      if (pieces === 10) break;
    }
    expect(closed).toBe(true);
  });
});

describe('a moment', () => {
  const daysOf = ({ days }: Moment): number => days;

  it('is the one that the clock of the zone shows', () => {
    expect(daysOf(momentCell(0, 0))).toBe(25_569);
    expect(daysOf(momentCell(Date.UTC(2000, 1, 29, 12), 12 * 3_600_000))).toBe(36_586);
  });
});
