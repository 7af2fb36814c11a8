import { expect, test } from 'vitest';
import { askLaunch } from '../../../src/app/launch/ask-launch.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { withLedger } from '../../../src/app/open-ledger.js';
import { START_PATIENCE_MS } from '../../../src/core/launches.js';
import { ok } from '../../../src/core/problem.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { losingProxy } from '../../support/postgres/losing-proxy.js';
import { unwrapped } from '../../support/results.js';
import { MAIN } from '../../support/run-cli.js';
import { runInProcess } from '../../support/run-in-process.js';
import { sharedPlace } from '../../support/shared-place.js';
import { launchOf, press, untilState } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

const PEOPLE = 3;
const ONCE_EACH = Array.from({ length: PEOPLE }, () => 1);
const GONE = { timeout: 60_000, interval: 100 };
/** More connections than it takes to find that what was entered cannot be taken back. */
const AWAY = 8;

/** A server whose line to the database can be lost, and a launch that is due. */
async function dueOnLine(limit: number | null = PEOPLE) {
  const { office, address } = await sharedPlace(PEOPLE + 1);
  const proxy = await losingProxy(address);
  const place = { ...office, ledger: proxy.address };
  const request = await press(place, {
    options: { limit, acceptChanges: false, acceptLedger: false },
  });
  const app = serverAt(place);
  unwrapped(await askLaunch(request, app));
  const start = (at = app) => startDueLaunches(launcherAt(place), at);
  const sent = () => [...executionsByPhone(office.logFile).values()];
  const beside = serverAt({ ...office, ledger: address });
  return { place, proxy, app, beside, request, key: request.key, start, sent };
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

test('the process of a launch whose database is away for a while as it enters what is confirmed tries again', async () => {
  const { proxy, beside, key, start, sent } = await dueOnLine(null);
  proxy.lose('before', 'INSERT INTO entered_runs', () => proxy.goAway(AWAY));
  unwrapped(await start());
  expect(await untilState(key, 'ended', beside)).toMatchObject({ exitCode: 0 });
  expect(sent()).toEqual([...ONCE_EACH, 1]);
});

test('one with a limit does not, because a machine may send as many beside it', async () => {
  const { proxy, beside, key, start, sent } = await dueOnLine();
  proxy.lose('answer', 'INSERT INTO entered_runs', () => proxy.goAway(AWAY));
  unwrapped(await start());
  const { problems } = await untilState(key, 'refused', beside);
  expect(problems.map(({ code }) => code)).toEqual(['ledger.db-away', 'send.stays-entered']);
  expect(sent()).toEqual([]);
});

test('the process of a launch that was asked to end as its line is lost ends, and sends nothing', async () => {
  const { place, proxy, app, request, key, sent } = await dueOnLine();
  const { pid } = app.process;
  const starter = app.processes.mark(pid);
  if (starter === null) throw new Error('this process is not to be marked');
  unwrapped(
    await withLedger(app, 'existing', async ({ launches }) =>
      ok(await launches.start(key, { starter, log: 'log' }, null, app.clock.now())),
    ),
  );
  const env = {
    ...place.environment,
    HOME: place.folder,
    PLAZCAST_STATE_DIR: place.stateDir,
    PLAZCAST_LEDGER: place.ledger,
    PLAZCAST_LAUNCH: key,
  };
  const words = ['send', 'sale', '--yes', `--expect-plan=${request.planDigest}`, `--limit=${PEOPLE}`];
  const run = runInProcess(words, { main: MAIN, env, cwd: place.folder });
  proxy.lose('before', 'INSERT INTO imports', run.stop);
  expect(await run.ended).toMatchObject({ code: 130 });
  expect(await launchOf(key, app)).toMatchObject({ state: 'refused', exitCode: 130 });
  expect(sent()).toEqual([]);
});
