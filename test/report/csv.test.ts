import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutSafetyMark } from '../../src/core/formula-safety.js';
import { csvLines, csvReport } from '../../src/report/csv.js';
import { rowWith, sourceOf, textOf } from './support.js';

const ALL = { delimiter: ',', statuses: null } as const;

/** Reads a line back as a spreadsheet would, for which any line break outside quotes ends the row. */
function cellsOf(line: string, delimiter = ','): readonly string[] {
  return (parse(line, { delimiter, record_delimiter: ['\r\n', '\n', '\r'] }) as string[][])[0] ?? [];
}

describe('the file', () => {
  test('begins with a byte order mark and the header, and every line ends with CRLF', async () => {
    const text = await textOf(csvReport(sourceOf(['nombre'], [rowWith({ cells: ['José Ñandú'] })]), ALL));
    expect(text).toBe(
      '\uFEFFline,phone,status,reason,attempts,contact_id,first_attempt_at,last_attempt_at,http_status,error_code,error_message,confirmation,nombre\r\n' +
        '2,"51987654321",accepted,,1,c-1,2026-03-21T14:00:00.000Z,2026-03-21T14:00:01.250Z,200,,,,José Ñandú\r\n',
    );
  });

  test('has its header when there are no rows', async () => {
    expect(await textOf(csvReport(sourceOf([], []), ALL))).toMatch(/^\uFEFFline,.*,confirmation\r\n$/u);
  });

  test('has a semicolon for offices whose decimal sign is a comma', async () => {
    const rows = [rowWith({ cells: ['1,50; neto'] })];
    const text = await textOf(csvReport(sourceOf(['monto'], rows), { delimiter: ';', statuses: null }));
    expect(text).toContain('line;phone;status');
    expect(text).toContain(';"1,50; neto"\r\n');
  });

  test('holds only the statuses that were asked for', async () => {
    const rows = [rowWith(), rowWith({ line: 3, status: 'refused', reason: 'not-on-whatsapp' })];
    const text = await textOf(csvReport(sourceOf([], rows), { delimiter: ',', statuses: ['refused'] }));
    expect(text.trimEnd().split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/^3,"51987654321",refused/u),
    ]);
  });

  test('shows a rejected phone as it was typed, without being a formula', async () => {
    const rows = [rowWith({ status: 'rejected', phone: '+51 987', reason: 'phone.invalid' })];
    expect(await textOf(csvReport(sourceOf([], rows), ALL))).toContain("2,'+51 987,rejected,phone.invalid");
  });
});

describe('no cell is a formula', () => {
  const line = csvLines(',');

  test.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
    '%j gets an apostrophe in front',
    (value) => {
      const [, cell = ''] = cellsOf(line(['a', value]));
      expect(cell.startsWith("'")).toBe(true);
      expect(withoutSafetyMark(cell)).toBe(value);
    },
  );

  test.each([' =1+1', '\u00A0=1', '\u200B=1', '\uFEFF@x', '\u0000=1', ' \t +1'])(
    'a sign behind invisible characters counts as well: %j',
    (value) => {
      const [cell = ''] = cellsOf(line([value]));
      expect(cell.startsWith("'")).toBe(true);
      expect(withoutSafetyMark(cell)).toBe(value);
    },
  );

  test('a header that looks like a formula is neutralised, too', async () => {
    const text = await textOf(csvReport(sourceOf(['=cmd()'], []), ALL));
    expect(text).toContain(",'=cmd()\r\n");
  });

  test('a text from the provider is neutralised like any other', async () => {
    const rows = [rowWith({ errorMessage: '=HYPERLINK("http://x","y")', errorCode: '@1', contactId: '-2' })];
    const text = await textOf(csvReport(sourceOf([], rows), ALL));
    const cells = cellsOf(text.split('\r\n')[1] ?? '');
    expect(cells.slice(5, 6)).toEqual(["'-2"]);
    expect(cells.slice(9, 11)).toEqual(["'@1", `'=HYPERLINK("http://x","y")`]);
  });

  test('whatever the texts are, a reader gets them back, with nothing but apostrophes besides', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\s=+\-@＝'",;|\r\n]{0,4}[a-z0-9]*$/u),
    );
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (values, by) => {
          const cells = cellsOf(csvLines(by)(values), by);
          expect(cells.map(withoutSafetyMark)).toEqual(values);
          for (const cell of cells) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('lines that are joined without the library are those that the library would write', () => {
    const format = {
      record_delimiter: '\r\n',
      quote_record_delimiter: true,
      quoted_match: /^(?:0\d+|\d{7,})$/u,
    };
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zñ0-9 .,";]{0,9}$/u), { minLength: 1, maxLength: 8 }),
        (values) => {
          const expected = stringify([values], format);
          if (values.every((value) => !/^\s/u.test(value))) expect(csvLines(',')(values)).toBe(expected);
        },
      ),
    );
  });
});

test('numbers that are names are quoted, so that they can be imported as text; other numbers are not', () => {
  expect(csvLines(',')(['51987654321', '00123', '123456', 200, '2026-03-21T14:00:00.000Z'])).toBe(
    '"51987654321","00123",123456,200,2026-03-21T14:00:00.000Z\r\n',
  );
});

test('rows are asked for batch by batch: a reader that stops early stops the source', async () => {
  let batches = 0;
  const source = {
    ...sourceOf([], []),
    async *rows() {
      for (;;) {
        batches += 1;
        yield [rowWith()];
      }
    },
  };
  for await (const chunk of csvReport(source, ALL)) if (!chunk.startsWith('\uFEFF')) break;
  expect(batches).toBe(1);
});
