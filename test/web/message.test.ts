import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { phoneNumber } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { digestIn, type Served, servedPage } from './support/served.js';

const LIST = `nombre,celular,ciudad,pdf
María,${phoneNumber(1)},Lima,https://example.com/a.pdf
José,${phoneNumber(2)},,https://example.com/b.pdf
Ana,123,Cusco,https://example.com/c.pdf
`;
const CAMPAIGN = `# hers
name: sale
template: bienvenida_es # ours
recipients: { file: recipients.csv, country: PE }
variables:
  header:
    "1": pedido
  body:
    "1": "{{ nombre }}" # the name
    "2": "{{ ciudad | default: 'su ciudad' }}"
`;

/** A place with the campaign `sale`, whose page is served. */
async function messagePlace(
  campaign = CAMPAIGN,
  list = LIST,
): Promise<{ readonly place: SendingPlace; readonly page: Served }> {
  const place = await sendingPlace(1);
  place.write('sale/campaign.yaml', campaign);
  place.write('sale/recipients.csv', list);
  return { place, page: await servedPage(place) };
}

async function readTemplates(page: Served): Promise<void> {
  expect((await page.post('/campaigns/sale/message/templates', {})).status).toBe(303);
}

/** The text of a phone's bubble, without tags. */
function bubbleIn(text: string): string {
  const [, inner = ''] = /<div class="bubble">([\s\S]*?)<\/div><\/div>/u.exec(text) ?? [];
  return inner.replace(/<[^>]+>/gu, '').trim();
}

test('what each place of the text is filled with is shown, with samples, and the message of the first row', async () => {
  const { page } = await messagePlace();
  await readTemplates(page);
  const { text } = await page.get('/campaigns/sale/message');
  expect(text).toContain('<option value="column:nombre" selected>nombre</option>');
  expect(text).toContain('value="su ciudad"');
  expect(text).toMatch(/For example: <bdi class="foreign">María<\/bdi> · <bdi class="foreign">José<\/bdi>/u);
  expect(bubbleIn(text)).toContain('Su pedido ya está en camino');
  expect(text).toMatch(/<(?:b|strong)>Lima</u);
  expect(text).toMatch(/\d+ of 1,024 characters/u);
});

test('any row and any phone can be looked at, and a row that is not sent says why', async () => {
  const { page } = await messagePlace();
  await readTemplates(page);
  const second = await page.get('/campaigns/sale/message?row=3');
  expect(bubbleIn(second.text)).toContain('Hola José');
  expect(bubbleIn(second.text)).toContain('su ciudad');
  expect(second.text).toContain('?row=2#preview');
  const byPhone = await page.get(`/campaigns/sale/message?row=${phoneNumber(2)}`);
  expect(bubbleIn(byPhone.text)).toContain('Hola José');
  const bad = await page.get('/campaigns/sale/message?row=4');
  expect(bad.text).toContain('Row 4 is not sent');
  expect(bad.text).toContain('&quot;123&quot;');
  expect((await page.get('/campaigns/sale/message?row=900')).text).toContain('no such row');
  expect((await page.get('/campaigns/sale/message?row=+51+1')).text).toContain('is no phone number');
});

test('the part that is asked for alone has no page around it', async () => {
  const { page } = await messagePlace();
  const { text } = await page.get('/campaigns/sale/message/preview?row=3');
  expect(text).not.toContain('<html');
  expect(text).toContain('Row 3');
});

