import { expect, test } from 'vitest';
import { senderOf, workspaceFingerprint } from '../../src/app/workspace.js';
import { countExecutions, executionsByPhone } from '../../src/sandbox/log/read-log.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import type { CliPlace, RunningCli } from '../support/run-cli.js';
import { phoneNumber } from '../support/run-cli.js';
import { WORKSPACE } from '../support/sending-place.js';
import { addCampaign, sharedPlace } from '../support/shared-place.js';

/** Once a machine is gone, another has taken over within this. */
const TAKEN_OVER_MS = 30_000;
const PATIENT = { timeout: TAKEN_OVER_MS, interval: 250 };

interface Status {
  readonly campaign: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly halted: { readonly code: string } | null;
  readonly entered?: { readonly by: string; readonly why: { readonly code: string } };
}

async function statusOf(place: CliPlace, campaign: string): Promise<Status> {
  const { json } = await place.run(['status', campaign, '--json']);
  return json as unknown as Status;
}

/** A machine that waits for campaigns. */
async function working(place: CliPlace): Promise<RunningCli> {
  const work = place.start(['work']);
  await work.says('Waiting for campaigns');
  return work;
}

function ended(run: RunningCli, signal: NodeJS.Signals): RunningCli['ended'] {
  run.process.kill(signal);
  return run.ended;
}

test('a campaign waits for its turn in the ledger, and a machine without its file sends it', async () => {
  const { office, machine } = await sharedPlace(200, { rate: '4/s' });
  addCampaign(office, 'second', { count: 3, first: 500 });
  const sale = office.start(['send', 'sale']);
  await expect.poll(() => countExecutions(office.logFile), PATIENT).toBeGreaterThan(0);
  expect(await office.run(['send', 'sale'])).toMatchObject({
    code: 4,
    said: expect.stringContaining(String(sale.process.pid)),
  });

  const second = office.start(['send', 'second']);
  await second.says(
    `Waiting: campaign "sale" is being sent for the same workspace by process ${sale.process.pid}`,
  );
  expect((await statusOf(office, 'second')).entered?.why.code).toBe('status.entered.sender');
  expect(await ended(second, 'SIGINT')).toMatchObject({
    code: 130,
    said: expect.stringContaining('plazcast pause second'),
  });

  const work = await working(machine());
  expect((await office.run(['status', '--json'])).json).toMatchObject({
    machines: [{ pid: work.process.pid }],
  });
  expect(await ended(sale, 'SIGINT')).toMatchObject({ code: 130 });
  const sold = countExecutions(office.logFile);
  await work.says('Goes on with "second"');
  await expect
    .poll(async () => (await statusOf(office, 'second')).counts, PATIENT)
    .toMatchObject({ accepted: 3 });
  await expect.poll(async () => (await statusOf(office, 'second')).entered, PATIENT).toBeUndefined();

  // Whoever stopped it stopped the campaign.
  expect((await statusOf(office, 'sale')).entered).toBeUndefined();
  expect(await ended(work, 'SIGTERM')).toMatchObject({ code: 0 });
  expect(countExecutions(office.logFile)).toBe(sold + 3);
}, 120_000);

test('a campaign whose machine dies goes on elsewhere, and from there when that one is asked to end', async () => {
  const people = 120;
  const { office, machine } = await sharedPlace(people, { rate: '8/s' });
  const first = await working(machine());
  const sale = office.start(['send', 'sale']);
  await expect.poll(() => countExecutions(office.logFile), PATIENT).toBeGreaterThan(8);
  await ended(sale, 'SIGKILL');
  const killedMs = performance.now();
  await first.says('Goes on with "sale"');
  expect(performance.now() - killedMs).toBeLessThan(TAKEN_OVER_MS);

  const second = await working(machine());
  expect(await ended(first, 'SIGTERM')).toMatchObject({
    code: 130,
    said: expect.stringContaining('another computer goes on'),
  });
  await expect
    .poll(async () => (await statusOf(office, 'sale')).counts, PATIENT)
    .toMatchObject({ pending: 0, sending: 0 });
  await ended(second, 'SIGTERM');

  const { counts } = await statusOf(office, 'sale');
  expect((counts['accepted'] ?? 0) + (counts['uncertain'] ?? 0)).toBe(people);
  const executions = executionsByPhone(office.logFile);
  expect([...executions.values()].every((times) => times === 1)).toBe(true);
  expect(executions.size).toBeGreaterThanOrEqual(counts['accepted'] ?? 0);
}, 150_000);

test('no machine goes on with a campaign that was halted', async () => {
  const { office, machine, address } = await sharedPlace(4);
  await office.run(['send', 'sale', '--limit', '1']);
  await rawlyAt(
    address,
    `
    UPDATE plazcast.campaigns SET halt = '{"code":"halt.paused","params":{}}';
    INSERT INTO plazcast.entered_runs (campaign_id, sender, settings, settings_digest, after_attempt_id, no_wait, entered_by, host, pid)
    SELECT id, '${senderOf(office.url, workspaceFingerprint(WORKSPACE))}', '{}', 'd', 0, false, 'maria', 'one', 1 FROM plazcast.campaigns`,
  );
  const work = await working(machine());
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  expect(await statusOf(office, 'sale')).toMatchObject({
    halted: { code: 'halt.paused' },
    counts: { pending: 3 },
  });
  expect([...executionsByPhone(office.logFile).keys()]).toEqual([phoneNumber(0)]);
}, 60_000);
