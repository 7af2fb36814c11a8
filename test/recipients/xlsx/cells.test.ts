import { describe, expect, it } from 'vitest';
import { openRecipients } from '../../../src/recipients/read-recipients.js';
import { collected, inShort, sourceFor } from '../files.js';
import { bookShelf, tableIn, texts } from './books.js';

const shelf = bookShelf();

/** What a sheet shows for one cell below a header. */
async function shown(cell: string, more: Parameters<typeof shelf.rows>[1] = {}): Promise<string> {
  const { rows } = await tableIn(
    await shelf.rows(`${texts(1, 'a')}<row r="2">${cell}<c r="B2"/></row>`, more),
  );
  const fault = rows[0]?.fault;
  return fault == null ? (rows[0]?.cells[0] ?? 'no row') : `${fault.reason} ${rows[0]?.cells[0]}`;
}

/** What a sheet shows for a number in a format. */
function formatted(value: number | string, format: string | number, date1904 = false): Promise<string> {
  return shown(`<c r="A2" s="1"><v>${value}</v></c>`, { formats: ['General', format], date1904 });
}

describe('a number', () => {
  it.each([
    ['51987654321', '51987654321'],
    ['5.1987654321E10', '51987654321'],
    ['519876543210123', '519876543210123'],
    ['-12', '-12'],
    ['0.30000000000000004', '0.3'],
    ['1234567.891', '1234567.891'],
    ['0', '0'],
    ['word', 'word'],
  ])('%s is %s', async (written, text) => {
    expect(await shown(`<c r="A2"><v>${written}</v></c>`)).toBe(text);
    expect(await shown(`<c r="A2" t="n"><v>${written}</v></c>`)).toBe(text);
  });

  it.each(['5198765432101234', '1E+20', '1000000000000000'])(
    'of more than 15 digits is lost: %s',
    async (written) => {
      expect(await shown(`<c r="A2"><v>${written}</v></c>`)).toMatch(/^cell\.digits .*E\+/);
      expect(await formatted(written, '#,##0')).toMatch(/^cell\.digits/);
    },
  );

  it.each([
    ['#,##0.00', 1234.5, '1,234.50'],
    ['"S/" #,##0.00', 1234.5, 'S/ 1,234.50'],
    ['[$S/-280A] #,##0.00', 1234.5, 'S/ 1,234.50'],
    ['[$€-C0A] #,##0.00', 1234.5, '€ 1,234.50'],
    ['_-"S/"* #,##0.00_-;-"S/"* #,##0.00_-', 1234.5, 'S/ 1,234.50'],
    ['$#,##0.00_);[Red]($#,##0.00)', -5.5, '($5.50)'],
    ['0%', 0.15, '15%'],
    ['0.0%', 0.155, '15.5%'],
    [10, 0.155, '15.50%'],
    [4, 1234.5, '1,234.50'],
    ['000000000', 12345678, '012345678'],
    ['+51 000 000 000', 987654321, '+51 987 654 321'],
    ['0.00E+00', 51987654321, '51987654321'],
    ['0', 51987654321, '51987654321'],
    ['@', 51987654321, '51987654321'],
    [';;;', 5, ''],
    ['bad[[', 5, '5'],
    ['[>100]"mucho";"poco"', 5, 'poco'],
  ])('with the format %s is shown as the sheet shows it', async (format, value, text) => {
    // A hidden value leaves a row without any: it is none.
    expect(await formatted(value, format)).toBe(text === '' ? 'no row' : text);
  });
});

