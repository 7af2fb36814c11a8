import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readLog } from '../../../src/app/actions/read-log.js';
import {
  allowLateLaunch,
  askLaunch,
  type LaunchRequest,
  withdrawLaunch,
} from '../../../src/app/launch/ask-launch.js';
import { lookAtLaunch } from '../../../src/app/launch/launch-look.js';
import { endLaunched } from '../../../src/app/launch/launched-run.js';
import { startDueLaunches } from '../../../src/app/launch/start-launches.js';
import { withLedger } from '../../../src/app/open-ledger.js';
import { START_PATIENCE_MS } from '../../../src/core/launches.js';
import { ok } from '../../../src/core/problem.js';
import { faultRule } from '../../../src/sandbox/faults/rules.js';
import { countExecutions, executionsByPhone } from '../../sandbox/read-log.js';
import { expectMode } from '../../support/on-windows.js';
import { problemsOf, unwrapped } from '../../support/results.js';
import { campaignYaml, type RunningCli, recipientsCsv } from '../../support/run-cli.js';
import { API_KEY, type SendingPlace, sendingPlace, WORKSPACE } from '../../support/sending-place.js';
import { launched, launchOf, press, untilState } from './launching.js';
import { launcherAt, serverAt } from './launching-place.js';

const PEOPLE = 12;
const SLOW = { rate: '4/s' };
const SOON = { interval: 50, timeout: 60_000 };

function oncePerPerson({ logFile }: SendingPlace): readonly number[] {
  return [...executionsByPhone(logFile).values()];
}

test('a launch becomes a run of its own, which says how it ended; its log is its owner’s and holds no secret', async () => {
  const place = await sendingPlace(PEOPLE);
  const app = serverAt(place);
  const request = await press(place);
  const { asked, due } = await launched(request, place);
  expect([asked.kind, due.start.length]).toEqual(['entered', 1]);
  const ended = await untilState(request.key, 'ended', app);
  expect(ended).toMatchObject({ exitCode: 0, by: 'Ana', problems: [] });
  expect(ended.runner?.pid).not.toBe(process.pid);
  expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
  const log = ended.log ?? '';
  expectMode(log, 0o600);
  for (const secret of [WORKSPACE, API_KEY]) expect(readFileSync(log, 'utf8')).not.toContain(secret);
});

test('the second press, tab or person gets the launch that is open, and whose it is', async () => {
  const place = await sendingPlace(PEOPLE, SLOW);
  const app = serverAt(place);
  const request = await press(place);
  await launched(request, place);
  const luis = { ...(await press(place)), by: 'Luis' };
  expect((await launched(luis, place)).asked).toMatchObject({
    kind: 'open',
    launch: { by: 'Ana', key: request.key },
  });
  expect((await launched(request, place)).asked).toMatchObject({ kind: 'known', launch: { by: 'Ana' } });
  await untilState(request.key, 'ended', app);
  expect((await launched(request, place)).asked).toMatchObject({ kind: 'known', launch: { state: 'ended' } });
  expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
});

test('twenty presses at once, by two servers, make one run', async () => {
  const place = await sendingPlace(PEOPLE, SLOW);
  const requests = await Promise.all([press(place), press(place, { by: 'Luis' })]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const request = requests[index % 2];
      if (request === undefined) throw new Error('there are two');
      return launched(request, place, serverAt(place));
    }),
  );
  expect(answers.filter(({ asked }) => asked.kind === 'entered')).toHaveLength(1);
  expect(answers.flatMap(({ due }) => due.start)).toHaveLength(1);
  const key = answers.flatMap(({ due }) => due.start)[0]?.key ?? '';
  await untilState(key, 'ended', serverAt(place));
  expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
});

test('what changed since the plan was shown is refused by the run itself, with the reason', async () => {
  const place = await sendingPlace(PEOPLE);
  const request = await press(place);
  place.write('sale/recipients.csv', recipientsCsv(PEOPLE + 1));
  await launched(request, place);
  const refused = await untilState(request.key, 'refused', serverAt(place));
  expect(refused).toMatchObject({ exitCode: 2, problems: [{ code: 'plan.changed-recipients' }] });
  expect(countExecutions(place.logFile)).toBe(0);
});

