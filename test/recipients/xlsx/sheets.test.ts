import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecipients } from '../../../src/recipients/read-recipients.js';
import { readSuppressFile } from '../../../src/recipients/suppress-files.js';
import { unwrapped } from '../../support/results.js';
import { said } from '../../support/said.js';
import { collected, sourceFor, temporaryFolder } from '../files.js';
import { bookShelf, problemsIn, tableIn, texts } from './books.js';

const shelf = bookShelf();
const folder = temporaryFolder();

function sheet(name: string, column: string, state?: 'hidden' | 'veryHidden') {
  const xml = `<sheetData>${texts(1, column)}${texts(2, '987654321')}</sheetData>`;
  return state === undefined ? { name, xml } : { name, xml, state };
}

describe('the sheet that is read', () => {
  const sheets = [
    sheet('Notas', 'oculta', 'hidden'),
    sheet('Muy oculta', 'muy oculta', 'veryHidden'),
    sheet('Clientes', 'visible'),
    sheet('Región Sur', 'sur'),
  ];

  it('is the first visible one', async () => {
    const { table } = await tableIn(await shelf.book({ sheets }));
    expect(table).toMatchObject({ format: 'xlsx', sheet: 'Clientes', hiddenRows: 0, columns: ['visible'] });
  });

  it.each([
    ['Región Sur', 'sur'],
    ['region sur', 'sur'],
    ['Notas', 'oculta'],
  ])('is %s when it is named', async (name, column) => {
    const { table } = await tableIn(await shelf.book({ sheets }), { sheet: name });
    expect(table.columns).toEqual([column]);
  });

  it('that is missing is told with those that there are and the nearest', async () => {
    const file = await shelf.book({ sheets: [sheet('Clientes', 'a'), sheet('Notas', 'b')] });
    const [problem] = await problemsIn(file, { sheet: 'Cliente' });
    expect(problem).toMatchObject({
      code: 'recipients.sheet-missing',
      params: { sheets: 'Clientes, Notas', near: 'Clientes' },
    });
    const [elsewhere] = await problemsIn(file, { sheet: 'Cliente', within: folder.path });
    expect(elsewhere?.params).toMatchObject({ sheets: 'none', count: 2 });
    expect(said(elsewhere as never)).not.toContain('Notas');
  });

  it('that has no phones is told with how to name another, where there is one', async () => {
    const sentences: string[] = [];
    for (const sheets of [[sheet('Notas', 'a'), sheet('Clientes', 'celular')], [sheet('Notas', 'a')]]) {
      const opened = await openRecipients(sourceFor(await shelf.book({ sheets })), {
        render: null,
        fixValues: false,
      });
      sentences.push(opened.ok ? '' : said(opened.problems[0] as never));
    }
    expect(sentences[0]).toContain('Only one of its 2 sheets was read');
    expect(sentences[1]).toContain('Name the right one with "recipients.phone".');
    expect(sentences[1]).not.toContain('sheet');
  });

  it('must be there, and visible when it is not named', async () => {
    const file = await shelf.book({ sheets: [sheet('Notas', 'a', 'hidden')] });
    expect(await problemsIn(file)).toMatchObject([{ code: 'recipients.no-sheet' }]);
  });

  it('is nothing that a text has', async () => {
    const file = folder.write('a.csv', 'celular\n987654321\n');
    expect(await problemsIn(file, { sheet: 'Clientes' })).toMatchObject([
      { code: 'recipients.sheet-of-text' },
    ]);
  });
});

