import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { expectMode } from '../support/on-windows.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { type Served, servedPage } from './support/served.js';

const IMPORT = '/workspace/no-contact/import';
const EDGE = 'edge-7d1c';

/** A form of parts, each as its header lines and its content. */
function multipart(parts: readonly (readonly [headers: string, content: string])[]): string {
  return `${parts.map(([headers, content]) => `--${EDGE}\r\n${headers}\r\n\r\n${content}\r\n`).join('')}--${EDGE}--\r\n`;
}

function field(name: string, value: string): readonly [string, string] {
  return [`Content-Disposition: form-data; name="${name}"`, value];
}

function file(name: string, content: string): readonly [string, string] {
  return [
    `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv`,
    content,
  ];
}

async function sent(
  page: Served,
  body: string | AsyncIterable<Buffer>,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await request(page.url + IMPORT, {
    method: 'POST',
    headers: {
      cookie: page.cookie,
      origin: page.url,
      'content-type': `multipart/form-data; boundary=${EDGE}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : (body as unknown as Buffer),
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}

const CSV = `phone\n+${phoneNumber(1)}\n`;

/** What lies in the folders of uploads: nothing, once the form was answered. */
function left(stateDir: string): readonly string[] {
  if (!existsSync(stateDir)) return [];
  return readdirSync(stateDir, { recursive: true, encoding: 'utf8' }).filter((name) => /upload/u.test(name));
}

test.each([
  ['none', [file('a.csv', CSV)]],
  ['a wrong one', [field('form_token', 'AAAA'), file('a.csv', CSV)]],
  ['one behind the file', [file('a.csv', CSV), field('form_token', 'TOKEN')]],
])('a file comes onto no disk whose form token is %s', async (_, parts) => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const token = await page.formToken();
  const body = multipart(parts).replace('TOKEN', token);
  const { status, text } = await sent(page, body);
  // A token behind the file comes too late for it: the form stands without one.
  expect(status === 403 || text.includes('Choose a file')).toBe(true);
  expect(left(place.stateDir)).toEqual([]);
  expect((await place.json(['suppress', 'list'])).json['suppressions'] ?? []).toEqual([]);
});

test.each([
  '../../../etc/cron.d/x.csv',
  '..\\\\..\\\\x.csv',
  '/etc/passwd',
  'C:\\\\x.csv',
  'a\u0000b.csv',
  '.htaccess',
  'x'.repeat(5_000),
  '<img src=x onerror=alert(1)>.csv',
  '=cmd|calc!A1.csv',
  '\u202evsc.exe',
])('the name of a file is a text and leads nowhere: %j', async (name) => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const before = readdirSync(place.folder).filter((one) => !one.startsWith('plazcast.db'));
  const body = multipart([field('form_token', await page.formToken()), file(name, CSV)]);
  const { status } = await sent(page, body);
  expect([303, 400, 413, 422]).toContain(status);
  expect(readdirSync(place.folder).filter((one) => !one.startsWith('plazcast.db'))).toEqual(before);
  expect(left(place.stateDir)).toEqual([]);
  const list = (await page.get('/workspace/no-contact')).text;
  expect(list).not.toContain('<img src=x');
  expect(list).not.toContain('\u202e');
});

test('a form that breaks off, or is none, changes nothing and leaves nothing', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const token = await page.formToken();
  const whole = multipart([field('form_token', token), file('a.csv', CSV)]);
  expect((await sent(page, whole.slice(0, -30))).status).toBe(400);
  expect((await sent(page, 'nonsense')).status).toBeGreaterThanOrEqual(400);
  expect((await sent(page, whole, { 'content-type': 'multipart/form-data' })).status).toBe(400);
  expect((await sent(page, whole, { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await sent(page, whole, { 'content-type': 'application/json' })).status).toBe(400);
  expect(left(place.stateDir)).toEqual([]);
  expect((await page.get('/')).status).toBe(200);
});

test('more parts and longer fields than any form has are refused', async () => {
  const page = await servedPage(await sendingPlace(1));
  const token = field('form_token', await page.formToken());
  const many = Array.from({ length: 300 }, (_, index) => field(`f${index}`, 'x'));
  expect((await sent(page, multipart([token, ...many]))).status).toBe(413);
  expect((await sent(page, multipart([token, field('reason', 'x'.repeat(1_100_000))]))).status).toBe(413);
  const files = Array.from({ length: 6 }, () => file('a.csv', CSV));
  expect((await sent(page, multipart([token, ...files]))).status).toBe(413);
});

test('of several files in one field the first counts, and none of them stays', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const token = field('form_token', await page.formToken());
  const second = file('b.csv', `phone\n+${phoneNumber(2)}\n`);
  expect((await sent(page, multipart([token, file('a.csv', CSV), second]))).status).toBe(303);
  expect(left(place.stateDir)).toEqual([]);
  const { suppressions } = (await place.json(['suppress', 'list'])).json;
  expect(suppressions).toMatchObject([{ phone: phoneNumber(1) }]);
});

test('a file that says it is larger than the limit is refused before it is read', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const { port } = new URL(page.url);
  const { connect } = await import('node:net');
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject);
    socket.write(
      `POST ${IMPORT} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${page.url}\r\nCookie: ${page.cookie}\r\n` +
        `Content-Type: multipart/form-data; boundary=${EDGE}\r\nContent-Length: 900000000\r\n\r\n--${EDGE}\r\n`,
    );
  });
  expect(said).toMatch(/^HTTP\/1\.1 413 /u);
  expect(left(place.stateDir)).toEqual([]);
});

test('an upload is for its owner alone while it is there', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const token = await page.formToken();
  let seen = 0;
  async function* slowly(): AsyncGenerator<Buffer> {
    const [start = '', end = ''] = multipart([
      field('form_token', token),
      file('a.csv', `${CSV}SPLIT`),
    ]).split('SPLIT');
    yield Buffer.from(start + 'x'.repeat(200_000));
    await expect.poll(() => left(place.stateDir).length).toBeGreaterThan(0);
    for (const name of left(place.stateDir)) expectMode(join(place.stateDir, name), 0o600);
    seen = left(place.stateDir).length;
    yield Buffer.from(end);
  }
  await sent(page, slowly());
  expect(seen).toBe(1);
});

test('a file is taken in where somebody tidied the folder away, and what a killed server left is swept', async () => {
  const place = await sendingPlace(1);
  const [old, own] = [join(place.stateDir, 'page-abc123'), join(place.stateDir, 'page-notes')];
  for (const folder of [old, own]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'upload-1'), CSV);
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(folder, longAgo, longAgo);
  }
  const page = await servedPage(place);
  const parts = multipart([field('form_token', await page.formToken()), file('a.csv', CSV)]);
  const first = await sent(page, parts);
  expect(readdirSync(place.stateDir)).toContain('page-notes');
  expect(existsSync(old)).toBe(false);
  for (const name of readdirSync(place.stateDir).filter((one) => one.startsWith('page-')))
    rmSync(join(place.stateDir, name), { recursive: true });
  const second = await sent(page, parts);
  expect([second.status, second.text.includes('bug')]).toEqual([first.status, false]);
});