test('more people than were confirmed get nothing', async () => {
  const place = await sendingPlace(PEOPLE);
  const request = { ...(await press(place)), confirmed: PEOPLE - 1 };
  await launched(request, place);
  const refused = await untilState(request.key, 'refused', serverAt(place));
  expect(refused.problems).toMatchObject([{ code: 'send.detached-changed' }]);
  expect(countExecutions(place.logFile)).toBe(0);
});

test('a limit goes with it, and the rest is another launch', async () => {
  const place = await sendingPlace(PEOPLE);
  const app = serverAt(place);
  const options = { limit: 5, acceptChanges: false, acceptLedger: false };
  const first = { ...(await press(place)), options };
  await launched(first, place);
  expect(await untilState(first.key, 'ended', app)).toMatchObject({ exitCode: 0 });
  expect(countExecutions(place.logFile)).toBe(5);
  const rest = await press(place);
  expect(rest.confirmed).toBe(PEOPLE - 5);
  await launched(rest, place);
  await untilState(rest.key, 'ended', app);
  expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
});

test('a rehearsal goes to the sandbox alone', async () => {
  const place = await sendingPlace(PEOPLE);
  const { json } = await place.json(['check', 'sale', '--sandbox']);
  const request = { ...(await press(place)), sandbox: true, planDigest: String(json['planDigest']) };
  await launched(request, place);
  expect(await untilState(request.key, 'ended', serverAt(place))).toMatchObject({
    workspace: 'sandbox',
    exitCode: 0,
  });
  expect(countExecutions(place.logFile)).toBe(0);
});

test('a process that dies without a word is told as lost, and the next launch does the rest', async () => {
  const place = await sendingPlace(PEOPLE, SLOW);
  const app = serverAt(place);
  const request = await press(place);
  await launched(request, place);
  const running = await untilState(request.key, 'running', app);
  await expect
    .poll(() => countExecutions(place.logFile), { interval: 20, timeout: 60_000 })
    .toBeGreaterThan(1);
  process.kill(running.runner?.pid ?? 0, 'SIGKILL');
  const lost = async () => unwrapped(await startDueLaunches(launcherAt(place), app)).lost;
  await expect.poll(lost, { interval: 20 }).toMatchObject([{ by: 'Ana' }]);
  expect(await launchOf(request.key, app)).toMatchObject({ state: 'lost' });
  const rest = await press(place);
  await launched(rest, place);
  await untilState(rest.key, 'ended', app);
  expect(Math.max(...oncePerPerson(place))).toBe(1);
});

test('a process that died on another machine, or under another name of this one, keeps nobody waiting', async () => {
  const place = await sendingPlace(PEOPLE);
  const app = serverAt(place);
  const request = await press(place);
  unwrapped(await askLaunch(request, app));
  const elsewhere = { host: 'elsewhere', pid: 1, startedAs: 'long ago' };
  const begun = withLedger(app, 'existing', async ({ launches }) => {
    await launches.start(request.key, { starter: elsewhere, log: 'none' }, null, Date.now());
    return ok(await launches.begin(request.key, elsewhere));
  });
  expect(unwrapped(await begun)).toMatchObject({ state: 'running' });
  expect(unwrapped(await startDueLaunches(launcherAt(place), app)).lost).toEqual([]);
  const later = { ...app, clock: { ...app.clock, now: () => Date.now() + START_PATIENCE_MS + 1_000 } };
  expect(unwrapped(await startDueLaunches(launcherAt(place), later)).lost).toHaveLength(1);
  const next = await press(place);
  await launched(next, place);
  await untilState(next.key, 'ended', app);
  expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
});

