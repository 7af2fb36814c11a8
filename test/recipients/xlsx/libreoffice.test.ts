import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rejection } from '../../../src/core/recipient.js';
import { openRecipients } from '../../../src/recipients/read-recipients.js';
import { writeRejected } from '../../../src/recipients/rejected-file.js';
import { programNamed } from '../../report/programs.js';
import { collected, inShort, sourceFor, temporaryFolder } from '../files.js';
import { problemsIn, tableIn } from './books.js';

const soffice = programNamed('soffice', 'libreoffice');
const folder = temporaryFolder();

const NAMESPACES = ['office', 'table', 'text', 'style', 'number', 'fo']
  .map((name) => {
    const place = name === 'number' ? 'datastyle' : name === 'fo' ? 'xsl-fo-compatible' : name;
    return `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${place}:1.0"`;
  })
  .concat('xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"')
  .join(' ');

const text = (value: string): string =>
  `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
const number = (value: string, style = 'Default'): string =>
  `<table:table-cell table:style-name="${style}" office:value-type="float" office:value="${value}"/>`;
const date = (value: string, style: string): string =>
  `<table:table-cell table:style-name="${style}" office:value-type="date" office:date-value="${value}"/>`;
const formula = (code: string, value = ''): string =>
  `<table:table-cell table:formula="of:=${code}"${value === '' ? '' : ` office:value-type="float" office:value="${value}"`}/>`;
const row = (cells: readonly string[], how = ''): string =>
  `<table:table-row${how}>${cells.join('')}</table:table-row>`;

const STYLES = `<office:automatic-styles>
<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="N2" number:language="es" number:country="PE"><number:day/><number:text> de </number:text><number:month number:style="long" number:textual="true"/></number:date-style>
<number:number-style style:name="N3"><number:text>S/ </number:text><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:percentage-style style:name="N4"><number:number number:decimal-places="1" number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
${[1, 2, 3, 4].map((style) => `<style:style style:name="c${style}" style:family="table-cell" style:data-style-name="N${style}"/>`).join('\n')}
</office:automatic-styles>`;

const SHEETS = `<table:table table:name="Clientes">
${row(['celular', 'nombre', 'vence', 'fecha', 'body.monto', 'tasa', 'doble'].map(text))}
${row([number('51987654321'), text('Ana &amp; José Ñandú'), date('2026-03-21', 'c1'), date('2026-03-21', 'c2'), number('1234.5', 'c3'), number('0.155', 'c4'), formula('[.A2]*2', '103975308642')])}
${row([number('987654322'), text('Oculta')], ' table:visibility="collapse"')}
${row([number('987654323'), text('Filtrada')], ' table:visibility="filter"')}
${row([text('+51 987 654 324'), text('  con   espacios '), date('2026-04-01', 'c1'), date('2026-04-01', 'c2'), number('5', 'c3'), number('1', 'c4'), formula('NA()')])}
${row([number('9876543210987654321'), text('Perdida')])}
${row([], ' table:number-rows-repeated="5"')}
${row([number('987654325'), text('Última'), date('1999-12-31', 'c1'), text(''), number('0', 'c3')])}
</table:table>
<table:table table:name="Región Sur">${row([text('celular')])}${row([number('987654399')])}</table:table>`;

function converted(program: string, format: string): string {
  const source = folder.write(
    'lista.fods',
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">${STYLES}<office:body><office:spreadsheet>${SHEETS}</office:spreadsheet></office:body></office:document>`,
  );
  const profile = pathToFileURL(join(folder.path, 'profile')).href;
  const target = ['--convert-to', format, '--outdir', folder.path, source];
  execFileSync(program, ['--headless', `-env:UserInstallation=${profile}`, ...target], { stdio: 'ignore' });
  return join(folder.path, `lista.${format}`);
}

describe.skipIf(soffice === null)('a workbook that LibreOffice wrote', () => {
  let file = '';
  beforeAll(() => {
    file = converted(soffice ?? '', 'xlsx');
  });

  it('is read as it is shown', async () => {
    const { table, rows } = await tableIn(file);
    expect(table).toMatchObject({ sheet: 'Clientes', hiddenRows: 2 });
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [
        2,
        '51987654321',
        'Ana & José Ñandú',
        '21/03/2026',
        '21 de marzo',
        'S/ 1,234.50',
        '15.5%',
        '103975308642',
      ],
      [
        5,
        '+51 987 654 324',
        '  con   espacios ',
        '01/04/2026',
        '1 de abril',
        'S/ 5.00',
        '100.0%',
        expect.stringMatching(/^#/),
      ],
      [6, expect.stringContaining('E+18'), 'Perdida', '', '', '', '', ''],
      [12, '987654325', 'Última', '31/12/1999', '', 'S/ 0.00', '', ''],
    ]);
  });

  it('gives recipients and rejections', async () => {
    const opened = await openRecipients(sourceFor(file), { render: null, fixValues: false });
    if (!opened.ok) throw new Error('unusable');
    expect((await collected(opened.value.batches)).map(inShort)).toEqual([
      '2 51987654321',
      '5 cell.error doble',
      '6 phone.scientific celular',
      '12 51987654325',
    ]);
  });

  it('has other sheets to be named', async () => {
    expect((await tableIn(file, { sheet: 'región sur' })).rows.map(({ cells }) => cells)).toEqual([
      ['987654399'],
    ]);
  });

  it.each([
    ['xls', 'recipients.xls'],
    ['ods', 'recipients.workbook'],
  ])(
    'as .%s is refused, whatever it is called',
    async (format, code) => {
      const renamed = join(folder.path, `${format}.xlsx`);
      copyFileSync(converted(soffice ?? '', format), renamed);
      expect(await problemsIn(renamed)).toMatchObject([{ code }]);
    },
    120_000,
  );
});

describe.skipIf(soffice === null)('a list of rejected rows that LibreOffice saved again', () => {
  it('holds the same rows: nothing in it is taken for mended', { timeout: 120_000 }, async () => {
    const columns = ['celular', 'nombre', '=monto'];
    const cells = [
      ['0051987', 'José Ñandú', '=1+1'],
      ['+51 98', "'=x", '1,234.50'],
      ['98765', '  a  b ', 'una\notra'],
      ['987651', '', '2026-03-21'],
      ['987652', '_x0041_', '20%', 'de más'],
    ];
    const rejections = cells.map((row, index): Rejection => {
      const place = { line: index + 2, column: 'celular', value: '', phone: row[0] ?? '' };
      return { ...place, reason: 'phone.invalid', cells: row };
    });
    const file = join(folder.path, 'rejected.xlsx');
    const facts = {
      format: 'xlsx',
      sheet: 'a',
      hiddenRows: 0,
      columns,
      phoneColumn: 'celular',
      notices: [],
    } as const;
    await writeRejected(file, facts, rejections, () => 'Corríjalo.');
    const profile = pathToFileURL(join(folder.path, 'profile')).href;
    const target = ['--convert-to', 'xlsx', '--outdir', join(folder.path, 'saved'), file];
    execFileSync(soffice ?? '', ['--headless', `-env:UserInstallation=${profile}`, ...target], {
      stdio: 'ignore',
    });
    const before = await tableIn(file);
    const after = await tableIn(join(folder.path, 'saved', 'rejected.xlsx'));
    expect(before.rows.map((row) => [...row.cells, ...row.surplus])).toEqual(cells);
    expect([after.table.columns, after.rows]).toEqual([before.table.columns, before.rows]);
  });
});
