import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCells } from '../../src/recipients/csv-reader.js';
import { CsvScanner, type FoundRow } from '../../src/recipients/csv-scanner.js';

/** All rows of a text that comes in chunks of this size. */
function found(
  text: string,
  delimiter = ',',
  size = text.length,
): { rows: FoundRow[]; unclosed: number | null } {
  const finder = new CsvScanner(delimiter);
  const rows: FoundRow[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...finder.push(text.slice(at, at + size)));
  rows.push(...finder.end());
  return { rows, unclosed: finder.unclosedQuoteAt };
}

const RELAXED = { record_delimiter: '\n', relax_column_count: true, relax_quotes: true };
const PIECES = [
  'a',
  'ñ',
  '🎉',
  ' ',
  '\t',
  ';',
  ',',
  '|',
  '"',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  '\u0000',
  '\ufeff',
];
const anyText = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((list) => list.join(''));
const delimiters = fc.constantFrom(',', ';', '\t', '|');

describe('rows that are found in a text', () => {
  it('are exactly one record each for csv-parse, alone and together, whatever the text', () => {
    fc.assert(
      fc.property(anyText, delimiters, fc.integer({ min: 1, max: 9 }), (text, delimiter, size) => {
        const { rows } = found(text, delimiter, size);
        const options = { ...RELAXED, delimiter };
        const alone = rows.flatMap((row) => parse(row.text, options));
        expect(alone).toHaveLength(rows.length);
        expect(parse(rows.map((row) => row.text).join('\n'), options)).toEqual(alone);
      }),
      { numRuns: 5000 },
    );
  });

  it('are the same whatever the size of the chunks', () => {
    fc.assert(
      fc.property(anyText, delimiters, fc.integer({ min: 1, max: 9 }), (text, delimiter, size) => {
        expect(found(text, delimiter, size)).toEqual(found(text, delimiter));
      }),
      { numRuns: 5000 },
    );
  });

  it('have the text of the file where it is well-formed', () => {
    const { rows } = found('a, b ,"c ""d"""\r\n\r"e\r\nf",\n5" g');
    expect(rows).toEqual([
      { line: 1, row: 1, text: 'a, b ,"c ""d"""', flaw: null },
      { line: 3, row: 3, text: '"e\r\nf",', flaw: null },
      { line: 5, row: 4, text: '5" g', flaw: null },
    ]);
  });

  it('have a stray quotation mark as part of its cell', () => {
    const [row] = found('"Juan "Pepe" P",1\n').rows;
    expect(row).toEqual({ line: 1, row: 1, text: '"Juan ""Pepe"" P""",1', flaw: 'quote' });
  });

  it('count doubled quotation marks as one character, and are never cut within a pair', () => {
    const cells = withCells(found(`"${'""'.repeat(70_000)}","${'x'.repeat(65_535)}🎉",z\n`).rows, ',')[0]
      ?.cells;
    expect(cells?.map((cell) => cell.length)).toEqual([65_536, 65_535, 1]);
  });
});

describe('cells of found rows', () => {
  const rowOf = (text: string, line: number): FoundRow => ({ line, row: line, text, flaw: null });

  it('are in their own row, also when another row is no record', () => {
    const rows = withCells([rowOf('a,b', 1), rowOf('"open,1', 2), rowOf('c,d', 3)], ',');
    expect(rows).toEqual([
      { line: 1, row: 1, cells: ['a', 'b'], flaw: null },
      { line: 2, row: 2, cells: ['"open,1'], flaw: 'quote' },
      { line: 3, row: 3, cells: ['c', 'd'], flaw: null },
    ]);
  });

  it('are in their own row, also when another row is two records', () => {
    const rows = withCells([rowOf('a\nb', 1), rowOf('c', 3)], ',');
    expect(rows).toEqual([
      { line: 1, row: 1, cells: ['a\nb'], flaw: 'quote' },
      { line: 3, row: 3, cells: ['c'], flaw: null },
    ]);
  });
});
