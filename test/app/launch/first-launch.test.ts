import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { countExecutions } from '../../sandbox/read-log.js';
import { unwrapped } from '../../support/results.js';
import { type SendingPlace, sendingPlace, WORKSPACE } from '../../support/sending-place.js';
import { launchOf, press } from './launching.js';
import { serverAt } from './launching-place.js';

/** A campaign of which nothing was sent is scheduled on the page, of this workspace; its key. */
async function scheduled(place: SendingPlace, workspace = WORKSPACE): Promise<string> {
  const key = randomUUID();
  const startAt = Date.parse('2099-01-15T09:00:00Z');
  const environment = { ...place.environment, PLAZBOT_WORKSPACE_ID: workspace };
  unwrapped(await askLaunch({ ...(await press(place)), key, startAt }, serverAt({ ...place, environment })));
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
    /Ana asked on the page that it begins 2099-01-15.*To take that back: plazcast cancel sale$/mu,
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

test('of two workspaces in which it is scheduled first, cancel takes back that of its own, and none where both are others', async () => {
  const place = await sendingPlace(3);
  const other = await scheduled(place, 'workspace-of-others');
  const own = await scheduled(place);
  const stateOf = async (key: string) => (await launchOf(key, serverAt(place)))?.state;
  const strange = await place.run(['cancel', 'sale'], { PLAZBOT_WORKSPACE_ID: 'workspace-of-nobody' });
  expect(strange).toMatchObject({ code: 2, said: expect.stringContaining('from several workspaces') });
  expect([await stateOf(other), await stateOf(own)]).toEqual(['waiting', 'waiting']);
  expect(await place.run(['cancel', 'sale'])).toMatchObject({ code: 0 });
  expect([await stateOf(other), await stateOf(own)]).toEqual(['waiting', 'withdrawn']);
});

test('what is scheduled first in the own workspace is meant before what another one has sent', async () => {
  const place = await sendingPlace(3);
  const elsewhere = { PLAZBOT_WORKSPACE_ID: 'workspace-of-others' };
  await place.run(['send', 'sale', '--yes', '--limit', '1'], elsewhere);
  const key = await scheduled(place);
  const { code, said } = await place.run(['cancel', 'sale']);
  expect([code, said]).toEqual([0, expect.stringContaining('is taken back')]);
  expect(await launchOf(key, serverAt(place))).toMatchObject({ state: 'withdrawn' });
  expect((await place.json(['status', 'sale'], elsewhere)).json['counts']).toMatchObject({ pending: 2 });
});

test('a name that several other workspaces have sent means none of what they go on with', async () => {
  const place = await sendingPlace(3);
  for (const id of ['workspace-of-one', 'workspace-of-two'])
    await place.run(['send', 'sale', '--yes', '--limit', '1'], { PLAZBOT_WORKSPACE_ID: id });
  const key = await scheduled(place, 'workspace-of-one');
  const { code, said } = await place.run(['cancel', 'sale']);
  expect([code, said]).toEqual([2, expect.stringContaining('from several workspaces')]);
  expect(await launchOf(key, serverAt(place))).toMatchObject({ state: 'waiting' });
});
