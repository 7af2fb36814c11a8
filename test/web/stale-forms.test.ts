import { expect, test } from 'vitest';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { hiddenFields } from './support/sending-page.js';
import { digestIn, servedPage, whenRead } from './support/served.js';
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
