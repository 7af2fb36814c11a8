import { rmSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { localDay } from '../../src/core/moments.js';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { executionsByPhone } from '../sandbox/read-log.js';
import { phoneNumber } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { checkedPage, liveSays, pressSend } from './support/sending-page.js';
import { type Served, servedPage } from './support/served.js';

/** The end of a number decides what the provider does with it. */
const PHONES = {
  lost: '51987000002',
  neverLeft: '51987220001',
  garbled: '51987110005',
  notOnWhatsApp: '51987001026',
  notNow: '51987001049',
  optedOut: '51987001050',
  badRow: '51987002018',
  listedTwice: '51987009002',
} as const;
const FINE = 20;

/** A campaign of which everything that can go wrong did, with a bad row and a repeated one. */
async function mixedPlace(): Promise<SendingPlace> {
  const place = await sendingPlace(0, {}, { faults: [faultRule('by-number')] });
  const fine = Array.from({ length: FINE }, (_, index) => `+519110021${String(10 + index)},Luis ${index}\n`);
  const odd = Object.entries(PHONES).map(([name, phone]) => `+${phone},${name}\n`);
  const rest = ['12345,Bad\n', '+51911002110,again\n'];
  place.write('sale/recipients.csv', `phone,body.1\n${[...odd, ...fine, ...rest].join('')}`);
  await place.run(['send', 'sale']);
  return place;
}

afterEach(() => void vi.unstubAllEnvs());

/** The table of a page whose section has this id, as texts of its cells. */
function cells(text: string, id: string): readonly (readonly string[])[] {
  const [, from = ''] = text.split(`<section id="${id}">`);
  const [body = ''] = from.split('</section>');
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gsu)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gsu)].map(([, cell = '']) =>
      cell
        .replace(/<form.*?<\/form>/gsu, '')
        .replace(/<[^>]+>/gu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    ),
  );
}

function results(page: Served): Promise<{ readonly text: string }> {
  return page.get('/campaigns/sale/people');
}

test('everybody stands under a reason with what to do and when to send again, and the numbers add up to the file', async () => {
  const page = await servedPage(await mixedPlace());
  const { text } = await results(page);
  const [, ...rows] = cells(text, 'reasons');
  const total = rows.at(-1) ?? [];
  expect(total.slice(0, 2)).toEqual(['Rows in the list', String(FINE + Object.keys(PHONES).length + 2)]);
  const sum = rows.slice(0, -1).reduce((all, row) => all + Number(row[1]), 0);
  expect(String(sum)).toBe(total[1]);
  const told = rows.map((row) => row.join(' | '));
  expect(told.find((row) => row.includes('cannot get WhatsApp'))).toMatch(
    /Check the number.*No: it would fail again/u,
  );
  expect(told.find((row) => row.includes('holds back marketing'))).toMatch(
    /Wait at least 24 hours.*From 24 hours/u,
  );
  expect(told.find((row) => row.includes('values of the row'))).toMatch(
    /Correct it in the list.*Once that is put right/u,
  );
  expect(text).not.toMatch(/plazcast (?:send|retry|reconcile|report)/u);
});

test('people of whom nobody knows are named with why, and settled by the list or by an operator’s word', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  const before = (await results(page)).text;
  expect(before).toContain('3 people: we do not know whether it arrived');
  expect(before).toContain('Do not send it again by hand');
  expect(before).toMatch(/The connection broke before an answer came\. <small>/u);
  const one = await page.get(`/campaigns/sale/people/person/${PHONES.lost}`, { 'accept-language': 'es' });
  expect(one.text).toMatch(/class="tag uncertain">Incierto</u);
  expect((await page.get(`/campaigns/sale/people/person/${PHONES.lost}`)).text).toMatch(
    /<td[^>]*>The connection broke before an answer came\. <small>/u,
  );
  await page.post('/campaigns/sale/people/settle', {});
  await liveSays(page, '3 people were looked for', '/campaigns/sale/people');
  const path = `/campaigns/sale/people/person/${PHONES.neverLeft}`;
  const { text } = await page.get(path);
  expect(text).toContain('Did it arrive?');
  expect((await page.post(path, { fate: 'absent', note: '' })).text).toContain('Write how you know');
  // An old page, opened before another try that ended without an answer, too: a slip in it changes nothing of that.
  const tryIn = (shown: string): string => /name="try" value="(\d+)"/u.exec(shown)?.[1] ?? '';
  expect(tryIn((await page.post(path, { fate: 'absent', note: '', try: '1000' })).text)).toBe('1000');
  const late = await page.post(path, { fate: 'absent', note: 'called her', try: '1000' });
  expect(late.text).toContain('what you know is of the try before. Nothing was changed.');
  expect(tryIn(late.text)).toBe(tryIn(text));
  const word = { fate: 'absent', note: 'called her', try: tryIn(text) };
  expect((await page.post(path, word)).status).toBe(303);
  const told = (await page.get(path)).text;
  expect(told).toContain('A person said that it did not arrive');
  expect(told).toContain('called her');
  expect(told).toContain('Somebody said that it did not arrive');
  const spanish = (await page.get(path, { 'accept-language': 'es' })).text;
  expect(spanish).not.toMatch(/declared-absent|El proveedor respondió: ECONNRESET/u);
  expect(executionsByPhone(place.logFile).get(PHONES.lost)).toBe(1);
});

