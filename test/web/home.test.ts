import { expect, onTestFinished, test, vi } from 'vitest';
import { askLaunch } from '../../src/app/launch/ask-launch.js';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { press } from '../app/launch/launching.js';
import { serverAt } from '../app/launch/launching-place.js';
import { unwrapped } from '../support/results.js';
import { recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

test('the first page lists what lies in the folder before anything was sent', async () => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const { status, text } = await page.get('/');
  expect(status).toBe(200);
  expect(text).toContain('<a href="/campaigns/sale">');
  expect(text).toContain('not sent yet');
  expect(await page.stop()).toBe(0);
});

test('every page comes also where TZ is empty', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  vi.stubEnv('TZ', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const page = await servedPage(place);
  for (const path of ['/', '/campaigns/sale/people', '/campaigns/sale/send', '/new', '/workspace/log'])
    expect((await page.get(path)).status).toBe(200);
});

test('a campaign that was sent tells its counts and, in Spanish, where it stands', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const { text } = await page.get('/', { 'accept-language': 'es-PE,es;q=0.9,en;q=0.5' });
  expect(text).toMatch(/<td class="number">3<\/td><td class="number">3<\/td>/u);
  expect(text).toContain('>terminada<');
  expect(text).toContain('lang="es"');
});

test('the page of a campaign says in words what kind of message it sends', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const { text } = await page.get('/campaigns/sale');
  expect(text).toContain('one message to many people (campaign)');
});

test('rows that repeat somebody are nobody, on each page that counts the people of a campaign', async () => {
  const place = await sendingPlace(3);
  const list = recipientsCsv(3);
  place.write('sale/recipients.csv', `${list}${list.split('\n')[1] ?? ''}\n12345,Bad\n`);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const numbers = async (path: string): Promise<readonly string[]> =>
    [...(await page.get(path)).text.matchAll(/<tr><th scope="row"[^>]*>(.*?)<\/tr>/gsu)].map(([, row = '']) =>
      row
        .replace(/<[^>]+>/gu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    );
  expect((await numbers('/'))[0]).toMatch(/^sale .* 3 3 /u);
  const stands = ['Accepted 3', 'Repeated rows 1', 'Rejected 1', 'Rows in the list 5'];
  expect(await numbers('/campaigns/sale')).toEqual(stands);
  expect(await numbers('/campaigns/sale/live')).toEqual(stands);
});

test('a campaign file that cannot be read needs somebody, and its page says what is wrong', async () => {
  const place = await sendingPlace(1);
  place.write('sale/campaign.yaml', 'name: sale\ntemplate: x\n');
  const page = await servedPage(place);
  expect((await page.get('/')).text).toContain('The campaign file cannot be used: sale/campaign.yaml');
  const { status, text } = await page.get('/campaigns/sale');
  expect(status).toBe(200);
  expect(text).toContain('No send of it can begin until this is right');
});

test.each([
  ['has not been sent yet', 0, 'send'],
  ['left people of whom nothing is known', 1, 'people'],
  ['is done', 2, null],
] as const)('the page of a campaign that %s leads on to what is to be done', async (_how, at, tab) => {
  const place = await sendingPlace(2, {}, at === 1 ? { faults: [faultRule('by-number')] } : {});
  if (at === 1) place.write('sale/recipients.csv', 'phone,body.1\n+51987000002,Ana\n');
  if (at > 0) await place.run(['send', 'sale']);
  const { text } = await (await servedPage(place)).get('/campaigns/sale');
  const leads = [...text.matchAll(/<a class="button primary" href="([^"]+)"/gu)].map(([, href]) => href);
  expect(leads).toEqual(tab === null ? [] : [`/campaigns/sale/${tab}`]);
});

test('a rehearsal is marked, and stands beside what was really sent', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--sandbox']);
  const page = await servedPage(place);
  const { text } = await page.get('/');
  expect(text).toContain('SANDBOX');
});

test('a campaign that was only rehearsed was not sent, and its rehearsal says that nobody gets anything', async () => {
  const place = await sendingPlace(2);
  place.write('sale/recipients.csv', `${place.read('sale/recipients.csv')}12345,Bad\n`);
  await place.run(['send', 'sale', '--sandbox']);
  const page = await servedPage(place);
  const { text } = await page.get('/campaigns/sale');
  expect(text).toContain('>not sent yet<');
  expect(text).toContain('href="/campaigns/sale?sandbox=yes">See the rehearsal');
  expect(text).not.toContain('How it stands');
  const rehearsal = (await page.get('/campaigns/sale?sandbox=yes')).text;
  expect(rehearsal).toContain('Nobody gets anything.');
  expect(rehearsal).toContain('<a class="button primary" href="/campaigns/sale/people?sandbox=yes"');
  expect(rehearsal).toContain('How it stands');
});

