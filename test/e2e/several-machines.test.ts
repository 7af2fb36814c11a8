import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storedSettings } from '../../src/app/work/run-settings.js';
import { senderOf, workspaceFingerprint } from '../../src/app/workspace.js';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { countExecutions, executionsByPhone } from '../sandbox/read-log.js';
import { appAt } from '../support/app-at-hand.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import type { CliPlace, RunningCli } from '../support/run-cli.js';
import { phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { CAMPAIGN } from '../support/sample-campaign.js';
import { type SendingPlace, WORKSPACE } from '../support/sending-place.js';
import { sentByApp } from '../support/sent-by-app.js';
import { addCampaign, sharedPlace } from '../support/shared-place.js';
import { checkedPage } from '../web/support/sending-page.js';
import { servedPage } from '../web/support/served.js';

/** Once a machine is gone, another has taken over within this. */
const TAKEN_OVER_MS = 30_000;
/** What hangs is ended by this; nothing is promised by it. */
const PATIENT = { timeout: 120_000, interval: 250 };
/** A record is surely older than what is sent after this: the provider's clock is known to the second. */
const OLDER_MS = 1_500;
/** More than the timeout and the settle time of what is proven absent below. */
const SETTLED_MS = 2_500;

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
    `Waiting: campaign "sale" of the same workspace is being worked on by process ${sale.process.pid}`,
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
});

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
});

test('no machine goes on with a campaign that was halted', async () => {
  const { office, machine, address } = await sharedPlace(4);
  await office.run(['send', 'sale', '--limit', '1']);
  // As it is left by who halted it and died before it was out of the line.
  const { text, digest } = storedSettings({ ...CAMPAIGN, schedule: null, canary: null, limits: NO_LIMITS });
  await rawlyAt(
    address,
    `UPDATE plazcast.campaigns SET halt = '{"code":"halt.window-never","params":{}}';
     INSERT INTO plazcast.entered_runs (campaign_id, sender, settings, settings_digest, plan_digest, after_attempt_id, no_wait, entered_by, host, pid)
     SELECT id, '${senderOf(office.url, workspaceFingerprint(WORKSPACE))}', '${text}', '${digest}', '${digest}', 0, false, 'maria', 'one', 1
     FROM plazcast.campaigns`,
  );
  const work = await working(machine());
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  expect(await statusOf(office, 'sale')).toMatchObject({
    halted: { code: 'halt.window-never' },
    counts: { pending: 3 },
  });
  expect([...executionsByPhone(office.logFile).keys()]).toEqual([phoneNumber(0)]);
});

const NO_LIMITS = { perDay: null, perRecipient: null };

test.each([
  ['a send that was refused', ['send', 'sale', `--expect-plan=${'0'.repeat(40)}-${'0'.repeat(30)}`], 2],
  // The list is empty: it may not reach back to the campaign.
  ['an audit', ['reconcile', 'sale', '--audit'], 1],
])(
  'no machine sends to a list that %s took in since the campaign was confirmed',
  async (_what, words, code) => {
    const { office, machine, address } = await sharedPlace(2);
    await entersAndLeaves(office, address);
    office.write('sale/recipients.csv', recipientsCsv(3));
    expect(await office.run(words)).toMatchObject({ code });
    expect((await statusOf(office, 'sale')).counts).toMatchObject({ recipients: 3, pending: 3 });

    const work = await working(machine());
    await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
    await ended(work, 'SIGTERM');
    expect(await statusOf(office, 'sale')).toMatchObject({
      halted: { code: 'halt.planned-anew' },
      counts: { pending: 3 },
    });
    expect(countExecutions(office.logFile)).toBe(0);
    expect(await office.run(['send', 'sale'])).toMatchObject({ code: 0 });
    expect(countExecutions(office.logFile)).toBe(3);
  },
);

