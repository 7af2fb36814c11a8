import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { programNamed } from '../report/programs.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { expectMode, ON_WINDOWS, onlyKilledOnWindows } from '../support/on-windows.js';
import { campaignYaml, IN_SHELL, MAIN, recipientsCsv } from '../support/run-cli.js';
import { API_KEY, type SendingPlace, sendingPlace, WORKSPACE } from '../support/sending-place.js';

const script = programNamed('script');
const PEOPLE = 60;
/** A run at this rate is still there when another command has started. */
const LASTING = '1/s';
const LATENCY = { latencyMs: { min: 50, max: 150 } };
const PATIENCE = { interval: 400 };

/** What `--json` tells of a run that goes on by itself. */
interface GoesOn {
  readonly campaign: string;
  readonly pid: number;
  readonly log: string;
  readonly exitCode: number;
}

function detachedPlace(rate = '15/s'): Promise<SendingPlace> {
  return sendingPlace(PEOPLE, { rate, concurrency: '8' }, LATENCY);
}

/** Leaves a run to itself; it ends with the test. */
async function leave(place: SendingPlace, ...options: readonly string[]): Promise<GoesOn> {
  const end = await place.runProcess(['send', 'sale', '--detach', '--yes', '--json', ...options]);
  expect([end.code, end.stderr]).toEqual([0, expect.stringContaining('goes on by itself')]);
  const goesOn = end.json as unknown as GoesOn;
  onTestFinished(() => killed(goesOn.pid));
  return goesOn;
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The process that leads the session of another one: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function sessionOf(pid: number): number {
  const [, , , session] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /u, '')
    .split(' ');
  return Number(session);
}

async function untilNotRunning(place: SendingPlace): Promise<unknown> {
  const status = async (): Promise<unknown> => (await place.json(['status', 'sale'])).json['running'];
  await expect.poll(status, PATIENCE).toBeNull();
  return (await place.json(['status', 'sale'])).json['counts'];
}

test('a detached run goes on by itself, in a session of its own, and says what it does in a log of its owner', async () => {
  const place = await detachedPlace();
  const { campaign, pid, log, exitCode } = await leave(place);
  expect([campaign, exitCode]).toEqual(['sale', 0]);
  if (existsSync('/proc/self/stat')) expect(sessionOf(pid)).toBe(pid);
  expectMode(log, 0o600);
  expect(await untilNotRunning(place)).toMatchObject({ accepted: PEOPLE, uncertain: 0 });
  expect([...executionsByPhone(place.logFile).values()]).toEqual(new Array(PEOPLE).fill(1));
  await expect.poll(() => readFileSync(log, 'utf8'), PATIENCE).toContain(`${PEOPLE} accepted`);
  for (const secret of [WORKSPACE, API_KEY]) expect(readFileSync(log, 'utf8')).not.toContain(secret);
});

test('says how to look at it and how to stop it, and a second send is told who holds the campaign', async () => {
  const place = await detachedPlace(LASTING);
  const end = await place.runProcess(['send', 'sale', '--detach', '--yes']);
  const pid = /process (\d+)/u.exec(end.stdout)?.[1] ?? '';
  onTestFinished(() => killed(Number(pid)));
  expect(end.code).toBe(0);
  expect(end.stdout).toContain('To stop it: plazcast pause sale\n');
  expect(end.stdout).toContain('plazcast status sale --watch');
  expect(end.stdout).not.toContain('Nothing was sent');
  const second = await place.run(['send', 'sale', '--detach', '--yes']);
  expect([second.code, second.stderr]).toEqual([4, expect.stringContaining(pid)]);
});

test.skipIf(ON_WINDOWS)('a signal to it ends it in order, and the next send does the rest', async () => {
  const place = await detachedPlace();
  const { pid } = await leave(place);
  await expect.poll(() => countExecutions(place.logFile), PATIENCE).toBeGreaterThan(3);
  process.kill(pid, 'SIGTERM');
  expect(await untilNotRunning(place)).toMatchObject({ uncertain: 0, sending: 0 });
  const rest = await place.json(['send', 'sale', '--yes']);
  expect(rest.json).toMatchObject({ exitCode: 0, counts: { accepted: PEOPLE } });
});

test('options and several campaigns go with it', async () => {
  const place = await detachedPlace();
  place.write('news/campaign.yaml', campaignYaml({ name: 'news' }));
  place.write('news/recipients.csv', recipientsCsv(5, 100));
  const args = ['send', 'sale', 'news', '--detach', '--yes', '--limit', '7', '--rate', '1000/s'];
  const end = await place.runProcess([...args, '--json']);
  const { campaigns, pid } = end.json as unknown as { campaigns: readonly GoesOn[]; pid: number };
  onTestFinished(() => killed(pid));
  expect(campaigns).toMatchObject([
    { campaign: 'sale', pid },
    { campaign: 'news', pid },
  ]);
  await untilNotRunning(place);
  await expect.poll(() => countExecutions(place.logFile), PATIENCE).toBe(7);
});

