import { expect, onTestFinished, test, vi } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { cliPlace, phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

const LIST = '/workspace/no-contact';

async function listed() {
  const place = await sendingPlace(3);
  return { place, page: await servedPage(place) };
}

test('numbers that are typed are on the list, and a campaign skips them', async () => {
  const { place, page } = await listed();
  const numbers = `+${phoneNumber(0)}\r\n+${phoneNumber(1)}`;
  const answer = await page.post(`${LIST}/add`, {
    numbers,
    reason: 'asked by phone',
    until: '',
    country: '',
  });
  expect(answer.status).toBe(303);
  const { text } = await page.get(String(answer.headers['location']));
  expect(text).toContain('2 people added to the do-not-contact list.');
  expect(text).toContain(`+${phoneNumber(0)}`);
  expect(text).toContain('asked by phone');
  expect((await page.get(LIST)).text).not.toContain('2 people added');
  const sent = await place.json(['send', 'sale']);
  expect(sent.json).toMatchObject({ counts: { accepted: 1, skipped: 2 } });
});

test('where nobody has said whose list it is, the page names no option of a command', async () => {
  const page = await servedPage(cliPlace());
  const { status, text } = await page.get(LIST);
  expect(status).toBe(409);
  expect(text).toContain('Whoever started plazcast puts PLAZBOT_WORKSPACE_ID into the file .env');
  expect(text).not.toContain('--workspace');
});

test('what cannot be read stays in the field with its reason; the rest is on the list', async () => {
  const { place, page } = await listed();
  const { status, text } = await page.post(`${LIST}/add`, { numbers: `+${phoneNumber(0)}\nnonsense` });
  expect(status).toBe(422);
  expect(text).toMatch(/<textarea[^>]*>\nnonsense<\/textarea>/u);
  expect(text).toContain('1 person added');
  expect(text).toContain('<title>Error: ');
  expect((await place.json(['suppress', 'list'])).json).toMatchObject({
    suppressions: [{ phone: phoneNumber(0), source: 'page' }],
  });
});

test.each([
  [{ numbers: ' ' }, 'numbers', 'Enter at least one phone number'],
  [{ numbers: '987654321', country: 'XX' }, 'country', 'XX'],
  [{ numbers: `+${phoneNumber(0)}`, until: '2001-01-01' }, 'until', '2001-01-01'],
])('a form that is wrong (%o) says so at its field, and nothing is done', async (fields, field, said) => {
  const { place, page } = await listed();
  const { status, text } = await page.post(`${LIST}/add`, fields);
  expect(status).toBe(422);
  expect(text).toContain(`<a href="#${field}">`);
  expect(text).toMatch(new RegExp(`id="${field}-error">(?!--)[^<]*${said}`, 'u'));
  expect((await place.json(['suppress', 'list'])).json['suppressions'] ?? []).toEqual([]);
});

test('numbers without a country code are read as those of a new campaign are: by the country of this machine', async () => {
  const place = await sendingPlace(1);
  vi.stubEnv('TZ', 'America/Lima');
  onTestFinished(() => void vi.unstubAllEnvs());
  const page = await servedPage(place);
  for (const form of ['add', 'import'])
    expect((await page.get(`${LIST}/${form}`)).text).toContain('<option value="PE" selected>');
  expect((await page.post(`${LIST}/add`, { numbers: '987 654 321', country: 'PE' })).status).toBe(303);
  const none = await page.post(`${LIST}/add`, { numbers: '987 654 322', country: 'none' });
  expect(none.status).toBe(422);
  expect((await place.json(['suppress', 'list'])).json).toMatchObject({
    suppressions: [{ phone: '51987654321' }],
  });
});

test('a reason that no person wrote stands on the list in words, not as the program keeps it', async () => {
  const place = await sendingPlace(1, {}, { faults: [faultRule('code-131050')] });
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  await page.post(`${LIST}/add`, { numbers: `+${phoneNumber(7)}` });
  const { text } = await page.get(LIST);
  expect(text).toContain('does not want');
  expect(text).toContain('no reason given');
  expect(text).toContain('typed on this page');
  expect(text).not.toMatch(/opted-out|manual|> · page/u);
});

test('one person is taken off, and looked up before and after without a number in an address', async () => {
  const { page } = await listed();
  const number = `+${phoneNumber(0)}`;
  await page.post(`${LIST}/add`, { numbers: number });
  expect((await page.post(`${LIST}/look-up`, { number })).text).toContain('is on the list');
  const answer = await page.post(`${LIST}/remove`, { number });
  expect((await page.get(String(answer.headers['location']))).text).toContain('was taken off');
  expect((await page.post(`${LIST}/look-up`, { number })).text).toContain('is not on the list');
  expect((await page.post(`${LIST}/look-up`, { number: 'x' })).status).toBe(422);
});

test('an old page takes nobody off of whom something else was said since', async () => {
  const { page } = await listed();
  const number = `+${phoneNumber(0)}`;
  const seenNow = async (): Promise<string> =>
    /name="seen" value="([^"]+)"/u.exec((await page.get(LIST)).text)?.[1] ?? '';
  await page.post(`${LIST}/add`, { numbers: number, until: '2099-01-31' });
  const seen = await seenNow();
  await page.post(`${LIST}/add`, { numbers: number, reason: 'complained' });
  expect((await page.post(`${LIST}/remove`, { number, seen })).text).toContain('so it stays on the list');
  expect((await page.post(`${LIST}/look-up`, { number })).text).toContain('is on the list');
  expect((await page.post(`${LIST}/remove`, { number, seen: await seenNow() })).status).toBe(303);
  expect((await page.post(`${LIST}/look-up`, { number })).text).toContain('is not on the list');
});