test('an audit that brings nobody new leaves a confirmed campaign to the machine that waits for it', async () => {
  const { office, machine, address } = await sharedPlace(2);
  await entersAndLeaves(office, address);
  expect(await office.run(['reconcile', 'sale', '--audit'])).toMatchObject({ code: 1 });
  const work = await working(machine());
  await expect.poll(() => countExecutions(office.logFile), PATIENT).toBe(2);
  await ended(work, 'SIGTERM');
});

test('who comes off the do-not-contact list after a campaign was confirmed gets nothing of that', async () => {
  const { office, machine, address } = await sharedPlace(3);
  await office.run(['suppress', 'add', `+${phoneNumber(0)}`]);
  await entersAndLeaves(office, address);
  await office.run(['suppress', 'remove', `+${phoneNumber(0)}`]);
  const work = await working(machine());
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  expect(executionsByPhone(office.logFile).get(phoneNumber(0))).toBeUndefined();
  expect((await statusOf(office, 'sale')).counts).toMatchObject({ accepted: 2, skipped: 1 });
  const { json } = await office.run(['check', 'sale', '--json']);
  expect(json['counts']).toMatchObject({ pending: 1 });
});

test('who is put back after a campaign was confirmed is left to people by the machine that waits for it', async () => {
  const refused = faultRule('code-131026-400', { destination: new RegExp(`^${phoneNumber(0)}$`, 'u') });
  const { office, machine, address } = await sharedPlace(3, {}, { faults: [refused] });
  await office.run(['send', 'sale']);
  office.write('sale/recipients.csv', `${office.read('sale/recipients.csv')}${phoneNumber(7)},Zoe\n`);
  await entersAndLeaves(office, address);
  const page = await servedPage(office, ['--campaigns', '.'], { PLAZCAST_LEDGER: address });
  await page.post('/campaigns/sale/people/retry', { status: 'refused' });
  expect(await checkedPage(page)).toContain('Nothing goes out before you send below');
  const work = await working(machine());
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  const { halted, counts } = await statusOf(office, 'sale');
  expect([halted?.code, counts['accepted'], counts['pending']]).toEqual(['halt.planned-anew', 2, 2]);
});

test('who is put back by the list is left to people also where the machine dies that read it', async () => {
  const noAnswer = faultRule('reset-before', { destination: new RegExp(`^${phoneNumber(0)}$`, 'u') });
  const lines = { timeout: '1s', uncertain: '{ settle: 1s }' };
  const { office, machine, address } = await sharedPlace(3, lines, { faults: [noAnswer] });
  const toMyself = ['test', 'sale', '--to', `+${phoneNumber(50)}`, '--yes'];
  await office.run(toMyself);
  await pause(OLDER_MS);
  await office.run(['send', 'sale']);
  office.write('sale/recipients.csv', `${office.read('sale/recipients.csv')}${phoneNumber(7)},Zoe\n`);
  await entersAndLeaves(office, address);
  await pause(SETTLED_MS);
  await office.run(toMyself);
  await rawlyAt(address, DIES_ONCE_PUT_BACK);
  await office.run(['reconcile', 'sale', '--resend-absent']);
  expect((await statusOf(office, 'sale')).counts).toMatchObject({ uncertain: 0, pending: 2 });
  await rawlyAt(address, 'DROP TRIGGER dies ON plazcast.entered_runs');
  const work = await working(machine());
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  const { halted, counts } = await statusOf(office, 'sale');
  expect([halted?.code, counts['accepted'], counts['pending']]).toEqual(['halt.planned-anew', 2, 2]);
});

/** Nothing is written of the run that was confirmed any more once somebody who was sent to is pending again. */
const DIES_ONCE_PUT_BACK = `
  CREATE FUNCTION plazcast.dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM plazcast.deliveries WHERE status = 'pending' AND first_attempt_at IS NOT NULL)
    THEN RAISE EXCEPTION 'gone'; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER dies BEFORE UPDATE ON plazcast.entered_runs FOR EACH ROW EXECUTE FUNCTION plazcast.dies()`;