test('a process that was called lost and says how it ended is believed', async () => {
  const place = await sendingPlace(PEOPLE);
  const app = serverAt(place);
  const request = await press(place);
  unwrapped(await askLaunch(request, app));
  const mark = { host: 'elsewhere', pid: 1, startedAs: 'a while ago' };
  const lost = withLedger(app, 'existing', async ({ launches }) => {
    await launches.start(request.key, { starter: mark, log: 'none' }, null, Date.now());
    const launch = await launches.begin(request.key, mark);
    await launches.end(request.key, 'running', { state: 'lost', exitCode: null, problems: [] }, Date.now());
    return ok(launch);
  });
  const launch = unwrapped(await lost);
  if (launch === null) throw new Error('it was to begin');
  unwrapped(await endLaunched(launch, { kind: 'ended', exitCode: 0 }, app));
  expect(await launchOf(request.key, app)).toMatchObject({ state: 'ended', exitCode: 0 });
});

test('a run in a terminal is not met by a launch: who asks is told of it', async () => {
  const place = await sendingPlace(PEOPLE, SLOW);
  const request = await press(place);
  const terminal = place.start(['send', 'sale']);
  await expect
    .poll(() => countExecutions(place.logFile), { interval: 20, timeout: 60_000 })
    .toBeGreaterThan(0);
  const asked = unwrapped(await askLaunch(request, serverAt(place)));
  expect(asked).toMatchObject({ kind: 'running', holder: { campaign: 'sale', pid: terminal.process.pid } });
  await terminal.ended;
});

test('a launch that meets somebody who looks in the list while it begins is put back, and begins after that', async () => {
  const place = await sendingPlace(3, {}, { faults: [faultRule('silent-before', { phase: 'list' })] });
  await place.run(['send', 'sale', '--limit', '1']);
  const app = serverAt(place);
  const looking: RunningCli[] = [];
  const start: typeof app.processes.start = async (asked) => {
    looking.push(await lookingInTheList(place));
    return app.processes.start(asked);
  };
  const request = await press(place);
  await launched(request, place, { ...app, processes: { ...app.processes, start } });
  await expect.poll(async () => (await launchOf(request.key, app))?.starter ?? null, SOON).toBeNull();
  expect(await launchOf(request.key, app)).toMatchObject({ state: 'waiting', problems: [] });
  const met = unwrapped(await startDueLaunches(launcherAt(place), app));
  expect([met.start, met.inLine].map(({ length }) => length)).toEqual([0, 1]);
  looking[0]?.process.kill('SIGKILL');
  await looking[0]?.ended;
  unwrapped(await startDueLaunches(launcherAt(place), app));
  await untilState(request.key, 'ended', app);
  expect(oncePerPerson(place)).toEqual([1, 1, 1]);
});

/** Somebody reads the provider's list, which never comes. */
async function lookingInTheList(place: SendingPlace): Promise<RunningCli> {
  const looking = place.start(['reconcile', 'sale', '--audit']);
  const running = async () => (await place.json(['status', 'sale'])).json['running'];
  await expect.poll(running, SOON).not.toBeNull();
  return looking;
}

test('campaigns of one sender stand in line, and each is sent in its turn', async () => {
  const place = await sendingPlace(4, { rate: '8/s' });
  for (const [index, name] of ['news', 'late'].entries()) {
    place.write(`${name}/campaign.yaml`, campaignYaml({ name }));
    place.write(`${name}/recipients.csv`, recipientsCsv(3, 100 * (index + 1)));
  }
  const app = serverAt(place);
  const requests = [];
  for (const campaign of ['sale', 'news', 'late']) requests.push(await press(place, { campaign }));
  for (const request of requests) unwrapped(await askLaunch(request, app));
  const first = unwrapped(await startDueLaunches(launcherAt(place), app));
  expect([first.start, first.inLine].map((some) => some.map(({ name }) => name))).toEqual([
    ['sale'],
    ['news', 'late'],
  ]);
  for (const { key } of requests) {
    await expect
      .poll(
        async () => {
          await startDueLaunches(launcherAt(place), app);
          return (await launchOf(key, app))?.state;
        },
        { interval: 100, timeout: 60_000 },
      )
      .toBe('ended');
  }
  expect(oncePerPerson(place)).toEqual(Array.from({ length: 10 }, () => 1));
});

