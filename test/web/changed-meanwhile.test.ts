import { expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import {
  checkedPage,
  liveSays,
  onceEach,
  pressSend,
  timesEach,
  WEEKS_AHEAD,
} from './support/sending-page.js';
import { digestIn, type Served, servedPage } from './support/served.js';

const LIVE = '/campaigns/sale/live/now';
const BAD = '12,Beto\n';

/** A campaign with a row that cannot be sent, in the middle of a run that stands still until it is resumed. */
async function paused(people: number) {
  const place = await sendingPlace(0, { rate: '4/s' });
  place.write('sale/recipients.csv', recipientsCsv(people) + BAD);
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page));
  await liveSays(page, 'You can close this window; sending goes on.');
  await page.post('/campaigns/sale/live/pause', {});
  return { place, page };
}

function mend(page: Served, line: number, value: string): ReturnType<Served['post']> {
  const fields = { line: String(line), column: '0', [`was${line}.0`]: '12', [`r${line}.0`]: value };
  return page.post('/campaigns/sale/wrong/mend', fields);
}

test('a row that is mended while it is sent goes out with the next send, once, and the page says so when this one is over', async () => {
  const { place, page } = await paused(12);
  expect((await mend(page, 14, phoneNumber(50))).status).toBe(303);
  expect((await page.get('/campaigns/sale/wrong')).text).toContain('not with what you change here');
  await page.post('/campaigns/sale/live/resume', {});
  const live = await liveSays(page, 'Finished');
  expect(live).toContain('mended rows, or brought another list, after this had begun');
  expect(live).toContain('href="/campaigns/sale/send"');
  expect(timesEach(place)).toEqual(onceEach(12));
  await pressSend(page, await checkedPage(page));
  await expect.poll(() => timesEach(place)).toEqual(onceEach(13));
  expect(await liveSays(page, 'Finished', LIVE)).not.toContain('after this had begun');
});

test('nobody is said to get nothing any more who is sent to with the list that a run began with', async () => {
  const { place, page } = await paused(12);
  const digest = digestIn((await page.get('/campaigns/sale/list/upload')).text);
  const list = { name: 'other.csv', text: recipientsCsv(11) };
  expect((await page.upload('/campaigns/sale/list/upload', { digest }, { list })).status).toBe(303);
  const { text } = await page.get('/campaigns/sale/wrong');
  expect(text).toContain('who has not got the message when this list is sent gets none');
  expect(text).not.toContain('who has not got the message yet');
  await page.post('/campaigns/sale/live/resume', {});
  await liveSays(page, 'Finished');
  expect(executionsByPhone(place.logFile).get(phoneNumber(11).replace('+', ''))).toBe(1);
});

test('who presses Send after somebody scheduled it is told whose word holds', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  const laterLooked = await checkedPage(page);
  expect((await pressSend(page, laterLooked, WEEKS_AHEAD)).status).toBe(303);
  await page.get(LIVE.replace('/now', ''));
  expect((await pressSend(page, looked)).status).toBe(303);
  const told = 'asked for another time before';
  expect((await page.get(LIVE.replace('/now', ''))).text).toContain(told);
  // Back on the form that was scheduled.
  expect((await pressSend(page, laterLooked)).status).toBe(303);
  expect((await page.get(LIVE.replace('/now', ''))).text).toContain(told);
  expect((await pressSend(page, laterLooked, WEEKS_AHEAD)).status).toBe(303);
  expect((await page.get(LIVE.replace('/now', ''))).text).not.toContain(told);
  expect(timesEach(place)).toEqual([]);
});

test('who presses Send on an older page after somebody changed and scheduled it is promised nothing below', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  const older = await checkedPage(page);
  place.write('sale/recipients.csv', recipientsCsv(3));
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  const late = await pressSend(page, older);
  expect(late.status).toBe(422);
  expect(late.text).toContain('Your press sent nothing');
  expect(late.text).not.toContain('below');
});

test('whoever opens the settings of what is scheduled is told before anything is saved what comes of a change', async () => {
  const page = await servedPage(await sendingPlace(2));
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  expect((await page.get('/campaigns/sale/send/settings')).text).toContain('if you change something now');
});

test('a rehearsal that goes on is not told as a send to whoever changes the campaign', async () => {
  const place = await sendingPlace(40, { rate: '2/s' });
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  const rehearsal = place.begin(['send', '--yes', '--sandbox', 'sale']);
  await liveSays(page, 'You can close this window', `${LIVE}?sandbox=yes`);
  const { text } = await page.get('/campaigns/sale/list');
  expect(text).not.toContain('is being sent right now');
  expect(text).toContain('if you change something now');
  await page.post('/campaigns/sale/live/cancel', { sandbox: 'yes' });
  await rehearsal.ended;
});
