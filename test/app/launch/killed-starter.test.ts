import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { START_PATIENCE_MS } from '../../../src/core/launches.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { unwrapped } from '../../support/results.js';
import { campaignYaml, recipientsCsv } from '../../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../../support/sending-place.js';
import { launchOf, press } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

const ROUNDS = 4;
const PEOPLE = 15;

/** A process that starts what is due, killed so long after it began. */
async function killedAfter(ms: number, place: SendingPlace): Promise<void> {
  const { folder, ledger, stateDir, environment } = place;
  const told = JSON.stringify({ folder, ledger, stateDir, environment });
  const program = ['--import', 'tsx', resolve('test/app/launch/starter.ts'), told];
  const starter = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(starter.stdout, 'data');
  await delay(ms);
  starter.kill('SIGKILL');
  await once(starter, 'exit');
}

test('whoever starts runs may be killed at any moment: everybody gets it, once', async () => {
  const place = await sendingPlace(0);
  const server = serverAt(place);
  // What nobody has begun is begun anew only after a while.
  const app = { ...server, clock: { ...server.clock, now: () => Date.now() + START_PATIENCE_MS + 1_000 } };
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = `round-${round}`;
    place.write(`${name}/campaign.yaml`, campaignYaml({ name, rate: '60/s' }));
    place.write(`${name}/recipients.csv`, recipientsCsv(PEOPLE, 100 * round));
    const request = await press(place, { campaign: name });
    unwrapped(await askLaunch(request, server));
    await killedAfter(round * 25, place);
    const state = async () => {
      await startDueLaunches(launcherAt(place), app);
      return (await launchOf(request.key, server))?.state;
    };
    await expect.poll(state, { interval: 50, timeout: 60_000 }).toBe('ended');
  }
  const executed = [...executionsByPhone(place.logFile).values()];
  expect(executed).toEqual(Array.from({ length: ROUNDS * PEOPLE }, () => 1));
});
