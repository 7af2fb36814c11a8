import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { App } from '../../../src/app/app.js';
import { askLaunch, type LaunchRequest } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { withLedger } from '../../../src/app/open-ledger.js';
import type { LaunchRecord } from '../../../src/core/ledger/launches.js';
import { ok } from '../../../src/core/problem.js';
import { unwrapped } from '../../support/results.js';
import type { SendingPlace } from '../../support/sending-place.js';
import { launcherAt, serverAt } from './launching-place.js';

/** A press of Send, with the plan as it is now. */
export async function press(place: SendingPlace, over: Partial<LaunchRequest> = {}): Promise<LaunchRequest> {
  const campaign = over.campaign ?? 'sale';
  const { json } = await place.json(['check', campaign]);
  const { pending } = json['counts'] as { pending: number };
  return {
    key: randomUUID(),
    campaign,
    sandbox: false,
    planDigest: String(json['planDigest']),
    confirmed: pending,
    options: { limit: null, acceptChanges: false, acceptLedger: false },
    by: 'Ana',
    startAt: null,
    ...over,
  };
}

/** Presses and starts what is due. */
export async function launched(request: LaunchRequest, place: SendingPlace, app = serverAt(place)) {
  const asked = unwrapped(await askLaunch(request, app));
  const due = unwrapped(await startDueLaunches(launcherAt(place), app));
  return { asked, due };
}

/** The launch as it stands. */
export async function launchOf(key: string, app: App): Promise<LaunchRecord | null> {
  return unwrapped(await withLedger(app, 'read', async ({ launches }) => ok(await launches.find(key))));
}

/** Waits until a launch stands so; one that ends otherwise is told at once, with why. */
export async function untilState(key: string, state: LaunchRecord['state'], app: App): Promise<LaunchRecord> {
  const stands = async (): Promise<LaunchRecord['state']> => {
    const launch = await launchOf(key, app);
    if (launch === null || (launch.endedAt !== null && launch.state !== state))
      throw new Error(`it is not to be ${state} any more: ${JSON.stringify(launch)}`);
    return launch.state;
  };
  await expect.poll(stands, { interval: 50, timeout: 60_000 }).toBe(state);
  const launch = await launchOf(key, app);
  if (launch === null) throw new Error('the launch is gone');
  return launch;
}
