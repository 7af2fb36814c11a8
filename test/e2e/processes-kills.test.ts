import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { FaultEffect, FaultRule } from '../../src/sandbox/faults/fault.js';
import { effectOf } from '../../src/sandbox/faults/presets.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { Dice } from '../simulation/dice.js';
import { type CliPlace, campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';

const PEOPLE = 2_000;
const KILLS = 12;
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const TEST_PHONE = phoneNumber(1_000_000);
const OLD_PHONE = phoneNumber(1_000_001);
/** Those who are in no list of people. */
const NOBODYS: readonly string[] = [TEST_PHONE, OLD_PHONE];
const DAY_MS = 86_400_000;
/** Timeout and settle time of the campaign, and a little more. */
const SETTLED_MS = 2_300;

/**
 * A quarter of the answers: what the sandbox calls mixed, without its throttling, which would stretch the test to
 * minutes. About half of these requests are executed, and no answer tells which. A person meets three at most.
 */
const QUARTER: FaultRule = {
  name: 'quarter',
  match: { probability: 0.25, firstTimes: 3 },
  choice: {
    kind: 'by-chance',
    effects: [
      ...[
        'reset-before',
        'reset-after',
        'close-before',
        'close-after',
        'truncated-before',
        'truncated-after',
      ],
      ...['garbage-before', 'garbage-after', 'false-before', 'false-after', 'http-500', 'http-500-after'],
      ...['http-503', 'http-503-after', 'http-408', 'http-408-after', 'code-131016'],
    ]
      .map(effectOf)
      .filter((effect): effect is FaultEffect => effect !== null),
  },
};

interface Counts {
  readonly recipients: number;
  readonly pending: number;
  readonly sending: number;
  readonly accepted: number;
  readonly uncertain: number;
}

async function countsOf(place: CliPlace): Promise<Counts> {
  const { json } = await place.run(['status', 'sale', '--json']);
  return json['counts'] as unknown as Counts;
}

/** Starts a run and kills it at any moment between its first instruction and the middle of its sending. */
async function runAndKill(place: CliPlace, dice: Dice, dbFile: string): Promise<void> {
  const before = countExecutions(dbFile);
  const run = place.start(['send', 'sale', '--yes']);
  // Half of them by the clock, wherever that is; half while requests are in flight.
  if (dice.chance(0.5)) await pause(dice.between(50, 1_500));
  else {
    const more = dice.between(1, 120);
    const deadline = performance.now() + 10_000;
    while (
      countExecutions(dbFile) < before + more &&
      performance.now() < deadline &&
      run.process.exitCode === null
    ) {
      await pause(5);
    }
  }
  run.process.kill('SIGKILL');
  await run.ended;
}

/**
 * Makes the workspace one that is in use: without a record that is surely older than the first message, nothing about that one
 * can be proven, and the run that is killed at its first instructions is not told the provider's clock.
 */
async function sendBefore(place: CliPlace, dbFile: string): Promise<void> {
  const send = async () => (await place.run(['test', 'sale', '--to', `+${TEST_PHONE}`, '--yes'])).code;
  await expect.poll(send).toBe(0);
  const log = new Database(dbFile);
  log.exec(`
    INSERT INTO executions (at, workspace, api, template, destination, type, campaign_name, variables, contact_id, request_body)
    SELECT at - ${2 * DAY_MS}, workspace, api, template, '${OLD_PHONE}', type, campaign_name, variables, 'old',
      replace(request_body, '${TEST_PHONE}', '${OLD_PHONE}') FROM executions ORDER BY id LIMIT 1;
    INSERT INTO listings (execution_id, workspace, visible_at)
    SELECT id, workspace, at FROM executions ORDER BY id DESC LIMIT 1`);
  log.close();
}

test(`${PEOPLE} people get one message each through ${KILLS} kills and a quarter of faulty answers (KILL_SEED=${SEED})`, async () => {
  const dice = new Dice(SEED);
  const sandbox = await runningSandbox({
    faults: [QUARTER],
    seed: SEED,
    listPageSize: 400,
    latencyMs: { min: 1, max: 40 },
  });
  const place = cliPlace({ PLAZBOT_BASE_URL: sandbox.url, PLAZBOT_WORKSPACE_ID: 'ws-1' });
  const patience = 'stopWhen: { failures: 100%, over: 100000, uncertain: 100000 }';
  const settling = 'uncertain: { settle: 1s, resend: auto }';
  const settings = campaignYaml({ rate: '400/s', concurrency: '24', timeout: '1s', attempts: '9' });
  place.write('sale/campaign.yaml', `${settings}${patience}\n${settling}\n`);
  place.write('sale/recipients.csv', recipientsCsv(PEOPLE));

  await sendBefore(place, sandbox.dbFile);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await runAndKill(place, dice, sandbox.dbFile);
    // The test message may be answered badly, too, and is sent by hand until it is not.
    const people = [...executionsByPhone(sandbox.dbFile)].filter(([phone]) => !NOBODYS.includes(phone));
    const executions = people.map(([, count]) => count);
    expect(Math.max(0, ...executions), `after kill ${kill + 1}`).toBeLessThanOrEqual(1);
  }
  // Each takes three quarters of who is left, and every fourth control meets a fault itself.
  let left = PEOPLE;
  for (let rerun = 0; rerun < 30 && left > 0; rerun += 1) {
    const sent = await place.run(['send', 'sale', '--yes', '--json']);
    expect([0, 1], sent.said).toContain(sent.code);
    await pause(SETTLED_MS);
    // A control after the last deadline; it may meet a fault itself, and then the next rerun brings one.
    await place.run(['test', 'sale', '--to', `+${TEST_PHONE}`, '--yes']);
    const counts = await countsOf(place);
    expect(counts).toMatchObject({ recipients: PEOPLE, sending: 0 });
    left = PEOPLE - counts.accepted;
  }
  const { said } = await place.run(['status', 'sale']);
  const ended = { accepted: PEOPLE, uncertain: 0, pending: 0, sending: 0 };
  expect(await countsOf(place), said).toMatchObject(ended);
  const byPhone = executionsByPhone(sandbox.dbFile);
  const expected = new Map(Array.from({ length: PEOPLE }, (_, index) => [phoneNumber(index), 1]));
  expect(new Map([...byPhone].filter(([phone]) => !NOBODYS.includes(phone)))).toEqual(expected);
});
