import { expect, test } from 'vitest';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { hiddenFields } from './support/sending-page.js';
import { digestIn, servedPage } from './support/served.js';
import { teamPage, withUsers } from './support/team.js';

const SETTINGS = '/campaigns/sale/send/settings';
const LIVE = '/campaigns/sale/live';

test('a form with a slip says, too, that somebody else saved the file meanwhile, before it is sent once more', async () => {
  const place = await sendingPlace(2, { rate: '10/s' });
  const page = await servedPage(place);
  const fields = { ...hiddenFields((await page.get(SETTINGS)).text), unit: 's', hours: 'any' };
  expect((await page.post(SETTINGS, { ...fields, rate: '2' })).status).toBe(303);
  const slip = await page.post(SETTINGS, { ...fields, rate: '', perDay: '70' });
  expect(slip.status).toBe(422);
  expect(slip.text).toContain('Somebody else saved the campaign file meanwhile');
  expect(place.read('sale/campaign.yaml')).toContain('2/s');
});

test.each([
  ['message/text', { body: '' }],
  ['message/template', { template: 'other', name: '' }],
  ['message/attachment', { url: '', name: '' }],
] as const)('the same holds for %s', async (form, slip) => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  const path = `/campaigns/sale/${form}`;
  const fields = hiddenFields((await page.get(path)).text);
  place.write('sale/campaign.yaml', `${place.read('sale/campaign.yaml')}\n# of somebody else\n`);
  const told = await page.post(path, { ...fields, ...slip });
  expect(told.status).toBe(422);
  expect(told.text).toContain('Somebody else saved the campaign file meanwhile');
});

test('settings that were looked at and saved as they are stay as they are', async () => {
  const place = await sendingPlace(2, { canary: '{ first: 2, wait: 90s, maxFailures: 2.55% }' });
  const page = await servedPage(place);
  const { text } = await page.get(SETTINGS);
  const value = (name: string): string =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`, 'u').exec(text)?.[1] ?? '';
  const fields = Object.fromEntries(['rate', 'first', 'wait', 'failures'].map((name) => [name, value(name)]));
  const saved = await page.post(SETTINGS, { ...hiddenFields(text), ...fields, unit: 's', hours: 'any' });
  expect(saved.status).toBe(303);
  expect(place.read('sale/campaign.yaml')).toContain('canary: { first: 2, wait: 1.5m, maxFailures: 2.55% }');
});

test('who pressed Resume of a paused campaign does not take up what somebody else canceled meanwhile', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  await place.run(['pause', 'sale']);
  const page = await servedPage(place);
  const seen = hiddenFields((await page.get(LIVE)).text);
  await place.run(['cancel', 'sale']);
  const told = await page.post(`${LIVE}/resume`, seen);
  expect(told.status).toBe(303);
  expect((await page.get(LIVE)).text).toContain('Somebody canceled this meanwhile. Nothing was changed.');
  const { stdout } = await place.run(['status', 'sale', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { pending: 0, skipped: 2 } });
  await page.post(`${LIVE}/resume`, hiddenFields((await page.get(LIVE)).text));
  const { stdout: after } = await place.run(['status', 'sale', '--json']);
  expect(JSON.parse(after)).toMatchObject({ counts: { pending: 2, skipped: 0 } });
});

test('whoever presses Pause or Resume in the moment of a cancel does not undo it', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const page = await servedPage(place);
  for (let round = 0; round < 10; round += 1) {
    const words = ['resume', 'pause', 'cancel', 'resume', 'pause'];
    await Promise.all(words.map((word) => page.post(`${LIVE}/${word}`, {})));
    const { stdout } = await place.run(['status', 'sale', '--json']);
    expect(JSON.parse(stdout), `round ${round}`).toMatchObject({ counts: { pending: 0, skipped: 2 } });
    await page.post(`${LIVE}/resume`, { canceled: 'yes' });
  }
});

test('a form that comes after the login has run out is told to be lost, and changes nothing', async () => {
  const place = await sendingPlace(2);
  await withUsers(place, { ana: ['admin', 'marketer'] });
  const page = await teamPage(place);
  const before = place.read('sale/campaign.yaml');
  const headers = { cookie: 'plazcast_login=gone' };
  const lost = await page.ask(SETTINGS, headers, 'rate=5&unit=s&form_token=x');
  expect(lost.status).toBe(401);
  expect(lost.text).toContain('nothing was saved, and nothing was sent');
  expect((await page.ask(SETTINGS, headers)).text).not.toContain('nothing was saved');
  expect((await page.ask('/logout', headers, 'form_token=x')).text).not.toContain('nothing was saved');
  expect(place.read('sale/campaign.yaml')).toBe(before);
});

test('two lists of mended rows that are brought one after the other both count', async () => {
  const place = await sendingPlace(0, { recipients: '{ file: recipients.csv, country: PE }' });
  place.write('sale/recipients.csv', `celular,body.1\n${phoneNumber(1)},Ana\n12,Beto\n13,Caro\n`);
  const page = await servedPage(place);
  await page.get('/campaigns/sale/wrong');
  const text = place.read('sale/rejected.csv');
  const digest = digestIn((await page.get('/campaigns/sale/list/upload')).text);
  for (const [was, is] of [
    ['12,Beto', `${phoneNumber(2)},Beto`],
    ['13,Caro', `${phoneNumber(3)},Caro`],
  ] as const) {
    const list = { name: 'rejected.csv', text: text.replace(was, is) };
    const taken = await page.upload('/campaigns/sale/list/upload', { digest }, { list });
    expect([taken.status, taken.headers['location']]).toEqual([303, '/campaigns/sale/wrong']);
  }
  expect((await page.get('/campaigns/sale/wrong')).text).toContain('3 ready');
});

test('what was typed into a row that somebody else mended meanwhile stays in sight', async () => {
  const place = await sendingPlace(0, { recipients: '{ file: recipients.csv, country: PE }' });
  place.write('sale/recipients.csv', `celular,body.1\n${phoneNumber(1)},Ana\n12,Beto\n13,Caro\n`);
  const page = await servedPage(place);
  const { text } = await page.get('/campaigns/sale/wrong');
  const fields = { line: '3', column: '0', 'was3.0': '12' };
  expect(text).toContain('name="r3.0"');
  place.write('sale/recipients.csv', `celular,body.1\n${phoneNumber(1)},Ana\n14,Beto\n13,Caro\n`);
  const told = await page.post('/campaigns/sale/wrong/mend', { ...fields, 'r3.0': phoneNumber(2) });
  expect(told.status).toBe(422);
  expect(told.text).toContain(phoneNumber(2));
});
