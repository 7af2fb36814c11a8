import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { chatbotxRecord } from '../providers/fixtures/recorded.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { offsetOf, platicaPage } from '../support/platica-list.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { workplace } from '../support/workplace.js';
import { servedPage } from './support/served.js';

test('every provider has its own filters, and a wrong one is said with what was typed', async () => {
  const page = await servedPage(await sendingPlace(1));
  const form = await page.get('/workspace/lists?from=platica');
  expect(form.text).toContain('name="sort-by"');
  expect(form.text).not.toContain('name="bot-category"');
  const wrong = await page.post('/workspace/lists', {
    from: 'platica',
    as: 'csv',
    max: 'several',
    sandbox: 'yes',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="several"');
});

test('a conversation list comes as a file, and as a list for a campaign', async () => {
  const page = await servedPage(await sendingPlace(1));
  const asked = { from: 'platica', sandbox: 'yes', max: '3' };
  const csv = await page.post('/workspace/lists', { ...asked, as: 'csv' });
  expect([csv.status, csv.headers['content-disposition']]).toEqual([
    200,
    expect.stringContaining('platica.csv'),
  ]);
  expect(csv.text.trim().split(/\r?\n/u).length).toBeLessThanOrEqual(4);
  const audience = await page.post('/workspace/lists', { ...asked, as: 'audience', country: 'PE' });
  expect(audience.text).toMatch(/^\W*phone,name,first_name/u);
});

test('a list for a campaign becomes one in one step, with the same folder and log as an upload', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const asked = { from: 'platica', sandbox: 'yes', max: '3', as: 'campaign' };
  const nameless = await page.post('/workspace/lists', asked);
  expect([nameless.status, nameless.text]).toEqual([422, expect.stringContaining('Write a name')]);
  const made = await page.post('/workspace/lists', { ...asked, title: 'Quienes escribieron' });
  expect([made.status, made.headers['location']]).toEqual([303, '/campaigns/quienes-escribieron/list']);
  expect((await page.get('/campaigns/quienes-escribieron/list')).text).toContain(
    'The campaign was made, with 3 people. Nothing is sent until you say so.',
  );
  expect(place.read('quienes-escribieron/recipients.csv')).toMatch(/^\W*phone,name,first_name/u);
  expect(place.read('quienes-escribieron/campaign.yaml')).not.toMatch(/^\s*country:/mu);
  const wrong = await page.get('/campaigns/quienes-escribieron/wrong');
  expect(wrong.text).toMatch(/3 ready.*3 rows/su);
  const log = (await page.get('/workspace/log')).text;
  expect(log).toContain('Campaign made');
  const nobody = { ...asked, title: 'Nobody', offset: '999999' };
  const empty = await page.post('/workspace/lists', nobody);
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('no campaign was made')]);
  expect(existsSync(place.path('nobody'))).toBe(false);
});

test('whoever makes a campaign of a list is told how many conversations are not in it', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const asked = { from: 'platica', sandbox: 'yes', as: 'campaign', title: 'Todos' };
  expect((await page.post('/workspace/lists', asked)).status).toBe(303);
  const [, people, leftOut] =
    /made, with (\d+) people\. (\d+) conversations were left out: [^.]*archived[^.]*by you\. Nothing/u.exec(
      (await page.get('/campaigns/todos/list')).text,
    ) ?? [];
  expect(place.read('todos/recipients.csv').trim().split('\n')).toHaveLength(Number(people) + 1);
  expect(Number(leftOut)).toBeGreaterThan(0);
});

test('a list that breaks off becomes no campaign, and says why; as a file it says so in its name', async () => {
  const url = await answeringServer((request, response) => {
    const offset = offsetOf(request.url);
    if (offset > 0) response.end('<html>maintenance</html>');
    else answerJson(response, platicaPage(offset, 10));
  });
  const place = workplace(url);
  const page = await servedPage(place);
  const asked = { from: 'platica', title: 'Half' };
  const half = await page.post('/workspace/lists', { ...asked, as: 'campaign' });
  expect([half.status, half.text]).toEqual([
    422,
    expect.stringContaining('The list broke off before its end'),
  ]);
  expect(existsSync(place.path('half'))).toBe(false);
  const file = await page.post('/workspace/lists', { ...asked, as: 'audience' });
  expect(file.headers['content-disposition']).toContain('audience-incomplete.csv');
});

