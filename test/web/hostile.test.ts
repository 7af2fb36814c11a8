import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMULA_STRINGS, HOSTILE_STRINGS, MARKUP_STRINGS } from '../security/hostile-strings.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

/** Tags that no page of ours has. */
const FOREIGN_TAG =
  /<(?:script(?! type="module" src="\/assets\/page\.js">)|img|svg|b>|style|iframe|object)/iu;
/** A tag that listens, with the values of its attributes taken out. */
const LISTENS = /<[a-z][^<>]*\son\w+=/iu;
const LEADS_TO_SCRIPT = /(?:href|src|action)="\s*javascript:/iu;
/** Controls that are no line end. What turns the direction of writing stands in an element that keeps it to itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

function requireHarmless(where: string, text: string): void {
  // Quotes of texts are written as entities: those that are left stand around values.
  const found = [
    FOREIGN_TAG.exec(text),
    LISTENS.exec(text.replace(/"[^"]*"/gu, '""')),
    LEADS_TO_SCRIPT.exec(text),
  ];
  expect([where, ...found.map((one) => one?.[0] ?? null)]).toEqual([where, null, null, null]);
}

test('names of folders and what their files say stay texts on every page', async () => {
  const place = await sendingPlace(1);
  const folders = [...MARKUP_STRINGS, ...HOSTILE_STRINGS]
    .map(({ text }) => text.replaceAll('/', '').replaceAll('\u0000', '').slice(0, 60))
    .filter((name) => name !== '' && !name.startsWith('.') && Buffer.byteLength(name) < 200);
  for (const name of new Set(folders)) {
    mkdirSync(place.path(name), { recursive: true });
    writeFileSync(
      place.path(name, 'campaign.yaml'),
      `name: ${JSON.stringify(name)}\ntemplate: ${JSON.stringify(name)}\nnonsense: ${JSON.stringify(name)}\n`,
    );
  }
  const page = await servedPage(place);
  const { text } = await page.get('/');
  requireHarmless('/', text);
  expect(CONTROLS.exec(text)).toBeNull();
  const links = [...text.matchAll(/<th scope="row"[^>]*><a href="([^"]+)"/gu)].map(([, href = '']) => href);
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) {
    const answer = await page.get(link.replaceAll('&#39;', "'"));
    expect([link, answer.status]).toEqual([link, 200]);
    requireHarmless(link, answer.text);
    expect([link, answer.text.includes('evil.example"')]).toEqual([link, false]);
  }
});

test('reasons and sources of the do-not-contact list stay texts, in the page and in a spreadsheet', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const texts = [...MARKUP_STRINGS, ...HOSTILE_STRINGS, ...FORMULA_STRINGS];
  for (const [index, { text }] of texts.entries())
    await page.post('/workspace/no-contact/add', { numbers: `+${phoneNumber(index)}`, reason: text });
  const list = await page.get('/workspace/no-contact');
  expect(list.status).toBe(200);
  requireHarmless('the list', list.text);
  // What was said of each stands in the log, too.
  for (let path: string | null = '/workspace/log'; path !== null; ) {
    const { status, text }: { status: number; text: string } = await page.get(path);
    expect([path, status]).toEqual([path, 200]);
    requireHarmless(path, text);
    path = /href="([^"]+)" rel="next"/u.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null;
  }
  const csv = (await page.get('/workspace/no-contact/download')).text;
  expect(csv.split(/\r?\n/u).filter((line) => /(?:^|,)"?[=+@-]\D/u.test(line))).toEqual([]);
});

test('an address, a form and a header that are hostile come back as texts', async () => {
  const page = await servedPage(await sendingPlace(1));
  for (const { text } of MARKUP_STRINGS) {
    const typed = encodeURIComponent(text);
    for (const path of [`/${typed}`, `/campaigns/${typed}`, `/workspace?x=${typed}`, `/?lang=${typed}`])
      requireHarmless(path, (await page.get(path, { 'accept-language': 'es' })).text);
    const wrong = await page.post('/workspace/no-contact/add', {
      numbers: text,
      reason: text,
      country: text,
    });
    requireHarmless(text, wrong.text);
    requireHarmless(text, (await page.post('/workspace/backup', { name: text })).text);
    requireHarmless(text, (await page.post('/workspace/no-contact/look-up', { number: text })).text);
    requireHarmless(text, (await page.get(`/workspace/log?by=${typed}&campaign=${typed}&day=${typed}`)).text);
    requireHarmless(text, (await page.get(`/workspace/lists?from=${typed}`)).text);
    requireHarmless(
      text,
      (await page.post('/workspace/forget', { who: text, number: text, age: text })).text,
    );
    const user = { name: text, oidc: text, roles: text };
    requireHarmless(text, (await page.post('/workspace/users', user)).text);
    requireHarmless(text, (await page.get(`/workspace/users/${typed}`)).text);
  }
});
