import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { cliPlace, phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { bytesOf } from '../support/xlsx-reading.js';
import { digestIn, servedPage } from './support/served.js';

const LIST = `nombre;celular;producto\nMaría;${phoneNumber(1)};Olla\nJosé;${phoneNumber(2)};Taza\n`;

/** A workbook with two sheets, the second with people. */
function workbook(): Promise<Buffer> {
  const sheet = (name: string, rows: string[][]) => ({ name, header: null, rows: [rows] });
  return bytesOf(
    workbookBytes([
      sheet('Notas', [['apuntes'], ['nada']]),
      sheet('Clientes', [
        ['nombre', 'celular'],
        ['Ana', phoneNumber(3)],
      ]),
    ]),
  );
}

test('a campaign is made of a list, and its page says how the list is read', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  const made = await page.upload(
    '/new',
    { title: 'Cuotas de marzo', country: 'PE' },
    { list: { name: 'clientes.csv', text: LIST } },
  );
  expect([made.status, made.headers['location']]).toEqual([303, '/campaigns/cuotas-de-marzo/list']);
  const { text } = await page.get('/campaigns/cuotas-de-marzo/list');
  for (const word of [
    'recipients.csv',
    'Semicolon',
    'UTF-8',
    'celular',
    'Peru',
    'María',
    'Nothing is sent until',
  ])
    expect(text).toContain(word);
  expect(readFileSync(place.path('cuotas-de-marzo/recipients.csv'), 'utf8')).toBe(LIST);
});

test('a title above the table is told as that, with what to do: there is no column to choose', async () => {
  const page = await servedPage(cliPlace());
  const rows = [
    ['Campaña de julio'],
    ['nombre', 'celular'],
    ['Ana', phoneNumber(3)],
    [],
    ['Eva', phoneNumber(4)],
  ];
  for (const [title, header, told] of [
    ['Con', rows[0], true],
    ['Sin', rows[1], false],
  ] as const) {
    const bytes = await bytesOf(
      workbookBytes([{ name: 'Hoja', header: null, rows: [rows.slice(rows.indexOf(header ?? []))] }]),
    );
    await page.upload('/new', { title, country: 'PE' }, { list: { name: 'julio.xlsx', text: bytes } });
    const { text } = await page.get(`/campaigns/${title.toLowerCase()}/list`);
    expect(text.includes('delete the rows above them')).toBe(told);
  }
  const { text } = await page.get('/campaigns/con/wrong');
  expect(text).toContain('Choose it in “List”');
  expect(text).not.toContain('recipients.phone');
});

test('everything that is missing is told at once, beside its field, and what was typed stays', async () => {
  const page = await servedPage(cliPlace());
  const { status, text } = await page.upload('/new', { title: '', country: '' }, {});
  expect(status).toBe(422);
  for (const field of ['title', 'list', 'country']) expect(text).toContain(`<a href="#${field}">`);
  const unchosen = { list: { name: 'a.csv', text: LIST } };
  const lost = await page.upload('/new', { title: 'Marzo', country: '' }, unchosen);
  expect(lost.text).toContain('Choose the list again as well');
  const again = await page.upload('/new', { title: 'Marzo', country: 'MX' }, {});
  expect(again.text).toContain('value="Marzo"');
  expect(again.text).toContain('<option value="MX" selected>');
});

test('a file that is no list is refused in words, and leaves nothing behind', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  const pdf = Buffer.from('%PDF-1.7\n\u0000\u0001\u0002 binary');
  const answer = await page.upload(
    '/new',
    { title: 'x', country: 'PE' },
    { list: { name: 'a.pdf', text: pdf } },
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('class="error" id="list-error"');
  expect(answer.text).not.toContain('upload-');
  expect(existsSync(place.path('x'))).toBe(false);
});

test('a list without a country for its phones says so', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  await page.upload('/new', { title: 'x', country: 'none' }, { list: { name: 'a.csv', text: LIST } });
  expect(readFileSync(place.path('x/campaign.yaml'), 'utf8')).not.toMatch(/^ {2}country/mu);
  expect((await page.get('/campaigns/x/list')).text).toContain('every number has its country code');
});

test('where no column is surely that of the phones, the page asks, and keeps the answer', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  const two = `celular,whatsapp\n${phoneNumber(1)},${phoneNumber(2)}\n`;
  await page.upload('/new', { title: 'x', country: 'PE' }, { list: { name: 'a.csv', text: two } });
  const asked = await page.get('/campaigns/x/list');
  expect(asked.text).toContain('Which column has the phones?');
  const question = await page.get('/campaigns/x/list/change/phone');
  expect(question.text).toContain(phoneNumber(2));
  const saved = await page.post('/campaigns/x/list/change/phone', {
    digest: digestIn(question.text),
    value: 'whatsapp',
  });
  expect(saved.status).toBe(303);
  expect(readFileSync(place.path('x/campaign.yaml'), 'utf8')).toContain('phone: whatsapp');
});

