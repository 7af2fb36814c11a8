import { expect, test } from 'vitest';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
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

test('the credentials of a provider that are missing are named, in the list and in the import', async () => {
  const page = await servedPage(await sendingPlace(1));
  const list = await page.post('/workspace/lists', { from: 'chatbotx', as: 'csv' });
  expect([list.status, list.text]).toEqual([422, expect.stringContaining('CHATBOTX_TOKEN')]);
  const taken = await page.post('/workspace/no-contact/import-from', { from: 'chatbotx' });
  expect([taken.status, taken.text]).toEqual([422, expect.stringContaining('CHATBOTX_TOKEN')]);
  expect((await page.post('/workspace/no-contact/import-from', {})).text).toContain('Choose a provider');
});

test('whom a provider calls spam comes onto the list of the sandbox', async () => {
  const page = await servedPage(await sendingPlace(1));
  const answer = await page.post('/workspace/no-contact/import-from', { from: 'platica', list: 'sandbox' });
  expect([answer.status, answer.text]).toEqual([303, expect.anything()]);
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