test('a campaign of the ledger whose folder is elsewhere has a page of its own', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale']);
  const page = await servedPage(place, ['--campaigns', 'nothing-here']);
  expect((await page.get('/')).text).toContain('<a href="/campaigns/%401">');
  const { status, text } = await page.get('/campaigns/%401');
  expect(status).toBe(200);
  expect(text).toContain('sale');
});

test('the part that is asked for again comes once, and then not before it changes', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  const first = await page.get('/home/now');
  const mark = String(first.headers['etag']);
  expect(first.text).not.toContain('<html');
  expect((await page.get('/home/now', { 'if-none-match': mark })).status).toBe(304);
  await place.run(['send', 'sale']);
  expect((await page.get('/home/now', { 'if-none-match': mark })).status).toBe(200);
});

test('a language that was chosen is kept', async () => {
  const page = await servedPage(await sendingPlace(1));
  const chosen = await page.get('/?lang=es');
  expect(chosen.text).toContain('lang="es"');
  const [set = ''] = [chosen.headers['set-cookie'] ?? []].flat();
  const kept = await page.get('/', { cookie: `${page.cookie}; ${set.split(';')[0]}` });
  expect(kept.text).toContain('<html lang="es">');
});

test('what runs is told with its pause and as many people as on its live page, and what waits with who confirmed it', async () => {
  const place = await sendingPlace(40, { rate: '2/s' });
  const list = recipientsCsv(40);
  place.write('sale/recipients.csv', `${list}${list.split('\n')[1] ?? ''}\n`);
  const page = await servedPage(place);
  const run = place.begin(['send', '--yes', 'sale']);
  await expect.poll(async () => (await page.get('/home/now')).text).toContain('/campaigns/sale/live/pause');
  await expect.poll(async () => (await page.get('/home/now')).text).toContain('of 40');
  expect((await page.get('/campaigns/sale/live/now')).text).toContain('of 40');
  run.stop();
  await run.ended;
  const { text } = await page.get('/home/now');
  expect(text).toMatch(/\d+ people still wait for it/u);
  expect(text).toContain('href="/campaigns/sale/send"');
});

test('more campaigns than one are each told once, the latest first', async () => {
  const place = await sendingPlace(1);
  place.write('other/campaign.yaml', place.read('sale/campaign.yaml').replace('name: sale', 'name: other'));
  place.write('other/recipients.csv', place.read('sale/recipients.csv'));
  await place.run(['send', 'other']);
  const { text } = await (await servedPage(place)).get('/');
  const rows = [...text.matchAll(/<th scope="row"[^>]*><a href="([^"]+)"/gu)].map(([, href]) => href);
  expect(rows).toEqual(['/campaigns/other', '/campaigns/sale']);
});

test('a first send that is late is told where people look first, and leads to who can say that it goes out', async () => {
  const place = await sendingPlace(2);
  const startAt = Date.now() - 3_600_000;
  const app = serverAt(place);
  const clock = { ...app.clock, now: () => startAt - 3_600_000 };
  unwrapped(await askLaunch(await press(place, { startAt }), { ...app, clock }));
  const page = await servedPage(place);
  const home = (await page.get('/')).text;
  expect(home).toContain('It was to begin on');
  expect(home).toContain('its time has passed');
  expect(home).not.toContain('Nothing needs you now');
  const overview = (await page.get('/campaigns/sale')).text;
  expect(overview).toContain('its time has passed');
  expect(overview).toContain('<a class="button primary" href="/campaigns/sale/live"');
});

test('a campaign whose file is broken while it is sent can still be paused, under its own name', async () => {
  const place = await sendingPlace(40, { name: 'spring', rate: '2/s' });
  const page = await servedPage(place);
  const run = place.begin(['send', '--yes', 'sale']);
  await expect.poll(async () => (await page.get('/home/now')).text).toContain('/campaigns/sale/live/pause');
  place.write('sale/campaign.yaml', 'name: [');
  expect((await page.get('/campaigns/sale/live/now')).text).not.toContain(
    'Nothing of this campaign was sent',
  );
  expect((await page.post('/campaigns/sale/live/cancel', {})).status).toBe(303);
  await run.ended;
  expect((await page.get('/campaigns/sale/live/now')).text).toContain('Canceled. Nothing more goes out.');
});
