import { expect, test, vi } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { checkedPage, liveSays, onceEach, pressSend, timesEach } from './support/sending-page.js';
import { type Served, servedPage } from './support/served.js';

/** A campaign whose run was killed with so many in flight: the provider sent to them, and has not answered. */
async function brokenOff(people: number, inFlight: number): Promise<SendingPlace> {
  const faults = [faultRule('silent-after', { destination: new RegExp(`[0-${inFlight - 1}]$`, 'u') })];
  const place = await sendingPlace(people, { concurrency: String(inFlight) }, { faults });
  const run = place.start(['send', 'sale', '--yes']);
  await vi.waitFor(() => expect(timesEach(place)).toEqual(onceEach(inFlight)), { timeout: 90_000 });
  run.process.kill('SIGKILL');
  await run.ended;
  const { json } = await place.json(['status', 'sale']);
  expect(json['counts']).toMatchObject({ sending: inFlight, pending: people - inFlight });
  return place;
}

/** Looks in the provider's list, as the page offers it. */
async function findOut(page: Served): Promise<void> {
  await page.post('/campaigns/sale/people/settle', {});
  await liveSays(page, 'are in the list: they were sent', '/campaigns/sale/people');
}

test('whom a dead run left in flight is looked up, though nobody is left to send to', async () => {
  const place = await brokenOff(3, 3);
  const page = await servedPage(place);
  const live = await liveSays(page, '3 messages were on their way when sending broke off');
  expect(live).not.toMatch(/still to be sent to|Finished|Check it, and send/u);
  expect(live).toContain('href="/campaigns/sale/people">Find out');
  expect((await page.get('/')).text).toContain('3 people');
  const checked = await checkedPage(page);
  expect(checked).toContain('3 messages were on their way when sending broke off');
  expect((await page.get('/campaigns/sale')).text).not.toContain('unfinished');
  const people = (await page.get('/campaigns/sale/people')).text;
  expect(people).toContain('3 people: we do not know whether it arrived');
  expect(people).toContain('3: on its way when sending broke off');
  await findOut(page);
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(3));
});

test('the rest is sent to, and whom the dead run left in flight is looked up by that', async () => {
  const place = await brokenOff(5, 2);
  const page = await servedPage(place);
  const live = await liveSays(page, '2 messages were on their way when sending broke off');
  expect(live).toContain('3 people are still to be sent to');
  await pressSend(page, await checkedPage(page));
  expect(await liveSays(page, 'Finished')).not.toContain('on their way');
  expect(timesEach(place)).toEqual(onceEach(5));
});

test('whoever was in flight when a campaign was canceled and its run died is looked up', async () => {
  const place = await brokenOff(5, 2);
  const page = await servedPage(place);
  expect((await page.get('/campaigns/sale/live/cancel')).text).toContain('Cancel for 3 people');
  await page.post('/campaigns/sale/live/cancel', {});
  const live = await liveSays(page, 'Canceled. Nothing more goes out.');
  expect(live).toContain('2 messages were on their way when sending broke off');
  await findOut(page);
  expect(await liveSays(page, 'Canceled. Nothing more goes out.')).not.toContain('on their way');
  expect(timesEach(place)).toEqual(onceEach(2));
});