test('whoever looks at what waits for a machine is told that it begins by itself, and can keep it from that', async () => {
  const { office, machine, address } = await sharedPlace(2);
  await entersAndLeaves(office, address);
  const page = await servedPage(office, ['--campaigns', '.'], { PLAZCAST_LEDGER: address });
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('2 people are still to be sent to');
  expect(text).toContain('A computer that waits for campaigns sends it by itself');
  expect(text).toContain('/campaigns/sale/live/pause');
  expect(text).toContain('/campaigns/sale/live/cancel');
  for (const path of ['/', '/campaigns/sale'])
    expect((await page.get(path)).text, path).toContain('>waiting<');
  for (const tab of ['list', 'list/upload', 'wrong', 'message', 'send/settings'])
    expect((await page.get(`/campaigns/sale/${tab}`)).text, tab).toContain('as they were then');
  await page.post('/campaigns/sale/live/pause', {});
  const paused = (await page.get('/campaigns/sale/live')).text;
  expect(paused).toContain('If it is resumed, a computer that waits for campaigns sends it by itself');
  expect(paused).not.toContain('then go on under');
  const note = (await page.get('/campaigns/sale/list')).text;
  expect(note).toContain('goes on with the list and the message that it began with');
  expect(note).not.toContain('does that by itself');

  const work = await working(machine());
  await page.post('/campaigns/sale/live/resume', {});
  await expect.poll(() => countExecutions(office.logFile), PATIENT).toBe(2);
  await expect.poll(async () => (await statusOf(office, 'sale')).entered, PATIENT).toBeUndefined();
  await ended(work, 'SIGTERM');
  expect((await page.get('/campaigns/sale/live')).text).not.toContain('as soon as one is free');
});

test('what waits for a machine with a limit is said to go to no more than that', async () => {
  const { office, address } = await sharedPlace(3);
  expect(await entersAndLeaves(office, address, ['--limit', '1'])).toContain('1 message stays in the ledger');
  const page = await servedPage(office, ['--campaigns', '.'], { PLAZCAST_LEDGER: address });
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('3 people are still to be sent to');
  expect(text).toContain('sends it by itself, as it was confirmed, as soon as one is free');
});

test('whoever resumes what waits for a machine is told that it begins by itself', async () => {
  const { office, address } = await sharedPlace(2);
  await entersAndLeaves(office, address);
  await office.run(['pause', 'sale']);
  const page = await servedPage(office, ['--campaigns', '.'], { PLAZCAST_LEDGER: address });
  const resumed = async (): Promise<string> => {
    await page.post('/campaigns/sale/live/resume', {});
    return (await page.get('/campaigns/sale/live')).text;
  };
  expect(await resumed()).toContain('a computer that waits for campaigns goes on with it by itself');

  // No computer does: there is somebody whom nobody confirmed.
  await office.run(['pause', 'sale']);
  office.write('sale/recipients.csv', recipientsCsv(3));
  await office.run(['reconcile', 'sale', '--audit']);
  expect(await resumed()).toContain('Nothing goes out until somebody sends it');
});

test('what was canceled while it waited for a machine goes out by none once it is taken up again', async () => {
  const { office, address } = await sharedPlace(2);
  await entersAndLeaves(office, address);
  const page = await servedPage(office, ['--campaigns', '.'], { PLAZCAST_LEDGER: address });
  await page.post('/campaigns/sale/live/cancel', {});
  await page.post('/campaigns/sale/live/resume', { canceled: 'yes' });
  const { text } = await page.get('/campaigns/sale/live');
  expect(text).toContain('Nothing goes out until somebody sends it');
  expect(text).not.toContain('by itself');
});

