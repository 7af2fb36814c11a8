import { expect, test } from 'vitest';
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

test('a campaign that was sent tells its counts and, in Spanish, where it stands', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const { text } = await page.get('/', { 'accept-language': 'es-PE,es;q=0.9,en;q=0.5' });
  expect(text).toMatch(/<td class="number">3<\/td><td class="number">3<\/td>/u);
  expect(text).toContain('>terminada<');
  expect(text).toContain('lang="es"');
});

test('a campaign file that cannot be read needs somebody, and its page says what is wrong', async () => {
  const place = await sendingPlace(1);
  place.write('sale/campaign.yaml', 'name: sale\ntemplate: x\n');
  const page = await servedPage(place);
  expect((await page.get('/')).text).toContain('The campaign file cannot be used: sale/campaign.yaml');
  const { status, text } = await page.get('/campaigns/sale');
  expect(status).toBe(200);
  expect(text).toContain('Nothing is sent until this is right');
});

test('a rehearsal is marked, and stands beside what was really sent', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--sandbox']);
  const page = await servedPage(place);
  const { text } = await page.get('/');
  expect(text).toContain('SANDBOX');
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
  expect(first.text.startsWith('<section')).toBe(true);
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