describe('the rows of a sheet', () => {
  it('have the numbers that the sheet shows; blank ones are left out', async () => {
    const rows = `<row r="3"/>${texts(4, 'a', 'b')}${texts(6, '1', '2')}<row r="7"><c r="A7" s="0"/></row>${texts(9, '', '3')}<row r="10"/>${texts(11, ' ', '')}`;
    const { table, rows: found } = await tableIn(await shelf.rows(rows));
    expect(table.headerLine).toBe(4);
    expect(found.map(({ line, cells }) => [line, ...cells])).toEqual([
      [6, '1', '2'],
      [9, '', '3'],
    ]);
  });

  it('need no numbers', async () => {
    const cell = '<c t="inlineStr"><is><t>x</t></is></c>';
    const { rows } = await tableIn(
      await shelf.rows(`<row>${cell}</row><row>${cell}</row><row>${cell}${cell}</row>`),
    );
    expect(rows.map(({ line, misfit }) => [line, misfit])).toEqual([
      [2, null],
      [3, '2/1'],
    ]);
  });

  it('that are hidden or filtered are left out and told; those without anything in them are not counted', async () => {
    const hidden = (line: number, text: string): string => texts(line, text).replace('>', ' hidden="1">');
    const rows =
      texts(1, 'celular') +
      hidden(2, 'x') +
      texts(3, '987654321') +
      hidden(4, 'y') +
      '<row r="5" hidden="true"><c r="A5"/></row>';
    const file = await shelf.rows(rows);
    const { table, rows: found } = await tableIn(file);
    expect(found.map(({ line }) => line)).toEqual([3]);
    expect(table).toMatchObject({ hiddenRows: 2 });
    expect(table.notices).toMatchObject([
      { code: 'recipients.hidden-rows', params: { sheet: 'Hoja1', count: 2 } },
    ]);
  });

  it('keep the cells of hidden columns', async () => {
    const xml = `<cols><col min="1" max="1" hidden="1"/></cols><sheetData>${texts(1, 'a', 'b')}${texts(2, '1', '2')}</sheetData>`;
    const { table, rows } = await tableIn(await shelf.book({ sheets: [{ name: 'H', xml }] }));
    expect([table.columns, rows[0]?.cells, table.notices]).toEqual([['a', 'b'], ['1', '2'], []]);
  });

  it('below merged cells of a header stand in columns of which one has no name', async () => {
    const xml = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>celular</t></is></c><c r="B1" t="inlineStr"><is><t>nombre</t></is></c><c r="C1"/><c r="D1" t="inlineStr"><is><t>nota</t></is></c></row>${texts(2, '987654321', 'Ana', 'Paz', 'x')}</sheetData><mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>`;
    const { table, rows } = await tableIn(await shelf.book({ sheets: [{ name: 'H', xml }] }));
    expect(table.columns).toEqual(['celular', 'nombre', '', 'nota']);
    expect(rows[0]).toMatchObject({ cells: ['987654321', 'Ana', 'Paz', 'x'], misfit: null });
  });

  it('may be written with a prefix, with comments, and in pretty lines', async () => {
    const xml = `<sheetData>\n  <!-- <c r="A9"><v>1</v></c> -->\n  <row r="1">\n <c r="A1" t="inlineStr"><is><t>a</t></is></c>\n </row>\n  <row r="2"><c r="A2"><v><!-- 9 -->7</v></c></row></sheetData>`;
    const { rows } = await tableIn(await shelf.book({ sheets: [{ name: 'H', xml }] }));
    expect(rows.map(({ cells }) => cells)).toEqual([['7']]);
  });
});

describe('a file with a workbook in it', () => {
  it('is known by its first bytes, whatever it is called', async () => {
    const file = join(folder.path, 'clientes.csv');
    copyFileSync(await shelf.rows(texts(1, 'celular') + texts(2, '987654321')), file);
    expect((await tableIn(file)).table).toMatchObject({ format: 'xlsx' });
  });

  it('has neither delimiter nor encoding: said, and read all the same', async () => {
    const file = await shelf.rows(texts(1, 'celular') + texts(2, '987654321'));
    const { table } = await tableIn(file, { delimiter: ';' });
    expect(table.notices).toMatchObject([{ code: 'recipients.text-options' }]);
  });

  it('is a list of people to leave alone, too', async () => {
    const file = await shelf.rows(texts(1, 'celular') + texts(2, '987654321') + texts(3, 'x'));
    const list = unwrapped(
      await readSuppressFile(file, { folder: folder.path, recipients: { country: 'PE' } }, 10),
    );
    expect([list.people.map(({ phone }) => phone), list.unreadable]).toEqual([['51987654321'], 1]);
  });

  it('has the digest of its bytes; one that is written anew in the middle of a reading has another', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      texts(index + 2, `98765${String(index).padStart(4, '0')}`),
    );
    const file = await shelf.rows(texts(1, 'celular') + many.join(''));
    const bytes = readFileSync(file);
    const opened = unwrapped(await openRecipients(sourceFor(file), { render: null, fixValues: false }));
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(await opened.digest()).toBe(digest);
    expect(await collected(opened.batches)).toHaveLength(5_000);
    expect(opened.digestRead()).toBe(digest);
    for await (const _ of opened.batches) writeFileSync(file, Buffer.concat([bytes, Buffer.from('!')]));
    expect(opened.digestRead()).not.toBe(digest);
  });
});