test('a message that columns of the list fill by their names is shown for every row, too', async () => {
  const list = `celular,Body.1,header.nombre\n${phoneNumber(1)},Lima,Ana\n${phoneNumber(2)},Cusco,Eva\n`;
  const campaign = 'name: sale\ntemplate: bienvenida_es\nrecipients: { file: recipients.csv, country: PE }\n';
  const { place, page } = await messagePlace(campaign, list);
  const unknown = await page.get('/campaigns/sale/message?row=3');
  expect(unknown.text).toContain('Cusco');
  expect(unknown.text).toContain('Header, nombre');
  expect(unknown.text).toContain('Text, 1');
  expect(unknown.text).not.toContain('Not everything is chosen yet');
  place.write('sale/campaign.yaml', `${campaign}text: { header: "Para {{nombre}}", body: "En {{1}}" }\n`);
  const known = bubbleIn((await page.get('/campaigns/sale/message?row=3')).text);
  expect(known).toContain('Para Eva');
  expect(known).toContain('En Cusco');
  place.write('sale/campaign.yaml', `${campaign}text: { header: "{{nombre}}", body: "{{1}} {{2}}" }\n`);
  const missing = await page.get('/campaigns/sale/message');
  expect(missing.text).toContain('Not everything is chosen yet');
  expect(bubbleIn(missing.text)).toContain('Lima {{2}}');
});

test('a choice is saved in the campaign file, and its comments stay', async () => {
  const { place, page } = await messagePlace();
  await readTemplates(page);
  const form = await page.get('/campaigns/sale/message');
  const saved = await page.post('/campaigns/sale/message', {
    ...FIELDS,
    digest: digestIn(form.text),
    'v2.from': 'text',
    'v2.text': 'Perú: "sí"',
  });
  expect(saved.status).toBe(303);
  const file = readFileSync(place.path('sale/campaign.yaml'), 'utf8');
  for (const line of ['# hers', 'template: bienvenida_es # ours', '"1": "{{ nombre }}" # the name'])
    expect(file).toContain(line);
  expect(bubbleIn((await page.get('/campaigns/sale/message')).text)).toContain('Perú: &quot;sí&quot;');
});

/** The form as the file has it. */
const FIELDS = {
  'v0.name': 'header.1',
  'v0.from': 'text',
  'v0.text': 'pedido',
  'v1.name': 'body.1',
  'v1.from': 'column:nombre',
  'v1.text': '',
  'v2.name': 'body.2',
  'v2.from': 'column:ciudad',
  'v2.text': 'su ciudad',
};

test.each([
  ['nothing chosen', { 'v1.from': '' }, 'v1.from', 'Choose what fills {{1}}.'],
  ['a column that the list does not have', { 'v1.from': 'column:x' }, 'v1.from', 'Choose what fills {{1}}.'],
  ['a text that is empty', { 'v1.from': 'text', 'v1.text': ' ' }, 'v1.text', 'Write the text for {{1}}.'],
  ['braces in a text', { 'v1.from': 'text', 'v1.text': '{{ x }}' }, 'v1.text', 'cannot stand in a value'],
  [
    'a formula that Liquid does not take',
    { 'v1.from': 'formula', 'v1.text': '{{ nombre' },
    'v1.text',
    'body.1',
  ],
])('%s is told beside its field, and nothing is written', async (_, changed, field, said) => {
  const { place, page } = await messagePlace();
  await readTemplates(page);
  const digest = digestIn((await page.get('/campaigns/sale/message')).text);
  const { status, text } = await page.post('/campaigns/sale/message', { ...FIELDS, digest, ...changed });
  expect(status).toBe(422);
  expect(text).toContain(`href="#${field}"`);
  expect(text).toContain(said);
  expect(readFileSync(place.path('sale/campaign.yaml'), 'utf8')).toBe(CAMPAIGN);
});

test('what somebody else saved in between is shown beside what was typed, and nothing is written over', async () => {
  const { place, page } = await messagePlace();
  await readTemplates(page);
  const digest = digestIn((await page.get('/campaigns/sale/message')).text);
  const theirs = CAMPAIGN.replace('{{ nombre }}', '{{ nombre | upcase }}');
  place.write('sale/campaign.yaml', theirs);
  const typed = { ...FIELDS, 'v1.from': 'text', 'v1.text': 'amiga' };
  const refused = await page.post('/campaigns/sale/message', { ...typed, digest });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Somebody else saved the campaign file meanwhile');
  expect(refused.text).toContain('In the file now:');
  expect(refused.text).toContain('{{ nombre | upcase }}');
  expect(refused.text).toContain('value="amiga"');
  expect(readFileSync(place.path('sale/campaign.yaml'), 'utf8')).toBe(theirs);
  const again = await page.post('/campaigns/sale/message', { ...typed, digest: digestIn(refused.text) });
  expect(again.status).toBe(303);
});

