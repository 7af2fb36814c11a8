import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cliPlace } from '../support/run-cli.js';
import { API_KEY, sendingPlace, WORKSPACE } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

test('settings are shown, and no credential is, on any page', async () => {
  const page = await servedPage(await sendingPlace(1));
  for (const path of ['/workspace', '/workspace/connection', '/workspace/templates', '/workspace/backup']) {
    const { status, text } = await page.get(path);
    expect([path, status]).toEqual([path, 200]);
    expect(text).not.toContain(WORKSPACE);
    expect(text).not.toContain(API_KEY);
  }
  expect((await page.get('/workspace')).text).toMatch(/ws-[0-9a-f]{16}/u);
});

test('a look at the connection tells what the doctor tells', async () => {
  const place = await sendingPlace(1);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const { status, text } = await page.post('/workspace/connection', {});
  expect(status).toBe(200);
  const doctor = await place.json(['doctor']);
  const checks = doctor.json['checks'] as readonly { message: string }[];
  expect(checks.length).toBeGreaterThan(3);
  expect(text).toContain('What was found');
  expect(text.split('<tr>').length - 2).toBe(checks.length);
});

test('a host that nobody vouched for is asked about before anything goes there; the answer is kept', async () => {
  const place = cliPlace({ PLAZBOT_WORKSPACE_ID: WORKSPACE });
  // Whoever writes the address does not hold the credential.
  place.write('.env', 'PLAZBOT_BASE_URL=https://plazbot.invalid\n');
  const page = await servedPage(place);
  const asked = await page.post('/workspace/connection', {});
  expect(asked.text).toContain('May your credentials go there?');
  expect(asked.text).toContain('name="trust_host" value="plazbot.invalid"');
  const told = await page.post('/workspace/connection', { trust_host: 'plazbot.invalid' });
  expect(told.text).toContain('What was found');
  const again = await page.post('/workspace/connection', {});
  expect(again.text).toContain('What was found');
});

test('templates are read when somebody asks, and kept', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  expect((await page.get('/workspace/templates')).text).toContain('They were not read yet');
  const answer = await page.post('/workspace/templates', {});
  expect(answer.status).toBe(303);
  const { text } = await page.get(String(answer.headers['location']));
  expect(text).toMatch(/\d+ templates were read/u);
  expect(text).toContain('class="bubble"');
});

test('a backup lies beside the ledger under the name that was typed', async () => {
  const place = await sendingPlace(1);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const answer = await page.post('/workspace/backup', { name: 'before.db' });
  expect(answer.status).toBe(303);
  expect((await page.get('/workspace/backup')).text).toContain('Backup, checked: before.db');
  expect(existsSync(place.path('before.db'))).toBe(true);
  const twice = await page.post('/workspace/backup', { name: 'before.db' });
  expect(twice.status).toBe(422);
  expect(twice.text).toContain('exists already');
});

test.each(['../out.db', '/tmp/out.db', '--json', '.hidden', 'a\\b.db', 'a\u0000b', '', 'plazcast.db/../x'])(
  'a backup goes nowhere else: %j is refused',
  async (name) => {
    const place = await sendingPlace(1);
    await place.run(['send', 'sale']);
    const page = await servedPage(place);
    const before = readdirSync(place.folder);
    expect((await page.post('/workspace/backup', { name })).status).toBe(422);
    expect(readdirSync(place.folder)).toEqual(before);
  },
);