describe('a scheduled launch', () => {
  /** An app whose clock is so far ahead. */
  function later(place: SendingPlace, ms: number) {
    const app = serverAt(place);
    return { ...app, clock: { ...app.clock, now: () => Date.now() + ms } };
  }
  const HOUR = 3_600_000;

  async function scheduled(place: SendingPlace) {
    const request = { ...(await press(place)), startAt: Date.now() + HOUR };
    unwrapped(await askLaunch(request, serverAt(place)));
    return request;
  }

  test('waits for its time, and begins then', async () => {
    const place = await sendingPlace(PEOPLE);
    const request = await scheduled(place);
    const early = unwrapped(await startDueLaunches(launcherAt(place), serverAt(place)));
    expect([early.start.length, early.scheduled.length]).toEqual([0, 1]);
    unwrapped(await startDueLaunches(launcherAt(place), later(place, HOUR + 1_000)));
    await untilState(request.key, 'ended', serverAt(place));
    expect(countExecutions(place.logFile)).toBe(PEOPLE);
  });

  test('that is more than half an hour late asks first', async () => {
    const place = await sendingPlace(PEOPLE);
    const request = await scheduled(place);
    const app = later(place, HOUR + 31 * 60_000);
    const asks = unwrapped(await startDueLaunches(launcherAt(place), app));
    expect([asks.start.length, asks.late.length]).toEqual([0, 1]);
    unwrapped(await allowLateLaunch(request.key, app));
    const all = { by: null, campaign: 'sale', since: null, until: null };
    const [last] = unwrapped(await readLog(all, null, app)).actions;
    expect(last).toMatchObject({ kind: 'send-allowed', by: app.operator });
    expect(unwrapped(await startDueLaunches(launcherAt(place), app)).start).toHaveLength(1);
    await untilState(request.key, 'ended', serverAt(place));
  });

  test('asks first, too, where the machine went off while it was started, and goes on or is taken back', async () => {
    const place = await sendingPlace(PEOPLE);
    const server = serverAt(place);
    const left = async (request: LaunchRequest) => {
      unwrapped(await askLaunch(request, server));
      const start = { starter: { host: hostname(), pid: 1, startedAs: 'before the power cut' }, log: 'none' };
      const begun = withLedger(server, 'existing', async ({ launches }) =>
        ok(await launches.start(request.key, start, null, Date.now())),
      );
      expect(unwrapped(await begun)).toBe(true);
      return request.key;
    };
    const app = later(place, 31 * 60_000);
    const looked = async () => unwrapped(await lookAtLaunch('sale', false, app))?.stand;
    const first = await left(await press(place));
    expect(unwrapped(await startDueLaunches(launcherAt(place), app))).toMatchObject({
      start: [],
      late: [{ key: first }],
    });
    expect(await looked()).toBe('late');
    expect(unwrapped(await withdrawLaunch(first, app))).toMatchObject({ state: 'withdrawn' });
    const second = await left(await press(place));
    unwrapped(await allowLateLaunch(second, app));
    expect(unwrapped(await startDueLaunches(launcherAt(place), app)).start).toHaveLength(1);
    await untilState(second, 'ended', server);
    expect(oncePerPerson(place)).toEqual(Array.from({ length: PEOPLE }, () => 1));
  });

  test('can be taken back as long as it waits', async () => {
    const place = await sendingPlace(PEOPLE);
    const request = await scheduled(place);
    const app = serverAt(place);
    expect(unwrapped(await withdrawLaunch(request.key, app))).toMatchObject({ state: 'withdrawn' });
    expect(problemsOf(await withdrawLaunch(request.key, app))).toMatchObject([
      { code: 'launch.not-waiting' },
    ]);
    unwrapped(await startDueLaunches(launcherAt(place), later(place, HOUR + 1_000)));
    expect(countExecutions(place.logFile)).toBe(0);
  });
});