test('another template brings its own places: those of the same name keep what fills them', async () => {
  const { place, page } = await messagePlace();
  await readTemplates(page);
  const form = await page.get('/campaigns/sale/message/template');
  expect(form.text).toContain('value="listed:recordatorio_cita_es"');
  const fields = { digest: digestIn(form.text), template: 'listed:recordatorio_cita_es' };
  const saved = await page.post('/campaigns/sale/message/template', fields);
  expect(saved.text).toBe('');
  const file = readFileSync(place.path('sale/campaign.yaml'), 'utf8');
  expect(file).toContain('template: recordatorio_cita_es # ours');
  expect(file).toContain('nombre: "{{ nombre }}"');
  const { text } = await page.get('/campaigns/sale/message');
  expect(text).toContain('<option value="" selected>Choose one</option>');
  expect(text).toContain('<option value="column:nombre" selected>');
});

test('a text that is pasted makes the preview where the provider tells none, and goes again', async () => {
  const { place, page } = await messagePlace(CAMPAIGN.replace('bienvenida_es', 'own_one'));
  const before = await page.get('/campaigns/sale/message');
  expect(before.text).toContain('The text of the template is not known');
  const fields = {
    digest: digestIn(before.text),
    header: '',
    body: 'Hola {{1}}\r\nadiós',
    footer: '',
    buttons: 'Sí\r\nNo',
  };
  expect((await page.post('/campaigns/sale/message/text', fields)).status).toBe(303);
  const { text } = await page.get('/campaigns/sale/message');
  expect(bubbleIn(text)).toContain('Hola María\nadiós');
  expect(text).toContain('<li><bdi class="foreign">Sí</bdi></li>');
  const cleared = await page.post('/campaigns/sale/message/text', { digest: digestIn(text), clear: 'yes' });
  expect(cleared.status).toBe(303);
  expect(readFileSync(place.path('sale/campaign.yaml'), 'utf8')).not.toMatch(/^text:/mu);
});

test('an attachment is a column or a text, chooses the newer API, and can be taken away', async () => {
  const { place, page } = await messagePlace();
  const digest = digestIn((await page.get('/campaigns/sale/message/attachment')).text);
  const path = '/campaigns/sale/message/attachment';
  const refused = await page.post(path, {
    digest,
    'url.from': 'column:pdf',
    'name.from': 'text',
    'name.text': '',
  });
  expect(refused.text).toContain('href="#name.text"');
  const fields = { digest, 'url.from': 'column:pdf', 'name.from': 'text', 'name.text': 'cuota.pdf' };
  expect((await page.post(path, fields)).status).toBe(303);
  const file = readFileSync(place.path('sale/campaign.yaml'), 'utf8');
  for (const line of ['url: "{{ pdf }}"', 'name: cuota.pdf', 'api: current']) expect(file).toContain(line);
  const next = digestIn((await page.get(path)).text);
  expect((await page.post(path, { digest: next, remove: 'yes' })).status).toBe(303);
  expect(readFileSync(place.path('sale/campaign.yaml'), 'utf8')).not.toContain('cuota.pdf');
});

test('a template list that cannot be read is told, and nothing else is lost', async () => {
  const { page } = await messagePlace();
  const away = await servedPage(await sendingPlace(1), ['--campaigns', '.'], {
    PLAZBOT_BASE_URL: 'http://127.0.0.1:9',
  });
  const { status, text } = await away.post('/campaigns/sale/message/templates', {});
  expect(status).toBe(422);
  expect(text).toContain('class="errors"');
  expect((await page.get('/campaigns/sale/message')).status).toBe(200);
});

test('a page that is looked at asks no provider', async () => {
  const { place } = await messagePlace();
  const page = await servedPage(place, ['--campaigns', '.'], { PLAZBOT_BASE_URL: 'http://127.0.0.1:9' });
  for (const part of ['', '/template', '/text', '/attachment', '/preview'])
    expect((await page.get(`/campaigns/sale/message${part}`)).status).toBe(200);
});
