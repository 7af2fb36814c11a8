import { expect, test, vi } from 'vitest';
import { askLaunch } from '../../src/app/launch/ask-launch.js';
import { workspaceFingerprint } from '../../src/app/workspace.js';
import { ACTS_FOR_VARIABLE } from '../../src/core/team/actor.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { launchOf, press } from '../app/launch/launching.js';
import { serverAt } from '../app/launch/launching-place.js';
import { countExecutions } from '../sandbox/read-log.js';
import { openCampaign } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';
import { sendingPlace, WORKSPACE } from '../support/sending-place.js';
import {
  checkedPage,
  liveSays,
  onceEach,
  pressSend,
  timesEach,
  WEEKS_AHEAD,
} from './support/sending-page.js';
import { servedPage } from './support/served.js';

const HOUR_MS = 3_600_000;

test('it is paused, goes on, and the rest is canceled only after it was said how many that are', async () => {
  const place = await sendingPlace(60, { rate: '4/s' });
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page));
  await liveSays(page, /about \d+ min|under a minute/u);
  const paused = await page.post('/campaigns/sale/live/pause', {});
  expect(paused.status).toBe(303);
  expect((await page.get('/campaigns/sale/live')).text).toContain('No new message goes out');
  await liveSays(page, 'until somebody resumes it');
  await page.post('/campaigns/sale/live/resume', {});
  await liveSays(page, '>Sending<');
  const asked = (await page.get('/campaigns/sale/live/cancel')).text;
  expect(asked).toMatch(/\d+ people will not get this message/u);
  expect(asked).toMatch(/Cancel for \d+ people/u);
  await page.post('/campaigns/sale/live/cancel', {});
  await liveSays(page, 'Canceled. Nothing more goes out.');
  const sent = timesEach(place);
  expect(sent.length).toBeLessThan(60);
  expect(sent).toEqual(onceEach(sent.length));
});

test('a press from a page that is out of date pauses or resumes only what its label said', async () => {
  const place = await sendingPlace(40, { rate: '2/s' });
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page));
  await liveSays(page, '>Sending<');
  const isPaused = () => liveSays(page, 'until somebody resumes it');
  for (const word of ['pause', 'pause', 'resume', 'pause'])
    await page.post(`/campaigns/sale/live/${word}`, {});
  await isPaused();
  // “Take it up again” speaks of a campaign that was canceled; somebody took it up, and paused it, meanwhile.
  await page.post('/campaigns/sale/live/resume', { canceled: 'yes' });
  expect((await page.get('/campaigns/sale/live')).text).toContain('took it up again meanwhile');
  await isPaused();
  await page.post('/campaigns/sale/live/cancel', {});
  await page.post('/campaigns/sale/live/pause', {});
  await liveSays(page, 'Canceled. Nothing more goes out.');
});

test('who sees a mistake and pauses is told what Resume would send, and how the rest gets the corrected message', async () => {
  const place = await sendingPlace(40, { rate: '4/s' });
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page));
  await liveSays(page, '>Sending<');
  expect((await page.get('/campaigns/sale/message')).text).toContain('counts the next time it is sent');
  await page.post('/campaigns/sale/live/pause', {});
  await liveSays(page, 'goes on with the message and the list that it began with');
  for (const tab of ['list', 'message', 'list/upload'])
    expect((await page.get(`/campaigns/sale/${tab}`)).text).toContain('not with what you change here');
  await page.post('/campaigns/sale/live/cancel', {});
  await liveSays(page, 'Take it up again');
  await page.post('/campaigns/sale/live/resume', { canceled: 'yes' });
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('Nothing goes out until somebody sends it');
  expect(text).not.toMatch(/It goes on\.|was canceled/u);
  expect(text).toContain('Check it, and send to the rest');
  expect((await page.get('/')).text).not.toContain('was canceled');
});

test('a run that was begun in a terminal appears, and is paused from the page', async () => {
  const place = await sendingPlace(30, { rate: '3/s' });
  const page = await servedPage(place);
  const run = place.start(['send', 'sale'], { [ACTS_FOR_VARIABLE]: 'Ana' });
  await liveSays(page, /Started by Ana, \d+ s ago: process \d+ on /u);
  await page.post('/campaigns/sale/live/pause', {});
  await liveSays(page, 'until somebody resumes it');
  await page.post('/campaigns/sale/live/cancel', {});
  await run.ended;
  const over = await liveSays(page, 'Take it up again');
  expect(over).toMatch(/Started by Ana, \d+ s ago\./u);
});

test('a second viewer sees whose it is, and a server that is started again shows the run that went on', async () => {
  const place = await sendingPlace(40, { rate: '5/s' });
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page));
  await liveSays(page, '>Sending<');
  await page.stop();
  const [again, viewer] = [await servedPage(place), await servedPage(place)];
  for (const each of [again, viewer])
    expect(await liveSays(each, '>Sending<')).toMatch(/Started by \S+, \d+ s ago\./u);
  await liveSays(viewer, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(40));
});

