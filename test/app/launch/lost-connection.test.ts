import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { START_PATIENCE_MS } from '../../../src/core/launches.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { losingProxy } from '../../support/postgres/losing-proxy.js';
import { unwrapped } from '../../support/results.js';
import { sharedPlace } from '../../support/shared-place.js';
import { launchOf, press, untilState } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

const PEOPLE = 3;
const ONCE_EACH = Array.from({ length: PEOPLE }, () => 1);
const GONE = { timeout: 60_000, interval: 100 };
const LIMITED = { limit: PEOPLE, acceptChanges: false, acceptLedger: false };

/** A server whose line to the database can be lost, and a launch that is due. */
async function dueOnLine() {
  const { office, address } = await sharedPlace(PEOPLE + 1);
  const proxy = await losingProxy(address);
  const place = { ...office, ledger: proxy.address };
  const request = await press(place, { options: LIMITED });
  const app = serverAt(place);
  unwrapped(await askLaunch(request, app));
  const start = (at = app) => startDueLaunches(launcherAt(place), at);
  const sent = () => [...executionsByPhone(office.logFile).values()];
  return { proxy, app, key: request.key, start, sent };
}

test('a start that was written, and whose answer was lost, is begun by the same server after a while', async () => {
  const { proxy, app, key, start, sent } = await dueOnLine();
  proxy.lose('answer', "SET state = 'starting'");
  await expect(start()).rejects.toMatchObject({ problem: { code: 'ledger.db-away' } });
  expect(await launchOf(key, app)).toMatchObject({ state: 'starting' });
  expect(unwrapped(await start()).start).toEqual([]);

  const later = { ...app.clock, now: () => app.clock.now() + START_PATIENCE_MS + 1_000 };
  expect(unwrapped(await start({ ...app, clock: later })).start).toHaveLength(1);
  await untilState(key, 'ended', app);
  expect(sent()).toEqual(ONCE_EACH);
});

test.each([
  ['it says that it is there', "SET state = 'running'", ['before', 'answer']],
  ['its list is taken in', 'INSERT INTO imports', ['before', 'answer']],
  ['it enters what is confirmed', 'INSERT INTO entered_runs', ['before', 'answer']],
  // Whoever left a run behind is waited for, and each of these takes longer for it.
  ['its run begins', 'INSERT INTO runs', ['answer']],
  ['its run is named', 'UPDATE entered_runs SET run_id', ['answer']],
  ['it says what became of it', 'SET state = $', ['before', 'answer']],
] as const)(
  'the process of a launch whose line is lost as %s tries again, and sends to no more than were confirmed',
  async (_when, statement, losses) => {
    for (const loss of losses) {
      const { proxy, app, key, start, sent } = await dueOnLine();
      proxy.lose(loss, statement);
      unwrapped(await start());
      const { exitCode, runner } = await untilState(key, 'ended', app);
      expect(exitCode).toBe(0);
      // It may not have heard that this was written.
      await expect.poll(() => runner && app.processes.standing(runner), GONE).toBe('gone');
      expect(sent()).toEqual(ONCE_EACH);
    }
  },
);
