import { resolve } from 'node:path';
import type { App } from '../../../src/app/app.js';
import type { Launcher } from '../../../src/app/launch/start-launches.js';
import { appAt } from '../../support/app-at-hand.js';
import { MAIN } from '../../support/run-cli.js';
import type { SendingPlace } from '../../support/sending-place.js';

/** What launching needs of a place. */
export type LaunchingPlace = Pick<SendingPlace, 'folder' | 'ledger' | 'stateDir' | 'environment'>;

/** With what a server in this place would start runs. */
export function launcherAt({ stateDir, folder, environment }: LaunchingPlace): Launcher {
  const own = {
    HOME: folder,
    PLAZCAST_STATE_DIR: stateDir,
    PATH: process.env['PATH'],
    LANG: 'C',
    // Compiled code is kept for all tests together, and not in a folder that is removed while a run that has ended writes it.
    XDG_CACHE_HOME: resolve('node_modules/.cache'),
  };
  return { program: [process.execPath, MAIN], env: { ...environment, ...own } };
}

/** A server's app there. */
export function serverAt(place: LaunchingPlace, over: Partial<App> = {}): App {
  return appAt(place, place.environment, over);
}