test('what was canceled while its send stood in line is not sent by that, though it is taken up again meanwhile', async () => {
  const { office, address } = await sharedPlace(2);
  const sale = await standsInLine(office, address);
  expect(await office.run(['cancel', 'sale'])).toMatchObject({ code: 0 });
  expect(await office.run(['resume', 'sale'])).toMatchObject({ code: 0 });
  await rawlyAt(address, 'DELETE FROM plazcast.leases WHERE holder LIKE \'%"elsewhere"%\'');
  expect((await sale.ended).said).toContain('The campaign was canceled, so nothing more goes out.');
  expect(countExecutions(office.logFile)).toBe(0);
  expect(await office.run(['send', 'sale'])).toMatchObject({ code: 0 });
  expect(countExecutions(office.logFile)).toBe(2);
});

test('what was confirmed before the template’s text was known is left to the machines also when somebody looks at it who knows it', async () => {
  const { office, address } = await sharedPlace(1, { template: 'bienvenida_es' });
  office.write('sale/recipients.csv', `phone,body.1,body.2,header.1\n${phoneNumber(0)},Ana,Lima,Olla\n`);
  const { planDigest } = JSON.parse((await office.json(['check', 'sale'])).stdout) as { planDigest: string };
  await entersAndLeaves(office, address, ['--expect-plan', planDigest]);
  const app = appAt({ ...office, ledger: address }, office.environment);
  expect((await sentByApp(app, () => Promise.resolve(false))).end?.kind).toBe('declined');
  await rawlyAt(address, 'DO $$ BEGIN ASSERT (SELECT NOT planned_anew FROM plazcast.entered_runs); END $$');
});

/** Somebody confirms `sale` while another campaign is sent, and leaves before its turn comes; then the sender is free. */
async function entersAndLeaves(
  office: SendingPlace,
  address: string,
  options: readonly string[] = [],
): Promise<string> {
  const sale = await standsInLine(office, address, options);
  const { said } = await ended(sale, 'SIGINT');
  await rawlyAt(address, 'DELETE FROM plazcast.leases');
  return said;
}

/** A `send` of `sale` that was confirmed and waits: another campaign is sent. */
async function standsInLine(office: SendingPlace, address: string, options: readonly string[] = []) {
  const sender = senderOf(office.url, workspaceFingerprint(WORKSPACE));
  const holder = JSON.stringify({ pid: 1, host: 'elsewhere', campaign: 'other', since: 1 });
  await rawlyAt(
    address,
    `INSERT INTO plazcast.leases VALUES ('sender-${sender}', 't', '${holder}', clock_timestamp() + interval '1 hour')`,
  );
  const sale = office.start(['send', 'sale', ...options]);
  // Somebody who never renews is waited for, but a lease of an hour is not over.
  const renewing = setInterval(() => void rawlyAt(address, LATER), 500);
  await sale.says('Waiting: campaign "other"').finally(() => clearInterval(renewing));
  return sale;
}

test('after a failover no machine goes on before a person says so, and that is kept', async () => {
  const { office, machine, address } = await sharedPlace(3);
  await entersAndLeaves(office, address);
  await rawlyAt(address, "UPDATE plazcast.ledger_identity SET timeline = '0000FFFF'");

  const work = await working(machine());
  await expect
    .poll(() => statusOf(office, 'sale'), PATIENT)
    .toMatchObject({ halted: { code: 'halt.failover' } });
  expect((await statusOf(office, 'sale')).entered).toBeUndefined();
  await ended(work, 'SIGTERM');
  expect((await office.run(['send', 'sale'])).said).toContain('--accept-failover');
  expect(countExecutions(office.logFile)).toBe(0);

  expect(await office.run(['send', 'sale', '--accept-failover'])).toMatchObject({ code: 0 });
  await rawlyAt(
    address,
    `DO $$ BEGIN ASSERT (SELECT count(*) FROM plazcast.actions WHERE kind = 'failover-accepted') = 1; END $$`,
  );
});

const LATER = "UPDATE plazcast.leases SET until = until + interval '1 second'";
