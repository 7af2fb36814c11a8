import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { countExecutions } from '../../sandbox/read-log.js';
import { unwrapped } from '../../support/results.js';
import { sendingPlace } from '../../support/sending-place.js';
import { sharedPlace } from '../../support/shared-place.js';
import { launchOf, press, untilState } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

const PEOPLE = 3;

test('on one SQLite ledger, too, a server of another workspace leaves a launch to its own', async () => {
  const place = await sendingPlace(PEOPLE);
  const request = await press(place);
  const asked = serverAt(place);
  unwrapped(await askLaunch(request, asked));
  const environment = { ...place.environment, PLAZBOT_WORKSPACE_ID: 'workspace-of-somebody-else' };
  const elsewhere = { ...place, environment };
  expect(unwrapped(await startDueLaunches(launcherAt(elsewhere), serverAt(elsewhere))).start).toEqual([]);
  expect(await launchOf(request.key, asked)).toMatchObject({ state: 'waiting' });
  expect(unwrapped(await startDueLaunches(launcherAt(place), asked)).start).toHaveLength(1);
  await untilState(request.key, 'ended', asked);
  expect(countExecutions(place.logFile)).toBe(PEOPLE);
});

test.each([
  ['has not its file', {}],
  ['sends for another workspace', { PLAZBOT_WORKSPACE_ID: 'workspace-of-somebody-else' }],
])('a server that %s leaves a launch to the one that was asked', async (_name, environment) => {
  const { office, machine, address } = await sharedPlace(PEOPLE);
  const at = { ...office, ledger: address };
  const request = await press(at);
  const asked = serverAt(at);
  unwrapped(await askLaunch(request, asked));
  const elsewhere = { ...machine(), ledger: address, environment: { ...office.environment, ...environment } };
  const other = serverAt(elsewhere);
  const has = { ...other.campaignFiles, isThere: () => Object.keys(environment).length > 0 };
  const due = await startDueLaunches(launcherAt(elsewhere), { ...other, campaignFiles: has });
  expect(unwrapped(due).start).toEqual([]);
  expect(await launchOf(request.key, asked)).toMatchObject({ state: 'waiting' });
  expect(unwrapped(await startDueLaunches(launcherAt(at), asked)).start).toHaveLength(1);
  await untilState(request.key, 'ended', asked);
  expect(countExecutions(office.logFile)).toBe(PEOPLE);
});
