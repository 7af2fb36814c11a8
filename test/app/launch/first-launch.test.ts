import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { countExecutions } from '../../sandbox/read-log.js';
import { unwrapped } from '../../support/results.js';
import { type SendingPlace, sendingPlace } from '../../support/sending-place.js';
import { launchOf, press } from './launching.js';
import { serverAt } from './launching-place.js';

/** A campaign of which nothing was sent is scheduled on the page; its key. */
async function scheduled(place: SendingPlace): Promise<string> {
  const key = randomUUID();
  const startAt = Date.parse('2099-01-15T09:00:00Z');
  unwrapped(await askLaunch({ ...(await press(place)), key, startAt }, serverAt(place)));
  return key;
}

test.each(['sale', 'sale/campaign.yaml'])('cancel %s takes back what was scheduled first', async (named) => {
  const place = await sendingPlace(3);
  const key = await scheduled(place);
  const { code, said } = await place.run(['cancel', named]);
  expect(code).toBe(0);
  expect(said).toContain('What was to be sent of campaign sale is taken back: 3 messages will not be sent.');
  expect(await launchOf(key, serverAt(place))).toMatchObject({ state: 'withdrawn' });
  expect((await place.run(['log', 'export'])).stdout).toContain('send-withdrawn');
  expect(await place.run(['cancel', 'sale'])).toMatchObject({ code: 2 });
  expect(countExecutions(place.logFile)).toBe(0);
});

test.each(['pause', 'resume'])('%s of what was scheduled first says how to take it back', async (word) => {
  const place = await sendingPlace(3);
  const key = await scheduled(place);
  const { code, said } = await place.run([word, 'sale']);
  expect(code).toBe(2);
  expect(said).toMatch(
    /Ana asked on the page that it begins 2099-01-15.*"plazcast cancel sale" takes that back/u,
  );
  expect(await launchOf(key, serverAt(place))).toMatchObject({ state: 'waiting' });
});

test('who rehearsed a campaign and pauses it means what is scheduled of it', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--sandbox', '--yes']);
  const key = await scheduled(place);
  expect(await place.run(['pause', 'sale'])).toMatchObject({ code: 2 });
  expect(await place.run(['pause', 'sale', '--sandbox'])).toMatchObject({ code: 0 });
  expect(await place.run(['cancel', 'sale'])).toMatchObject({ code: 0 });
  expect(await launchOf(key, serverAt(place))).toMatchObject({ state: 'withdrawn' });
});
