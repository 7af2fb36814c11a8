import { expect, test, vi } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { addCampaign } from '../support/shared-place.js';
import { checkedPage, hiddenFields, liveSays, pressSend, timesEach } from './support/sending-page.js';
import { digestIn, servedPage } from './support/served.js';

const LIVE = '/campaigns/sale/live';

/** One of three was sent to, and the provider never answers who asks for its list. */
async function unlisted(): Promise<SendingPlace> {
  const place = await sendingPlace(3, {}, { faults: [faultRule('silent-before', { phase: 'list' })] });
  await place.run(['send', 'sale', '--limit', '1']);
  return place;
}

/** Somebody looks in the provider's list, and waits for it. */
async function auditing(place: SendingPlace): Promise<void> {
  place.start(['reconcile', 'sale', '--audit']);
  await vi.waitFor(
    async () => expect((await place.json(['status', 'sale'])).json['running']).not.toBeNull(),
    {
      timeout: 60_000,
    },
  );
}

test('whoever presses Send while somebody looks in the list is told that nothing is sent', async () => {
  const place = await unlisted();
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  await auditing(place);
  const pressed = await pressSend(page, looked);
  expect(pressed.headers['location']).toBe(LIVE);
  const live = (await page.get(LIVE)).text;
  expect(live).toContain('Your press sent nothing');
  expect(live).toContain('Nothing goes out at the moment');
  expect(live).not.toMatch(/Sending|sending goes on|per second|It begins/u);
  expect(timesEach(place)).toEqual([1]);
});

test('whoever would send another campaign meanwhile is not told that this one is sent', async () => {
  const place = await unlisted();
  addCampaign(place, 'news', { count: 2, first: 50 });
  await place.run(['send', 'news', '--limit', '1']);
  await auditing(place);
  const turnedAway = await place.run(['send', 'news']);
  expect(turnedAway).toMatchObject({ code: 4, said: expect.stringContaining('campaign "sale"') });
  const { said } = await place.run(['status', 'news']);
  expect(said).toContain('Campaign sale of the same workspace is being worked on');
  for (const words of [turnedAway.said, said]) expect(words).not.toMatch(/sending for|being sent/u);
});

test('what is looked up in the list is called sending nowhere', async () => {
  const place = await unlisted();
  const page = await servedPage(place);
  await auditing(place);
  for (const path of ['', '/list', '/send', '/live', '/people'])
    expect((await page.get(`/campaigns/sale${path}`)).text, path).not.toMatch(
      />being sent<|campaign is being sent|>Sending<|sending goes on/u,
    );
  expect((await page.get('/')).text).not.toContain('>being sent<');
  const { said } = await place.run(['status', 'sale']);
  expect(said).toContain('Running: process');
  expect(said).not.toContain('Sending');
  const seen = hiddenFields((await page.get(LIVE)).text);
  await page.post(`${LIVE}/pause`, seen);
  await page.post(`${LIVE}/resume`, seen);
  await liveSays(page, 'Resumed. What is being done with it now goes on.', LIVE);
});

test('whoever changes a campaign while somebody is at it is told when that counts', async () => {
  const place = await unlisted();
  const page = await servedPage(place);
  await auditing(place);
  for (const path of ['list', 'list/upload', 'message', 'wrong'])
    expect((await page.get(`/campaigns/sale/${path}`)).text, path).toContain(
      'What you change here counts the next time it is sent.',
    );
  const digest = digestIn((await page.get('/campaigns/sale/list/upload')).text);
  const list = { name: 'b.csv', text: place.read('sale/recipients.csv') };
  await page.upload('/campaigns/sale/list/upload', { digest }, { list });
  const { text } = await page.get('/campaigns/sale/list');
  expect(text).toContain('The new list stands in the place of the old one.');
  expect(text).not.toContain('from now on');
});