test('of several messages to a person, what was filled in of one stays out of the forms of the others', async () => {
  const place = await sendingPlace(
    0,
    { recipients: '{ file: recipients.csv, key: order }' },
    { faults: [faultRule('by-number')] },
  );
  place.write('sale/recipients.csv', `phone,order,body.1\n+${PHONES.lost},A1,Ana\n+${PHONES.lost},B2,Ana\n`);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const path = `/campaigns/sale/people/person/${PHONES.lost}`;
  const triesIn = (text: string): readonly string[] =>
    [...text.matchAll(/name="try" value="(\d+)"/gu)].map(([, at = '']) => at);
  expect(triesIn((await page.get(path)).text)).toHaveLength(2);
  const slip = await page.post(path, { key: 'B2', note: 'she told me', try: '1000' });
  expect(triesIn(slip.text).filter((at) => at === '1000')).toHaveLength(1);
  expect(slip.text.match(/she told me/gu)).toHaveLength(1);
});

test('a phone is found by its whole number, its end and its beginning; one person shows every attempt', async () => {
  const page = await servedPage(await mixedPlace());
  for (const typed of ['+51 987 001 026', '001026', '+51987001'])
    expect(
      (await page.get(`/campaigns/sale/people?all=yes&phone=${encodeURIComponent(typed)}`)).text,
    ).toContain(`/people/person/${PHONES.notOnWhatsApp}"`);
  const { text } = await page.get(`/campaigns/sale/people/person/${PHONES.notOnWhatsApp}`);
  expect(text).toContain('Every attempt');
  expect(text).toContain('131026');
  expect(text).toContain('No: it would fail again.');
  expect((await page.get('/campaigns/sale/people?all=yes&phone=12')).status).toBe(422);
  expect((await page.get('/campaigns/sale/people/person/51911119999')).text).toContain(
    'has no message to this phone',
  );
  expect((await page.get('/campaigns/sale/people/person/..%2fetc')).status).toBe(404);
});

test('what a person got in a rehearsal is marked among her other campaigns: she got nothing', async () => {
  const place = await sendingPlace(1);
  await place.json(['send', 'sale', '--sandbox']);
  await place.json(['send', 'sale']);
  const page = await servedPage(place);
  const { text } = await page.get(`/campaigns/sale/people/person/${phoneNumber(0)}`);
  expect(text.slice(text.indexOf('Other campaigns'))).toContain('SANDBOX');
});

test('a status is a list, page by page, with everybody once', async () => {
  const place = await sendingPlace(120);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const found: string[] = [];
  let path: string | null = '/campaigns/sale/people?status=accepted';
  for (let pages = 0; path !== null && pages < 10; pages += 1) {
    const { text } = await page.get(path);
    found.push(...[...text.matchAll(/people\/person\/(\d+)"/gu)].map(([, phone = '']) => phone));
    path = /href="([^"]+)" rel="next"/u.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null;
  }
  expect([found.length, new Set(found).size]).toEqual([120, 120]);
});

test('people of one reason are put back, shown with their number, and go out with the next send alone', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  const [, group = ''] =
    /name="status" value="refused">(.*?value="131049")/u.exec((await results(page)).text) ?? [];
  const [, reason = ''] = /name="reason" value="([^"]+)"/u.exec(group) ?? [];
  expect(reason).toBe('not-now');
  const back = await page.post('/campaigns/sale/people/retry', { status: 'refused', reason, code: '131049' });
  expect(back.headers['location']).toBe('/campaigns/sale/send');
  const looked = await checkedPage(page);
  expect(looked).toContain('1 person is to be sent to again. Nothing goes out before you send below.');
  expect(looked).toContain('>Send to 1 person<');
  await pressSend(page, looked);
  await liveSays(page, 'Finished');
  const history = (await page.get(`/campaigns/sale/people/person/${PHONES.notNow}`)).text;
  expect([...history.matchAll(/131049/gu)].length).toBeGreaterThan(2);
});