test('what is scheduled says when and whose it is, and is taken back before it begins', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  expect((await pressSend(page, await checkedPage(page), WEEKS_AHEAD)).status).toBe(303);
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('It will be sent');
  expect(text).toMatch(/scheduled this for \w{3} \d+, \d{4}, 09:00/u);
  const tells = async (): Promise<boolean> =>
    (await page.get('/campaigns/sale/message')).text.includes(
      'if you change something now, nothing goes out',
    );
  expect(await tells()).toBe(true);
  const [, key = ''] = /name="launch_key" value="([^"]+)"/u.exec(text) ?? [];
  await page.post('/campaigns/sale/live/withdraw', { launch_key: key });
  expect(await liveSays(page, 'taken back before it began')).not.toContain('scheduled');
  expect(await tells()).toBe(false);
  expect(countExecutions(place.logFile)).toBe(0);
});

test('a campaign whose rest is scheduled is not told as stopped, on any page', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const page = await servedPage(place);
  const stands = async () => ({
    home: /href="\/campaigns\/sale">.*?<strong class="tag [^>]*>([^<]*)/su.exec(
      (await page.get('/')).text.split('id="campaigns"')[1] ?? '',
    )?.[1],
    own: /<strong class="tag [^>]*>([^<]*)/u.exec((await page.get('/campaigns/sale')).text)?.[1],
  });
  expect(await stands()).toEqual({ home: 'unfinished', own: 'unfinished' });
  expect(await liveSays(page, 'people are still to be sent to')).toContain('Not running.');
  expect((await pressSend(page, await checkedPage(page), WEEKS_AHEAD)).status).toBe(303);
  expect(await stands()).toEqual({ home: 'scheduled', own: 'scheduled' });
  const text = await liveSays(page, 'scheduled this for');
  expect(text).toContain('2 people still wait for it');
  expect(text).not.toMatch(/Not running|Check it, and send to the rest/u);
});

test('a campaign that was never sent and is scheduled says so', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  await pressSend(page, await checkedPage(page), WEEKS_AHEAD);
  for (const path of ['/', '/campaigns/sale']) expect((await page.get(path)).text).toContain('>scheduled<');
});

test('what is over half an hour late asks, and goes out once somebody says so', async () => {
  const place = await sendingPlace(2);
  const request = { ...(await press(place)), startAt: Date.now() - 2 * HOUR_MS };
  const app = serverAt(place);
  const then = { ...app, clock: { ...app.clock, now: () => Date.now() - 3 * HOUR_MS } };
  unwrapped(await askLaunch(request, then));
  const page = await servedPage(place);
  const text = await liveSays(page, 'Shall it go out now?');
  expect(text).toContain('Ana scheduled this for');
  expect((await launchOf(request.key, app))?.state).toBe('waiting');
  expect(countExecutions(place.logFile)).toBe(0);
  await page.post('/campaigns/sale/live/allow', { launch_key: request.key });
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(2));
});

test('the part that is asked for again comes with a mark, and not at all while nothing changes', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale']);
  const page = await servedPage(place);
  // It says how many seconds ago it began: another second may begin between the two.
  const first = await vi.waitFor(async () => {
    const asked = await page.get('/campaigns/sale/live/now');
    expect(asked.status).toBe(200);
    const headers = { 'if-none-match': String(asked.headers['etag']) };
    expect((await page.get('/campaigns/sale/live/now', headers)).status).toBe(304);
    return asked;
  });
  expect(first.text.startsWith('<')).toBe(true);
  expect(first.text).not.toContain('<html');
});

test('a run that died before its list was in is not told as finished, and goes on', async () => {
  const place = await sendingPlace(2);
  const opened = unwrapped(openLedger(place.ledger, { mode: 'create' }));
  const entry = {
    workspace: workspaceFingerprint(WORKSPACE),
    name: 'sale',
    baseUrl: place.url,
    file: place.path('sale/campaign.yaml'),
    template: 'sale_es',
    type: 'campaign',
    campaignName: 'sale',
    keyColumn: null,
  } as const;
  const { id } = unwrapped(openCampaign(opened, entry, false, Date.now()));
  startRun(opened, id, { pid: 1, host: 'test', at: Date.now(), ratePerSecond: 10 });
  opened.close();
  const page = await servedPage(place);
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('It broke off while the list was being read. Nothing was sent.');
  expect(text).not.toContain('Finished');
  expect((await page.get('/campaigns/sale')).text).toContain('unfinished');
  await pressSend(page, await checkedPage(page));
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(2));
});