test('the credentials of a provider that are missing are named, in the list and in the import', async () => {
  const page = await servedPage(await sendingPlace(1));
  const list = await page.post('/workspace/lists', { from: 'chatbotx', as: 'csv' });
  expect([list.status, list.text]).toEqual([422, expect.stringContaining('CHATBOTX_TOKEN')]);
  const taken = await page.post('/workspace/no-contact/import-from', { from: 'chatbotx' });
  expect([taken.status, taken.text]).toEqual([422, expect.stringContaining('CHATBOTX_TOKEN')]);
  expect((await page.post('/workspace/no-contact/import-from', {})).text).toContain('Choose a provider');
});

test('whom a provider calls spam comes onto the list of the sandbox, and who has no phone number there is counted', async () => {
  const page = await servedPage(await sendingPlace(1));
  const answer = await page.post('/workspace/no-contact/import-from', { from: 'platica', list: 'sandbox' });
  expect([answer.status, answer.text]).toEqual([303, expect.anything()]);
  const { text } = await page.get(String(answer.headers['location']));
  expect(text).toMatch(
    /\d+ people added to the do-not-contact list\. \d+ people who are .* at the provider have no phone number/u,
  );
});

test('whom a provider calls blocked, but whose number or mark cannot be read, is told: somebody may be missing', async () => {
  const blocked = { phoneNumber: '12345', blockedAt: '2026-01-01T00:00:00Z' };
  const unmarked = chatbotxRecord({ id: 'c2', contactInboxes: [{ channel: 'whatsapp' }] }) as {
    contact: Record<string, unknown>;
  };
  delete unmarked.contact['blockedAt'];
  const data = [chatbotxRecord({ id: 'c1' }, blocked), unmarked];
  const url = await answeringServer((_request, response) => answerJson(response, { data, nextCursor: null }));
  const page = await servedPage(workplace(url));
  const taken = await page.post('/workspace/no-contact/import-from', { from: 'chatbotx' });
  expect(taken.status).toBe(422);
  expect(taken.text).toContain('1 number cannot be read and is not on the list: 12345');
  expect(taken.text).toContain('1 record does not tell whether the person is blocked');
});

test('a person is forgotten only by who says that it cannot be undone', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  const number = `+${phoneNumber(0)}`;
  const unsure = await page.post('/workspace/forget', { who: 'one', number });
  expect([unsure.status, unsure.text]).toEqual([422, expect.stringContaining('Tick that you know')]);
  const option = await page.post('/workspace/forget', { who: 'one', number: '--older-than=0d', sure: 'yes' });
  expect(option.status).toBe(422);
  const done = await page.post('/workspace/forget', { who: 'one', number, sure: 'yes' });
  expect(done.status).toBe(303);
  expect((await page.get('/workspace/forget')).text).toContain('1 person was forgotten');
  const again = await page.post('/workspace/forget', { who: 'one', number, sure: 'yes' });
  expect(again.status).toBe(303);
  expect((await page.get('/workspace/forget')).text).toContain('Nothing was erased');
});

test('pieces of a person that may be left, because another program reads the ledger, are told beside that she is forgotten', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  const page = await servedPage(place);
  const reader = new Database(place.path('plazcast.db'), { readonly: true });
  onTestFinished(() => void reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM deliveries').get();
  const whom = { who: 'one', number: `+${phoneNumber(0)}`, sure: 'yes' };
  const done = await page.post('/workspace/forget', whom);
  expect([done.status, done.text]).toEqual([
    422,
    expect.stringMatching(/pieces of what was erased may be left.*1 person was forgotten/su),
  ]);
  expect(done.text).not.toContain('Run the same command');
});
