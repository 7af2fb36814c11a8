import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { App } from '../../../src/app/app.js';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { LedgerError } from '../../../src/core/ledger/ledger.js';
import { ok } from '../../../src/core/problem.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { unwrapped } from '../../support/results.js';
import { type SendingPlace, sendingPlace } from '../../support/sending-place.js';
import { press, untilState } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

/** Longer than whoever writes waits for a ledger that another program holds, such as an import of a long list. */
const HELD_MS = 7_000;
const HOUR_MS = 3_600_000;

/** A server's app, whose processes begin while another program holds the ledger. */
function serverOfHeldLedger(place: SendingPlace): App {
  const app = serverAt(place);
  const start: App['processes']['start'] = (asked) => {
    const db = new Database(place.ledger);
    onTestFinished(() => void db.close());
    db.exec('BEGIN IMMEDIATE');
    void delay(HELD_MS).then(() => db.close());
    return app.processes.start(asked);
  };
  return { ...app, processes: { ...app.processes, start } };
}

test('the process of a launch waits for a busy ledger, and sends', async () => {
  const place = await sendingPlace(3);
  const request = await press(place);
  const app = serverOfHeldLedger(place);
  unwrapped(await askLaunch(request, app));
  unwrapped(await startDueLaunches(launcherAt(place), app));
  await untilState(request.key, 'ended', app);
  expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1]);
});

test('a process that ended before it began is told also where the ledger is busy then', async () => {
  const place = await sendingPlace(3);
  const request = await press(place);
  const app = serverOfHeldLedger(place);
  unwrapped(await askLaunch(request, app));
  const launcher = { ...launcherAt(place), program: [process.execPath, '-e', '0', '--'] as const };
  unwrapped(await startDueLaunches({ ...launcher, program: [...launcher.program] }, app));
  const { problems } = await untilState(request.key, 'refused', app);
  expect(problems.map(({ code }) => code)).toEqual(['launch.ended-early']);
});

test('where nothing is to be written nobody who asks for a page waits for who writes', async () => {
  const place = await sendingPlace(1);
  const server = serverAt(place);
  unwrapped(await askLaunch(await press(place, { startAt: Date.now() + HOUR_MS }), server));
  const waits: number[] = [];
  const open: App['ledgers']['open'] = async (file, mode) => {
    const opened = await server.ledgers.open(file, mode);
    if (opened.ok) opened.value.isHeld = (waitMs) => Promise.resolve(waits.push(waitMs) > 0);
    return opened;
  };
  const app = { ...server, ledgers: { ...server.ledgers, open } };
  const { scheduled } = unwrapped(await startDueLaunches(launcherAt(place), app));
  expect([scheduled.length, waits]).toEqual([1, []]);
});

test('what became of a launch is written also where somebody began to write right before', async () => {
  const place = await sendingPlace(1);
  const request = await press(place);
  const server = serverAt(place);
  unwrapped(await askLaunch(request, server));
  let busy = 2;
  const open: App['ledgers']['open'] = async (file, mode) => {
    const opened = await server.ledgers.open(file, mode);
    if (!opened.ok) return opened;
    const { launches } = opened.value;
    const end: typeof launches.end = (...how) => {
      if (busy-- > 0) throw new LedgerError({ code: 'ledger.busy', params: { file } }, null);
      return launches.end(...how);
    };
    return ok(Object.assign(opened.value, { launches: { ...launches, end } }));
  };
  const app = { ...server, ledgers: { ...server.ledgers, open } };
  const launcher = { ...launcherAt(place), program: [process.execPath, '-e', '0', '--'] as const };
  unwrapped(await startDueLaunches({ ...launcher, program: [...launcher.program] }, app));
  const { problems } = await untilState(request.key, 'refused', server);
  expect([busy, problems.map(({ code }) => code)]).toEqual([-1, ['launch.ended-early']]);
});