test('another sheet is chosen; comments of the campaign file stay', async () => {
  const place = cliPlace();
  const page = await servedPage(place);
  await page.upload(
    '/new',
    { title: 'x', country: 'PE' },
    { list: { name: 'a.xlsx', text: await workbook() } },
  );
  const before = readFileSync(place.path('x/campaign.yaml'), 'utf8');
  const question = await page.get('/campaigns/x/list/change/sheet');
  await page.post('/campaigns/x/list/change/sheet', { digest: digestIn(question.text), value: 'Clientes' });
  const after = readFileSync(place.path('x/campaign.yaml'), 'utf8');
  expect(after).toContain('sheet: Clientes');
  for (const comment of before.match(/#.*$/gmu) ?? []) expect(after).toContain(comment);
  expect((await page.get('/campaigns/x/list')).text).toContain('Ana');
});

test('a campaign file that somebody saved in between is not written over', async () => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const question = await page.get('/campaigns/sale/list/change/country');
  const theirs = `${readFileSync(place.path('sale/campaign.yaml'), 'utf8')}# theirs\n`;
  place.write('sale/campaign.yaml', theirs);
  const fields = { digest: digestIn(question.text), value: 'MX' };
  const refused = await page.post('/campaigns/sale/list/change/country', fields);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Somebody else saved the campaign file meanwhile');
  expect(readFileSync(place.path('sale/campaign.yaml'), 'utf8')).toBe(theirs);
  // Who has seen that may go on.
  const again = await page.post('/campaigns/sale/list/change/country', {
    ...fields,
    digest: digestIn(refused.text),
  });
  expect(again.status).toBe(303);
});

test('another list takes the place of the old one, which stays in the folder', async () => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const form = await page.get('/campaigns/sale/list/upload');
  const list = { name: 'nueva.csv', text: `nombre,celular,producto\nEva,${phoneNumber(9)},Olla\n` };
  await page.upload('/campaigns/sale/list/upload', { digest: digestIn(form.text) }, { list });
  expect(existsSync(place.path('sale/recipients.csv'))).toBe(true);
  expect((await page.get('/campaigns/sale/list')).text).toContain('Eva');
});

test('the example can be used as it is', async () => {
  const page = await servedPage(cliPlace());
  const example = await page.get('/new/example.csv');
  expect(example.headers['content-disposition']).toContain('attachment');
  const made = await page.upload(
    '/new',
    { title: 'ejemplo', country: 'PE' },
    { list: { name: 'e.csv', text: example.text } },
  );
  expect(made.status).toBe(303);
});

test.each(['..%2f..', '%2e%2e', 'nothing', '@1'])('a campaign of the name %s is not there', async (name) => {
  const page = await servedPage(await sendingPlace(1));
  for (const tab of ['list', 'list/upload', 'list/change/phone', 'message', 'wrong'])
    expect((await page.get(`/campaigns/${name}/${tab}`)).status).toBe(404);
});

test('an edited list of rejected rows mends its rows, and leaves nobody out', async () => {
  const place = await sendingPlace(0, { recipients: '{ file: recipients.csv, country: PE }' });
  const list = `celular,body.1\n${phoneNumber(1)},Ana\n12,Beto\n${phoneNumber(3)},Caro\n`;
  place.write('sale/recipients.csv', list);
  const page = await servedPage(place);
  await page.get('/campaigns/sale/wrong');
  const text = place.read('sale/rejected.csv').replace('12,Beto', `${phoneNumber(2)},Beto`);
  const digest = digestIn((await page.get('/campaigns/sale/list/upload')).text);
  const files = { list: { name: 'rejected (1).csv', text } };
  const answer = await page.upload('/campaigns/sale/list/upload', { digest }, files);
  expect([answer.status, answer.headers['location']]).toEqual([303, '/campaigns/sale/wrong']);
  expect((await page.get('/campaigns/sale/wrong')).text).toContain('3 ready');
  expect(place.read('sale/recipients.csv')).toBe(list);

  // The answer was lost, and the same form comes once more: by now there is no list of rejected rows.
  const again = await page.upload('/campaigns/sale/list/upload', { digest }, files);
  expect(again.text).toContain('this campaign has no such rows any more. Nothing was changed.');
  expect(place.read('sale/campaign.yaml')).not.toContain('recipients-2.csv');
  expect((await page.get('/campaigns/sale/wrong')).text).toContain('3 ready');
});