describe.skipIf(script === null)(
  `without ${script === null ? 'script (skipped: not installed)' : 'a terminal'}`,
  () => {
    test('it goes on to its end when its terminal is closed', async () => {
      const place = await detachedPlace();
      const send = `${IN_SHELL} send sale --detach --yes; sleep 60`;
      const terminal = place.startProgram(['script', '-qefc', send, '/dev/null'], {
        TERM: 'xterm',
        SHELL: '/bin/sh',
      });
      await terminal.says(/goes\s+on\s+by\s+itself/u);
      terminal.process.kill('SIGKILL');
      expect(await untilNotRunning(place)).toMatchObject({ accepted: PEOPLE, uncertain: 0 });
    });
  },
);

test('nothing to send is told as ever, and nobody is left behind', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  const end = await place.run(['send', 'sale', '--detach', '--yes']);
  expect([end.code, countExecutions(place.logFile)]).toEqual([0, 2]);
});

test('--dry-run cannot be detached', async () => {
  const place = await sendingPlace(1);
  const end = await place.run(['send', 'sale', '--detach', '--yes', '--dry-run']);
  expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('--dry-run')]);
});

describe('the process that goes on', () => {
  /** Starts it as `--detach` does; what it says first, and its exit code. */
  async function started(place: SendingPlace, count: number, planDigest: string | null = null) {
    const env = {
      PATH: process.env['PATH'],
      PLAZBOT_BASE_URL: place.url,
      PLAZBOT_WORKSPACE_ID: WORKSPACE,
      PLAZCAST_STATE_DIR: place.stateDir,
      PLAZCAST_CONFIRMED: JSON.stringify({ sale: { count, planDigest } }),
    };
    const child = fork(MAIN, ['send', 'sale', '--yes'], { cwd: place.folder, env, silent: true });
    onlyKilledOnWindows(child);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const word = await new Promise<unknown>((resolve) => child.once('message', resolve));
    return { word, child, ended };
  }

  test('says that it begins only when it holds the locks', async () => {
    const place = await detachedPlace(LASTING);
    const { word, child, ended } = await started(place, PEOPLE);
    expect(word).toEqual({ kind: 'begun' });
    expect((await place.run(['send', 'sale', '--yes'])).code).toBe(4);
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
  });

  test('says who holds them, and ends with that', async () => {
    const place = await detachedPlace(LASTING);
    const { pid } = await leave(place);
    const { word, ended } = await started(place, PEOPLE);
    expect(word).toMatchObject({ kind: 'failed', exitCode: 4, problems: [{ params: { pid: String(pid) } }] });
    expect(await ended).toBe(4);
  });

  test('sends no other message, and to nobody else, than was confirmed', async () => {
    const place = await detachedPlace();
    const confirmed = (await place.json(['check', 'sale'])).json['planDigest'] as string;
    place.write('sale/recipients.csv', recipientsCsv(PEOPLE, 1));
    const { word, ended } = await started(place, PEOPLE, confirmed);
    expect(word).toMatchObject({ kind: 'failed', problems: [{ code: 'plan.changed-recipients' }] });
    expect([await ended, countExecutions(place.logFile)]).toEqual([2, 0]);
  });

  test('sends no more people than were confirmed', async () => {
    const place = await detachedPlace();
    const { word, ended } = await started(place, PEOPLE - 1);
    expect(word).toMatchObject({
      kind: 'failed',
      exitCode: 2,
      problems: [{ code: 'send.detached-changed', params: { count: PEOPLE, confirmed: PEOPLE - 1 } }],
    });
    expect([await ended, countExecutions(place.logFile)]).toEqual([2, 0]);
  });
});

test.each([
  [
    'a refusal',
    "process.send({ kind: 'failed', exitCode: 4, problems: [{ code: 'halt.canceled' }] }); process.exit(4)",
    4,
    'canceled',
  ],
  ['an early end', "console.log('last words'); process.exit(3)", 3, 'last words'],
])(
  '%s of the process that was to go on is the end of the one that asked',
  async (_what, does, code, said) => {
    const place = await sendingPlace(2);
    // The process that goes on is started as this one was.
    place.write(
      'plazcast.mjs',
      `if (process.env.PLAZCAST_CONFIRMED) { ${does} } else await import(${JSON.stringify(pathToFileURL(MAIN).href)});`,
    );
    const words = [process.execPath, 'plazcast.mjs', 'send', 'sale', '--detach', '--yes'] as const;
    const end = await place.startProgram([...words]).ended;
    expect([end.code, end.said]).toEqual([code, expect.stringContaining(said)]);
    expect(countExecutions(place.logFile)).toBe(0);
  },
);
