import { expect, test } from 'vitest';
import { askLaunch } from '../../src/app/launch/ask-launch.js';
import { withLedger } from '../../src/app/open-ledger.js';
import { ok } from '../../src/core/problem.js';
import { press } from '../app/launch/launching.js';
import { serverAt } from '../app/launch/launching-place.js';
import { unwrapped } from '../support/results.js';
import { sendingPlace } from '../support/sending-place.js';
import { hiddenFields } from './support/sending-page.js';
import { servedPage } from './support/served.js';

const LIVE = '/campaigns/sale/live';

/** One of three was sent to, and a process was asked for that sends to the others and has not said a word. */
async function starting(sinceMs = 0) {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  const app = serverAt(place);
  const request = await press(place);
  unwrapped(await askLaunch(request, app));
  const starter = app.processes.mark(process.pid);
  if (starter === null) throw new Error('this process has no mark');
  const started = await withLedger(app, 'existing', async ({ launches }) =>
    ok(await launches.start(request.key, { starter, log: 'none' }, null, Date.now() - sinceMs)),
  );
  expect(unwrapped(started)).toBe(true);
  return { place, page: await servedPage(place) };
}

test('whoever looks at what begins in a moment is not led to send it', async () => {
  const { page } = await starting();
  const { text } = await page.get(LIVE);
  expect(text).toContain('It begins in a moment.');
  expect(text).toContain('2 people still wait for it.');
  expect(text).not.toMatch(/Not running|send to the rest/u);
  for (const path of ['/campaigns/sale', '/'])
    expect((await page.get(path)).text).not.toContain('unfinished');
});

test.each(['pause', 'cancel'])(
  'what would begin in a moment is not told to after a %s, and whoever resumes it is told that it does',
  async (word) => {
    const { page } = await starting();
    await page.post(`${LIVE}/${word}`, {});
    const held = (await page.get(LIVE)).text;
    expect(held).toMatch(/Paused, and not running|Canceled\. Nothing more goes out/u);
    expect(held).not.toContain('It begins in a moment.');
    await page.post(`${LIVE}/resume`, word === 'cancel' ? { canceled: 'yes' } : {});
    const { text } = await page.get(LIVE);
    expect(text).toContain('It may go on, and begins by itself as it was confirmed.');
    expect(text).toContain('It begins in a moment.');
    expect(text).not.toContain('Nothing goes out until somebody sends it');
  },
);

test('what has not begun for a while, such as where its process stands still, can be taken back', async () => {
  expect((await (await starting()).page.get(LIVE)).text).not.toContain('Do not send it');
  const { page } = await starting(20_000);
  const { text } = await page.get(LIVE);
  expect(text).toContain('Do not send it');
  const { launch_key = '' } = hiddenFields(text);
  expect((await page.post(`${LIVE}/withdraw`, { launch_key })).status).toBe(303);
  expect((await page.get(LIVE)).text).not.toMatch(/begins in a moment|Do not send it/u);
});