describe('a date', () => {
  it.each([
    ['dd/mm/yyyy', 46102, '21/03/2026'],
    ['yyyy-mm-dd', 46102.5, '2026-03-21'],
    ['dd/mm/yyyy hh:mm', 46102.75, '21/03/2026 18:00'],
    ['[$-280A]d "de" mmmm "de" yyyy;@', 46102, '21 de marzo de 2026'],
    ['[$-409]mmmm d, yyyy', 46113, 'April 1, 2026'],
    ['[$-F800]dddd, mmmm dd, yyyy', 46102, 'sábado, 21 de marzo de 2026'],
    ['d-mmm-yy', 46113, '1-abr-26'],
    [14, 46102, '21/03/2026'],
    [22, 46102.75, '21/03/2026 18:00'],
    [18, 0.75, '6:00 p. m.'],
    [20, 0.75, '18:00'],
    [46, 1.5, '36:00:00'],
    [31, 46102, '21/03/2026'],
    [58, 46102, '21/03/2026'],
    [55, 0.75, '18:00'],
    ['dd/mm/yyyy', 59, '28/02/1900'],
    ['dd/mm/yyyy', 61, '01/03/1900'],
  ])('in the format %s is shown as the sheet shows it', async (format, value, text) => {
    expect(await formatted(value, format)).toBe(text);
  });

  it('counts from 1904 where the workbook says so; a length of time does not', async () => {
    expect(await formatted(44640, 'dd/mm/yyyy', true)).toBe('21/03/2026');
    expect(await formatted(0, 'dd/mm/yyyy', true)).toBe('01/01/1904');
    expect(await formatted(1.5, '[h]:mm', true)).toBe('36:00');
  });

  it('that is none is the bare number: a phone in a column of dates keeps its digits', async () => {
    expect(await formatted(51987654321, 'dd/mm/yyyy')).toBe('51987654321');
    expect(await formatted(-5, 'dd/mm/yyyy')).toBe('-5');
  });

  it('written as ISO 8601 is shown in its format', async () => {
    const more = { formats: ['General', 'dd/mm/yyyy hh:mm'] };
    expect(await shown('<c r="A2" s="1" t="d"><v>2026-03-21T18:00:00</v></c>', more)).toBe(
      '21/03/2026 18:00',
    );
    const from1904 = { ...more, date1904: true };
    expect(await shown('<c r="A2" s="1" t="d"><v>2026-03-21</v></c>', from1904)).toBe('21/03/2026 00:00');
  });

  it.each([
    ['2026-03-21T05:00:00.000Z', '21/03/2026', '21/03/2026 05:00'],
    ['2026-03-21T05:00:00-05:00', '21/03/2026', '21/03/2026 05:00'],
    ['2026-03-21', '21/03/2026', '21/03/2026 00:00'],
    ['18:30:00', '18:30', '00/01/1900 18:30'],
    ['2026-13-41', '2026-13-41', '2026-13-41'],
    ['2026-03-21T', '2026-03-21T', '2026-03-21T'],
    ['2026-03-2118:30', '2026-03-2118:30', '2026-03-2118:30'],
  ])('%s of ISO 8601 is a date without a format, too, whatever its zone', async (written, bare, inFormat) => {
    expect(await shown(`<c r="A2" t="d"><v>${written}</v></c>`)).toBe(bare);
    const more = { formats: ['General', 'dd/mm/yyyy hh:mm'] };
    expect(await shown(`<c r="A2" s="1" t="d"><v>${written}</v></c>`, more)).toBe(inFormat);
  });
});

