import { setTimeout as delay } from 'node:timers/promises';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { type LaunchingPlace, launcherAt, serverAt } from './launching-place.js';

/* A process that starts what is due until it is killed: `starter.ts PLACE`. */

const place = JSON.parse(process.argv[2] ?? '') as LaunchingPlace;
const app = serverAt(place);
process.stdout.write('ready\n');
for (;;) {
  await startDueLaunches(launcherAt(place), app);
  await delay(5);
}
