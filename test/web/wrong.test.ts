import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { expectMode } from '../support/on-windows.js';
import { phoneNumber } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { bytesOf } from '../support/xlsx-reading.js';
import { type Served, servedPage } from './support/served.js';
import { teamPage, withUsers } from './support/team.js';

const LIST = `nombre,celular
María,${phoneNumber(1)}
José,9.87654E+08
Ana,
Eva,${phoneNumber(1)}
Luis,123
`;

async function wrongPlace(
  list = LIST,
  lines: Readonly<Record<string, string>> = {},
): Promise<{ readonly place: SendingPlace; readonly page: Served }> {
  const place = await sendingPlace(1, {
    recipients: '{ file: recipients.csv, country: PE }',
    variables: '{ body: { "1": "{{ nombre }}" } }',
    ...lines,
  });
  place.write('sale/recipients.csv', list);
  return { place, page: await servedPage(place) };
}

/** What a reader sees of a page, in one line. */
function seen(text: string): string {
  return text.replace(/<[^>]+>/gu, '').replace(/\s+/gu, ' ');
}

/** Types a value into the cell of a row, as its form does. */
function mend(
  page: Pick<Served, 'post'>,
  line: number,
  value: string,
  { was = '', column = 1, query = '' } = {},
): ReturnType<Served['post']> {
  return page.post(`/campaigns/sale/wrong/mend${query}`, {
    line: String(line),
    column: String(column),
    [`was${line}.${column}`]: was,
    [`r${line}.${column}`]: value,
  });
}

test('the log tells of a mended row who typed it, and on the page: whoever mends has prepared the campaign', async () => {
  const { place } = await wrongPlace();
  await withUsers(place, { luis: ['admin'], ana: ['marketer', 'sender'] });
  const team = await teamPage(place);
  expect((await mend(await team.as('ana'), 4, phoneNumber(3))).status).toBe(303);
  const { stdout } = await place.run(['log', 'export', '--format', 'jsonl', '--campaign', 'sale']);
  expect(JSON.parse(stdout)).toMatchObject({ action: 'row-mended', by: 'ana', place: 'page' });
});

test('the rows add up to those of the file, and each reason says what to do', async () => {
  const { page } = await wrongPlace();
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).toContain('1 ready · , 3 cannot be sent · , 1 repeated = 5 rows');
  expect(text).toContain('Excel damaged some cells');
  expect(text).toContain('1 phone was destroyed by Excel');
  expect(text).toContain('Write 1 missing phone.');
  expect(text).toContain('Correct 1 number that is no phone.');
  expect(text).toContain('Continue with 1 person');
});

test('only rows with errors are shown, each with its cell and the reason', async () => {
  const { page } = await wrongPlace();
  const { text } = await page.get('/campaigns/sale/wrong');
  for (const line of [3, 4, 6]) expect(text).toContain(`id="row-${line}"`);
  for (const line of [2, 5]) expect(text).not.toContain(`id="row-${line}"`);
  expect(text).toContain('name="r3.1" type="text" value="9.87654E+08"');
  const some = await page.get('/campaigns/sale/wrong?reason=phone.missing');
  expect(some.text).toContain('id="row-4"');
  expect(some.text).not.toContain('id="row-3"');
});

test('a cell that is typed right makes its row ready: the list stays, the campaign sends it', async () => {
  const { place, page } = await wrongPlace();
  await page.get('/campaigns/sale/wrong');
  const mended = await mend(page, 4, '987 654 321');
  expect(mended.status).toBe(303);
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).toContain('Row 4 is right now.');
  expect(text).toContain('2 ready · , 2 cannot be sent');
  expect(place.read('sale/recipients.csv')).toBe(LIST);
  const sent = await place.json(['send', 'sale', '--yes']);
  expect(sent.json).toMatchObject({ counts: { accepted: 2, rejected: 2 } });
});

test('what is typed and still wrong is kept, and says why beside its field', async () => {
  const { page } = await wrongPlace();
  const { status, text } = await mend(page, 6, '12345', { was: '123' });
  expect(status).toBe(422);
  expect(text).toContain('<a href="#r6.1">');
  expect(text).toContain('name="r6.1" type="text" value="12345"');
  expect(seen(text)).toContain('Row 6 was saved and is still not right.');
});

test('a row that is mended to a phone of the list is one more repetition', async () => {
  const { page } = await wrongPlace();
  await mend(page, 4, phoneNumber(1));
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).toContain('this person stands in the list already');
  expect(text).toContain('1 ready · , 2 cannot be sent · , 2 repeated = 5 rows');
});

test('a row that somebody changed meanwhile is left alone', async () => {
  const { place, page } = await wrongPlace();
  await page.get('/campaigns/sale/wrong');
  place.write('sale/recipients.csv', LIST.replace('Ana,', 'Ana,77'));
  const { status, text } = await mend(page, 4, '987654321');
  expect(status).toBe(422);
  expect(seen(text)).toContain('is not what you saw');
  expect(existsSync(place.path('sale/mended.csv'))).toBe(false);
});

