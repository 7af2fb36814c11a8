import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader } from '../../src/recipients/csv-reader.js';
import type { RawRow } from '../../src/recipients/raw-row.js';

/** All rows of a text that comes in chunks of these sizes, the last one repeating. */
function cut(text: string, delimiter = ',', sizes: readonly number[] = [text.length + 1]): RawRow[] {
  const cutter = new CsvReader(delimiter);
  const rows: RawRow[] = [];
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const size = Math.max(1, sizes[Math.min(index, sizes.length - 1)] ?? 1);
    rows.push(...cutter.push(text.slice(at, at + size)));
    at += size;
  }
  rows.push(...cutter.end());
  return rows;
}

function unclosedIn(text: string): number | null {
  const cutter = new CsvReader(',');
  cutter.push(text);
  cutter.end();
  return cutter.unclosedQuoteAt;
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'ñ', '1', ' ', ',', ';', '"', '\n', '\r', '🎉'),
  maxLength: 6,
});

function written(value: string, delimiter: string, always: boolean): string {
  const quoted = always || value.includes(delimiter) || /["\r\n]/.test(value);
  return quoted ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A table as text, and the physical line on which each of its rows begins. */
const table = fc
  .record({
    rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnds: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 3 }),
    quoteAll: fc.boolean(),
    lastLineEnd: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ rows, delimiter, lineEnds, quoteAll, lastLineEnd, sizes }) => {
    let text = '';
    const lines: number[] = [];
    for (const [index, cells] of rows.entries()) {
      lines.push(1 + (text.match(/\r\n|\r|\n/g) ?? []).length);
      text += cells.map((value) => written(value, delimiter, quoteAll)).join(delimiter);
      if (index < rows.length - 1 || lastLineEnd) text += lineEnds[index % lineEnds.length] ?? '\n';
    }
    return { rows, delimiter, text, lines, sizes };
  });

describe('text cut into rows', () => {
  it('any table is read back equal, with its lines, in chunks of any size', () => {
    fc.assert(
      fc.property(table, ({ rows, delimiter, text, lines, sizes }) => {
        const read = cut(text, delimiter, sizes);
        expect(read.map((row) => row.cells)).toEqual(rows);
        expect(read.map((row) => row.line)).toEqual(lines);
        expect(read.every((row) => row.flaw === null)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('any text without flaws gives the rows that csv-parse gives', () => {
    const pieces = fc.constantFrom('a', '1', ',', ',', '\n', '\r\n', '"b"', '"c,d"', '"e""f"', '"g\nh"', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (list, size) => {
        const text = list.join('');
        const own = cut(text, ',', [size]);
        let expected: string[][];
        try {
          expected = parse(text, {
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: ['\r\n', '\n', '\r'],
          });
        } catch {
          return;
        }
        expect(own.map((row) => row.cells)).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('blank lines give no row and count as lines', () => {
    expect(cut('a,b\n\n\r\n\rc,d').map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [5, 'c', 'd'],
    ]);
  });

  it('a quotation mark inside a cell without quotes is text', () => {
    expect(cut('5" pipe,x "y" z\n')[0]).toEqual({
      line: 1,
      row: 1,
      cells: ['5" pipe', 'x "y" z'],
      flaw: null,
    });
  });

  it('blanks behind a closing quotation mark do no harm', () => {
    expect(cut('"a" ,"b"\t\n')[0]).toEqual({ line: 1, row: 1, cells: ['a', 'b'], flaw: null });
  });

  it('text behind a closing quotation mark is a flaw of that row alone', () => {
    const rows = cut('"Juan "Pepe" P",1\nAna,2\n');
    expect(rows.map((row) => row.flaw)).toEqual(['quote', null]);
    expect(rows[1]?.cells).toEqual(['Ana', '2']);
  });
});

describe('a quotation mark that is not closed', () => {
  it('is found with the line where it began', () => {
    expect(unclosedIn('a,b\n1,"x\ny\nz')).toBe(2);
    expect(unclosedIn('a,b\n1,x\n"')).toBe(3);
    expect(unclosedIn('a,"b""\n')).toBe(1);
  });

  it('is found when the mark of a later row closes it by accident', () => {
    expect(unclosedIn('a,b\n"Juan,1\n"Ana",2\nx,3\n')).toBe(2);
  });

  it('is none when the last cell is closed at the very end', () => {
    expect(unclosedIn('a,"b"')).toBeNull();
  });

  it('a cell over many lines that is closed in its place is none', () => {
    expect(unclosedIn('a,"b\nc\nd"\n')).toBeNull();
  });
});

describe('cells without measure', () => {
  it('are kept in part, and the cells behind them whole', () => {
    const cutter = new CsvReader(',');
    const rows: RawRow[] = [...cutter.push('name,phone\n"')];
    for (let megabyte = 0; megabyte < 64; megabyte += 1) rows.push(...cutter.push('x'.repeat(1 << 20)));
    rows.push(...cutter.push('",987654321\n'));
    expect(rows[1]?.cells[0]?.length).toBe(65_536);
    expect(rows[1]?.cells[1]).toBe('987654321');
    expect(rows[1]?.line).toBe(2);
  });

  it('are kept in part without quotes, too', () => {
    const rows = cut(`${'y'.repeat(200_000)},1\n2,3\n`, ',', [50_000]);
    expect(rows.map((row) => row.cells.map((text) => text.length))).toEqual([
      [65_536, 1],
      [1, 1],
    ]);
  });

  it('a row with cells without number is a flaw', () => {
    const rows = cut(`${'z,'.repeat(100_000)}\n1,2\n`, ',', [10_000]);
    expect(rows.map((row) => row.flaw)).toEqual(['oversized', null]);
    expect(rows[0]?.cells.length).toBeLessThan(20_000);
  });

  it('a row padded with delimiters without number is none', () => {
    const rows = cut(`a,b${','.repeat(100_000)}\n`, ',', [10_000]);
    expect(rows[0]?.flaw).toBeNull();
  });
});
