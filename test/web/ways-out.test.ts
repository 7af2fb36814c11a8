import { expect, test } from 'vitest';
import { askLaunch } from '../../src/app/launch/ask-launch.js';
import { withLedger } from '../../src/app/open-ledger.js';
import { ok } from '../../src/core/problem.js';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { press } from '../app/launch/launching.js';
import { serverAt } from '../app/launch/launching-place.js';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import {
  checkedPage,
  hiddenFields,
  liveSays,
  onceEach,
  pressSend,
  timesEach,
  WEEKS_AHEAD,
} from './support/sending-page.js';
import { servedPage } from './support/served.js';

const LIVE = '/campaigns/sale/live';

test('a campaign that was paused when nobody was left to send to is resumed where the page leads to', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  await place.run(['pause', 'sale']);
  const page = await servedPage(place);
  expect((await page.get('/')).text).toContain(`href="${LIVE}"`);
  const live = (await page.get(LIVE)).text;
  expect(live).toContain('Paused. Nobody is left to send to.');
  expect(live).not.toMatch(/Finished|Cancel the rest/u);
  expect((await page.post(`${LIVE}/resume`, {})).status).toBe(303);
  await liveSays(page, 'Finished');
  expect((await page.get('/')).text).toContain('Nothing needs you now');
});

test('a campaign that was canceled when nobody was left to send to is taken up again', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  await place.run(['cancel', 'sale']);
  place.write('sale/recipients.csv', `${place.read('sale/recipients.csv')}${phoneNumber(77)},Zoe\n`);
  const page = await servedPage(place);
  expect(await checkedPage(page)).toContain('Take the campaign up again on the page Live');
  expect((await page.get(LIVE)).text).toContain('Take it up again');
  await page.post(`${LIVE}/resume`, { canceled: 'yes' });
  await pressSend(page, await checkedPage(page));
  await liveSays(page, /of 4<.*Finished|Finished.*of 4</su);
  expect(timesEach(place)).toEqual(onceEach(4));
});

test('whoever wants to send again in a canceled campaign is told that it is canceled', async () => {
  const destination = new RegExp(`^${phoneNumber(0)}$`, 'u');
  const place = await sendingPlace(3, {}, { faults: [faultRule('code-131026-400', { destination })] });
  await place.run(['send', 'sale']);
  await place.run(['cancel', 'sale']);
  const page = await servedPage(place);
  const again = await page.post('/campaigns/sale/people/retry', { status: 'refused' });
  expect(again.headers['location']).toBe('/campaigns/sale/people');
  const { text } = await page.get('/campaigns/sale/people');
  expect(text).toContain('The campaign was canceled, so nobody is sent to again');
  expect(text).not.toContain('do-not-contact list');
});

test.each(['pause', 'cancel'])(
  'whoever resumes after a %s what is scheduled is told that it begins by itself',
  async (word) => {
    const place = await sendingPlace(3);
    await place.run(['send', 'sale', '--limit', '1']);
    const page = await servedPage(place);
    await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
    await place.run([word, 'sale']);
    await page.post(`${LIVE}/resume`, word === 'cancel' ? { canceled: 'yes' } : {});
    const { text } = await page.get(LIVE);
    expect(text).toContain('It may go on, and begins by itself as it was confirmed.');
    expect(text).not.toContain('Nothing goes out until somebody sends it');
  },
);

test('from a rehearsal that was not finished nothing leads to people who would really get it', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--sandbox', '--limit', '1']);
  const page = await servedPage(place);
  const { text } = await page.get(`${LIVE}?sandbox=yes`);
  expect(text).toContain('2 people are still to be sent to');
  expect(text).not.toContain('send to the rest');
  expect(text).toContain('Rehearse the rest');
  expect((await page.get('/')).text).toContain(`href="${LIVE}?sandbox=yes"`);
});

test('a campaign that is paused or canceled is not told to begin at the time for which it is scheduled', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  expect((await page.get('/')).text).not.toContain('nothing goes out unless');
  await place.run(['pause', 'sale']);
  expect((await page.get('/')).text).toContain('It is paused: nothing goes out unless it is resumed before.');
  expect((await page.get(LIVE)).text).toContain(
    'It begins by itself as it was confirmed if it is resumed before its time or its turn comes.',
  );
  await place.run(['cancel', 'sale']);
  expect((await page.get('/')).text).toContain(
    'It is canceled: nothing goes out unless it is taken up again before.',
  );
});

test('a canceled campaign whose process died before it sent anything is not told to go on', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const app = serverAt(place);
  const request = await press(place);
  const { key } = request;
  const asked = unwrapped(await askLaunch(request, app));
  expect(asked.kind).toBe('entered');
  const dead = { host: 'elsewhere', pid: 1, startedAs: 'a while ago' };
  const lost = await withLedger(app, 'existing', async ({ launches }) => {
    await launches.start(key, { starter: dead, log: 'none' }, null, Date.now());
    await launches.begin(key, dead);
    return ok(
      await launches.end(key, 'running', { state: 'lost', exitCode: null, problems: [] }, Date.now()),
    );
  });
  expect(unwrapped(lost)).toBe(true);
  const page = await servedPage(place);
  expect((await page.get(LIVE)).text).toContain('The process that was sending died without a word');
  await place.run(['cancel', 'sale']);
  const { text } = await page.get(LIVE);
  expect(text).toContain('Canceled. Nothing more goes out.');
  expect(text).not.toContain('go on under');
});

test('what is scheduled and was changed since is told to be refused, before its time comes', async () => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  await pressSend(page, looked, WEEKS_AHEAD);
  expect((await page.get('/')).text).toContain('Nothing needs you now');
  expect((await page.get(LIVE)).text).not.toContain('changed the campaign since');
  const settings = hiddenFields((await page.get('/campaigns/sale/send/settings')).text);
  await page.post('/campaigns/sale/send/settings', { ...settings, rate: '30', unit: 's' });
  const home = (await page.get('/')).text;
  expect(home).not.toContain('Nothing needs you now');
  expect(home).toContain(
    'changed it since: unless that is undone, nothing will go out before it is confirmed anew',
  );
  expect((await page.get(LIVE)).text).toContain('changed the campaign since');
  expect((await place.run(['status'])).said).toContain('so it will be refused');
  const key = hiddenFields((await page.get(LIVE)).text)['launch_key'] ?? '';
  await page.post(`${LIVE}/withdraw`, { launch_key: key });
  expect((await page.get('/')).text).toContain('Nothing needs you now');
});

test('a page whose ledger was moved says so, and promises nothing that begins by itself', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  const moved = place.path('moved.db');
  const copied = await place.run(['ledger', 'copy', place.ledger, moved]);
  expect(copied).toMatchObject({ code: 0, said: expect.stringContaining('start "plazcast serve" again') });
  const home = (await page.get('/')).text;
  expect(home).toContain('nothing begins, changes or is sent here any more');
  expect(home).not.toContain('Begins');
  expect((await page.get(LIVE)).text).not.toContain('scheduled this for');
  expect((await place.run(['status', 'sale'])).said).not.toContain('begins by itself');
  const other = await servedPage(place, ['--campaigns', '.', '--ledger', moved]);
  expect((await other.get('/')).text).toContain('Begins');
});