test('a run in between is told by the sum: who has it is not ready any more', async () => {
  const { place, page } = await wrongPlace();
  await page.get('/campaigns/sale/wrong');
  await place.run(['send', 'sale', '--yes']);
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).toContain('0 ready · , 3 cannot be sent · , 1 repeated · , 1 already has it = 5 rows');
  await mend(page, 4, '987654321');
  expect(seen((await page.get('/campaigns/sale/wrong')).text)).toContain('1 ready');
});

test('a row with too many cells is mended without them', async () => {
  const { page } = await wrongPlace(`nombre,celular\nAna,${phoneNumber(1)}\nRosa,${phoneNumber(2)},x\n`);
  const { text } = await page.get('/campaigns/sale/wrong');
  expect(text).toContain('Leave out the cell that is too many');
  const mended = await page.post('/campaigns/sale/wrong/mend', { line: '3', surplus: 'yes' });
  expect(mended.status).toBe(303);
  expect(seen((await page.get('/campaigns/sale/wrong')).text)).toContain('2 ready = 2 rows');
});

test('many bad rows are paged by key', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => `P${index},${index}`).join('\n');
  const { page } = await wrongPlace(`nombre,celular\nAna,${phoneNumber(1)}\n${rows}\n`);
  const first = await page.get('/campaigns/sale/wrong');
  const [, next = ''] = /href="([^"]+)" rel="next"/u.exec(first.text) ?? [];
  const second = await page.get(next.replaceAll('&amp;', '&'));
  expect(first.text).toContain('id="row-3"');
  expect(second.text).not.toContain('id="row-3"');
  expect(second.text).toContain('id="row-23"');
  expect(second.text).toContain('rel="first"');
  const answer = await mend(page, 23, '987654321', { was: '20', query: next.slice(next.indexOf('?')) });
  expect(answer.headers['location']).toContain('after=');
});

test('a list that is fine has nothing to mend, and leads on', async () => {
  const { page } = await wrongPlace(`nombre,celular\nAna,${phoneNumber(1)}\n`);
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).toContain('1 ready = 1 row');
  expect(text).toContain('There is nothing to mend');
});

test('a message that asks for a column that is not there is told, with the way to mend it', async () => {
  const { page } = await wrongPlace(LIST, { variables: '{ body: { "1": "{{ apellido }}" } }' });
  const { status, text } = await page.get('/campaigns/sale/wrong');
  expect(status).toBe(200);
  expect(text).toContain('apellido');
  expect(text).toContain('href="/campaigns/sale/message"');
});

test('a form without a row of ours does nothing', async () => {
  const { place, page } = await wrongPlace();
  for (const line of ['', 'x', '-1', '1e3', '99999'])
    expect([404, 422]).toContain((await page.post('/campaigns/sale/wrong/mend', { line })).status);
  const foreign = await page.post('/campaigns/sale/wrong/mend', {
    line: '4',
    column: '99999',
    'r4.99999': '1',
  });
  expect(foreign.status).toBe(422);
  expect(existsSync(place.path('sale/mended.csv'))).toBe(false);
});

test('what was mended is its owner’s alone', async () => {
  const { place, page } = await wrongPlace();
  await mend(page, 4, '987654321');
  expectMode(place.path('sale/mended.csv'), 0o600);
  expect(readFileSync(place.path('sale/mended.csv'), 'utf8')).toContain('987654321');
});

test('in Spanish it says the same', async () => {
  const { page } = await wrongPlace();
  const { text } = await page.get('/campaigns/sale/wrong', { 'accept-language': 'es' });
  expect(seen(text)).toContain('1 lista · , 3 no se pueden enviar · , 1 repetida = 5 filas');
  expect(seen(text)).toContain('Excel destruyó 1 teléfono');
});

test('an Excel file is asked for only where the list is none', async () => {
  const { place, page } = await wrongPlace();
  const advice = 'Upload the .xlsx file instead of the CSV, or type the numbers here.';
  expect(seen((await page.get('/campaigns/sale/wrong')).text)).toContain(advice);
  const rows = [
    ['nombre', 'celular'],
    ['José', '9.87654E+08'],
  ];
  const workbook = await bytesOf(workbookBytes([{ name: 'Clientes', header: null, rows: [rows] }]));
  writeFileSync(place.path('sale/recipients.xlsx'), workbook);
  const file = place.read('sale/campaign.yaml').replace('recipients.csv', 'recipients.xlsx');
  place.write('sale/campaign.yaml', file);
  const text = seen((await page.get('/campaigns/sale/wrong')).text);
  expect(text).not.toContain(advice);
  expect(text).toContain('1 phone was destroyed by Excel: its last digits are gone. Type the numbers here.');
});