describe('a text', () => {
  const strings =
    '<si><t>uno</t></si><si><r><t>Pe</t></r><r><rPr><b/></rPr><t xml:space="preserve">ña </t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D__x000a_b_x0041_ &amp; &#241;</t></si>';

  it.each([
    ['<c r="A2" t="s"><v>0</v></c>', 'uno'],
    ['<c r="A2" t="s"><v>1</v></c>', 'Peña '],
    ['<c r="A2" t="s"><v>2</v></c>', 'a\r\nbA & ñ'],
    ['<c r="A2" t="inlineStr"><is><t xml:space="preserve">  dos </t></is></c>', '  dos '],
    ['<c r="A2" t="inlineStr"><is><r><t>Jo</t></r><r><t>sé</t></r></is></c>', 'José'],
    ['<c r="A2" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>', '<b>'],
    ['<c r="A2" t="str"><f>A1</f><v>tres</v></c>', 'tres'],
    ['<c r="A2" t="b"><v>1</v></c>', 'TRUE'],
    ['<c r="A2" t="b"><v>0</v></c>', 'FALSE'],
    ['<c r="A2"><v>007</v></c>', '7'],
    ['<c r="A2" t="inlineStr"><is><t>007</t></is></c>', '007'],
  ])('%s', async (cell, text) => {
    expect(await shown(cell, { strings })).toBe(text);
  });

  it('with broken characters rejects its row', async () => {
    const { rows } = await tableIn(
      await shelf.rows(texts(1, 'a') + texts(2, 'PeÃ±a') + texts(3, '_x0001_') + texts(4, 'Peña')),
    );
    expect(rows.map(({ damaged }) => damaged)).toEqual([true, true, false]);
  });
});

describe('a formula', () => {
  it('is taken by the value that was stored with it', async () => {
    expect(await shown('<c r="A2" s="1"><f>1+1</f><v>2</v></c>', { formats: ['General', '0.00'] })).toBe(
      '2.00',
    );
    expect(await shown('<c r="A2" t="str"><f>A1</f><v></v></c>')).toBe('no row');
  });

  it('without a stored value rejects the row', async () => {
    expect(await shown('<c r="A2"><f>1+1</f></c>')).toBe('cell.formula ');
    expect(await shown('<c r="A2"><f>1+1</f><v></v></c>')).toBe('cell.formula ');
  });

  it('whose stored value is to be found anew rejects the row; what is no formula stays', async () => {
    const stale = { behindSheets: '<calcPr calcId="124519" fullCalcOnLoad="1"/>' };
    expect(await shown('<c r="A2"><f>B2*2</f><v>0</v></c>', stale)).toBe('cell.formula ');
    expect(await shown('<c r="A2" t="str"><f>B2</f><v>Ana</v></c>', stale)).toBe('cell.formula ');
    expect(await shown('<c r="A2"><v>5</v></c>', stale)).toBe('5');
    expect(
      await shown('<c r="A2"><f>B2*2</f><v>4</v></c>', { behindSheets: '<calcPr calcId="191029"/>' }),
    ).toBe('4');
  });

  it('that gave an error rejects the row', async () => {
    expect(await shown('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')).toBe('cell.error #DIV/0!');
  });
});

it('rows of a sheet become recipients and rejections with the line and the column that the sheet shows', async () => {
  const file = await shelf.rows(
    [
      texts(1, 'celular', 'body.1', 'nota'),
      '<row r="2"><c r="A2"><v>987654321</v></c><c r="B2" t="inlineStr"><is><t>Ana</t></is></c></row>',
      '<row r="3"><c r="A3"><v>9876543210987654</v></c><c r="B3"><v>1</v></c></row>',
      '<row r="5"><c r="A5"><v>987654322</v></c><c r="B5"><v>1234567890123456</v></c></row>',
      '<row r="6"><c r="A6"><v>987654323</v></c><c r="B6"><v>1</v></c><c r="C6" t="e"><v>#N/A</v></c></row>',
      '<row r="7"><c r="A7"><f>A2</f></c><c r="B7"><v>1</v></c></row>',
      '<row r="8"><c r="A8"><v>987654324</v></c><c r="B8"><v>1</v></c><c r="D8"><v>1</v></c></row>',
      '<row r="9"><c r="B9"><v>1</v></c></row>',
    ].join(''),
  );
  const opened = await openRecipients(sourceFor(file), { render: null, fixValues: false });
  if (!opened.ok) throw new Error('unusable');
  expect((await collected(opened.value.batches)).map(inShort)).toEqual([
    '2 51987654321',
    '3 phone.scientific celular',
    '5 cell.digits body.1',
    '6 cell.error nota',
    '7 cell.formula celular',
    '8 columns.mismatch',
    '9 phone.missing celular',
  ]);
});