test('a file is taken in under the name that people gave it; lines that hold no number are told', async () => {
  const { place, page } = await listed();
  const text = `telefono,motivo\n+${phoneNumber(5)},baja\nabc,baja\n`;
  const answer = await page.upload(
    `${LIST}/import`,
    { reason: '' },
    { file: { name: 'bajas marzo.csv', text } },
  );
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('1 row holds no phone number');
  expect(answer.text).toContain('abc');
  expect((await place.json(['suppress', 'list'])).json).toMatchObject({
    suppressions: [{ phone: phoneNumber(5), source: 'bajas marzo.csv' }],
  });
});

test('a file that cannot be read names the row, as the page calls it', async () => {
  const { page } = await listed();
  const text = `telefono,motivo\n+${phoneNumber(5)},baja\n+${phoneNumber(6)},"baja\n`;
  const answer = await page.upload(`${LIST}/import`, {}, { file: { name: 'bajas.csv', text } });
  expect(answer.text).toContain('Row 3: A quotation mark opens in line 3');
});

test('an end that cannot be read is said with its row, and how to give the person one there', async () => {
  const { place, page } = await listed();
  const text = `telefono,expires_at\n+${phoneNumber(5)},31/12/2099\n`;
  const answer = await page.upload(`${LIST}/import`, {}, { file: { name: 'bajas.csv', text } });
  expect(answer.text).toContain('Row 2: 1 end in expires_at cannot be read, such as “31/12/2099”');
  expect(answer.text).not.toContain('plazcast suppress');
  const { suppressions } = (await place.json(['suppress', 'list'])).json;
  expect(suppressions).toMatchObject([{ phone: phoneNumber(5), expiresAt: null }]);
});

test('what was downloaded can be imported again, with all it says', async () => {
  const { place, page } = await listed();
  await page.post(`${LIST}/add`, { numbers: `+${phoneNumber(3)}`, reason: '=cmd()', until: '2099-12-31' });
  const { headers, text } = await page.get(`${LIST}/download`);
  expect(headers['content-disposition']).toContain('attachment; filename="do-not-contact.csv"');
  expect(text).not.toMatch(/,=cmd/u);
  const before = (await place.json(['suppress', 'list'])).json['suppressions'];
  await page.post(`${LIST}/remove`, { number: `+${phoneNumber(3)}` });
  await page.upload(`${LIST}/import`, {}, { file: { name: 'back.csv', text } });
  expect((await place.json(['suppress', 'list'])).json['suppressions']).toEqual(before);
});

test('an import without a file, and one of something else, are told at the field', async () => {
  const { page } = await listed();
  const none = await page.upload(`${LIST}/import`, {}, {});
  expect(none.status).toBe(422);
  expect(none.text).toContain('id="file-error">Choose a file');
  const other = await page.upload(`${LIST}/import`, {}, { file: { name: 'a.csv', text: 'name\nAna\n' } });
  expect(other.status).toBe(422);
  expect(other.text).toContain('id="file-error"');
  expect(other.text).not.toContain('upload-');
});

test('a long list comes page by page, each person once', async () => {
  const { page } = await listed();
  const numbers = Array.from({ length: 120 }, (_, index) => `+${phoneNumber(index)}`);
  await page.post(`${LIST}/add`, { numbers: numbers.join('\n') });
  const seen: string[] = [];
  let path: string | undefined = LIST;
  while (path !== undefined) {
    const { text }: { text: string } = await page.get(path.replaceAll('&amp;', '&'));
    seen.push(...[...text.matchAll(/<th scope="row"\s*>\+(\d+)/gu)].map(([, phone = '']) => `+${phone}`));
    path = /<a href="([^"]+)" rel="next">/u.exec(text)?.[1];
  }
  expect(seen).toEqual(numbers);
});

test('without an account it says what is missing, and the sandbox has a list of its own', async () => {
  const place = (await import('../support/run-cli.js')).cliPlace();
  const page = await servedPage(place);
  const { status, text } = await page.get(LIST);
  expect(status).toBe(409);
  expect(text).toContain('PLAZBOT_WORKSPACE_ID');
  await page.post(`${LIST}/add`, { numbers: `+${phoneNumber(1)}`, list: 'sandbox' });
  expect((await page.get(`${LIST}?list=sandbox`)).text).toContain(`+${phoneNumber(1)}`);
});