test('reports come as files; the page to look at may do nothing', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  const csv = await page.get('/campaigns/sale/people/report/csv');
  expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="sale-report-[\d-]+\.csv"/u);
  expect(csv.text.split('\r\n')).toHaveLength(FINE + Object.keys(PHONES).length + 4);
  const json = JSON.parse((await page.get('/campaigns/sale/people/report/json')).text) as {
    campaign: string;
  };
  expect(json.campaign).toBe('sale');
  expect((await page.get('/campaigns/sale/people/report/xlsx')).text.startsWith('PK')).toBe(true);
  const html = await page.get('/campaigns/sale/people/report/html');
  expect(html.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/u);
  expect(html.headers['content-disposition']).toMatch(/^inline/u);
  expect((await page.get('/campaigns/sale/people/report/pdf')).status).toBe(404);
});

test.each(['Etc/GMT+12', 'Pacific/Kiritimati'])(
  'files are named by the day that the reader’s calendar shows, also in %s',
  async (zone) => {
    const place = await sendingPlace(1);
    await place.run(['send', 'sale']);
    vi.stubEnv('TZ', zone);
    const page = await servedPage(place);
    const day = localDay(Date.now());
    const { headers } = await page.get('/campaigns/sale/people/report/csv');
    expect(headers['content-disposition']).toContain(`"sale-report-${day}.csv"`);
    expect((await page.get('/workspace/backup')).text).toContain(`-backup-${day}.db"`);
  },
);

test('a report made from the page says what to press there, and no command', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  const commands = /plazcast (?:send|retry|reconcile)|run send again|ejecutar send/u;
  const html = (await page.get('/campaigns/sale/people/report/html')).text;
  expect(html).toContain('Press “Look in the provider’s list” under “People and results”');
  expect(html).not.toMatch(commands);
  const spanish = await page.get('/campaigns/sale/people/report/html', { 'accept-language': 'es' });
  expect(spanish.text).toContain('pulse «Buscar en la lista del proveedor» en «Personas y resultados»');
  expect(spanish.text).not.toMatch(commands);
  // A row is called on paper what it is called on the page.
  expect(spanish.text).toContain('>Fila</th>');
  expect(spanish.text).not.toMatch(/>Línea<|línea \d/u);
  // Who types commands reads what to type.
  expect((await place.run(['report', 'sale', '--format', 'html', '-o', '-'])).stdout).toMatch(commands);
});

test('everybody is compared with the provider’s list, and who is off can be taken away', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  expect((await page.post('/campaigns/sale/people/audit', {})).status).toBe(303);
  const text = await liveSays(page, 'accepted people are in the provider’s list', '/campaigns/sale/people');
  expect(text).toContain('1 message is in the list once too often');
  const file = await page.get('/campaigns/sale/people/audit/file');
  expect(file.text).toContain(PHONES.listedTwice);
});

test('a comparison that cannot read the list of recipients says so, and what follows from it', async () => {
  const place = await mixedPlace();
  const page = await servedPage(place);
  rmSync(place.path('sale/recipients.csv'));
  await page.post('/campaigns/sale/people/audit', {});
  const text = await liveSays(page, 'accepted people are in the provider’s list', '/campaigns/sale/people');
  expect(text).toContain('whoever stands only there was not looked for');
});

test('rows that cannot be sent are listed with why', async () => {
  const page = await servedPage(await mixedPlace());
  const { text } = await page.get('/campaigns/sale/people?status=rejected');
  expect(text).toContain('12345');
  expect(text).toContain('/campaigns/sale/wrong');
});
