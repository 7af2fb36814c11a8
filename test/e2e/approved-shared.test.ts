import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app/app.js';
import { answerApproval, askApproval } from '../../src/app/approval/ask-approval.js';
import { requireApprovals } from '../../src/app/approval/look-at-approval.js';
import { senderOf, workspaceFingerprint } from '../../src/app/workspace.js';
import { ACTS_FOR_VARIABLE } from '../../src/core/team/actor.js';
import { countExecutions } from '../sandbox/read-log.js';
import { appAt } from '../support/app-at-hand.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import { unwrapped } from '../support/results.js';
import type { RunningCli } from '../support/run-cli.js';
import { type SendingPlace, WORKSPACE } from '../support/sending-place.js';
import { sharedPlace } from '../support/shared-place.js';

type Acting = (operator: string) => App;

function acting(office: SendingPlace, address: string): Acting {
  return (operator) => appAt({ ...office, ledger: address }, office.environment, { operator, place: 'page' });
}

/** Ana asks, and Eva approves what is there. */
async function approve(office: SendingPlace, by: Acting): Promise<void> {
  const planDigest = String((await office.json(['check', 'sale'])).json['planDigest']);
  const asked = { campaign: 'sale', planDigest, people: 2, note: '' };
  const { id } = unwrapped(await askApproval(asked, by('Ana')));
  unwrapped(await answerApproval(id, { state: 'approved', reason: '' }, planDigest, by('Eva')));
}

/** Eva confirms `sale` while another campaign is sent, and waits for her turn. */
async function waiting(office: SendingPlace, address: string): Promise<RunningCli> {
  const sender = senderOf(office.url, workspaceFingerprint(WORKSPACE));
  const holder = JSON.stringify({ pid: 1, host: 'elsewhere', campaign: 'other', since: 1 });
  await rawlyAt(
    address,
    `INSERT INTO plazcast.leases VALUES ('sender-${sender}', 't', '${holder}', clock_timestamp() + interval '1 hour')`,
  );
  const sale = office.start(['send', 'sale'], { [ACTS_FOR_VARIABLE]: 'Eva' });
  const renewing = setInterval(() => void rawlyAt(address, LATER), 500);
  await sale.says('Waiting: campaign "other"').finally(() => clearInterval(renewing));
  return sale;
}

const LATER = "UPDATE plazcast.leases SET until = until + interval '1 second'";
const FREE = "DELETE FROM plazcast.leases WHERE name LIKE 'sender-%'";

/** `sale` was approved and confirmed where approval is required, and waits for its turn. */
async function approvedInLine() {
  const place = await sharedPlace(2);
  const { office, address } = place;
  const by = acting(office, address);
  unwrapped(await requireApprovals(true, by('Ada')));
  await approve(office, by);
  return { ...place, sale: await waiting(office, address) };
}

/** The same, and whoever confirmed it has left it to machines. */
async function leftInLine() {
  const { sale, ...place } = await approvedInLine();
  sale.process.kill('SIGINT');
  expect(await sale.ended).toMatchObject({ code: 130 });
  return place;
}

/** A machine stops it because it is not approved any more, and sends nothing. */
async function haltsUnsent(work: RunningCli, office: SendingPlace): Promise<void> {
  const halted = async () => (await office.json(['status', 'sale'])).json['halted'];
  await expect.poll(halted, PATIENT).toMatchObject({ code: 'halt.not-approved' });
  work.process.kill('SIGTERM');
  await work.ended;
  expect((await office.json(['status', 'sale'])).json['entered']).toBeUndefined();
  expect(countExecutions(office.logFile)).toBe(0);
}

const PATIENT = { timeout: 120_000, interval: 250 };

test('whoever is told that an approval is void leaves nothing to a machine that waits', async () => {
  const { office, address, sale } = await approvedInLine();
  await rawlyAt(address, "UPDATE plazcast.approvals SET state = 'voided'");
  await rawlyAt(address, FREE);
  const { code, said } = await sale.ended;
  expect([code, said]).toEqual([2, expect.stringContaining('approval of this campaign is void')]);
  const { json } = await office.json(['status', 'sale']);
  expect(json).toMatchObject({ counts: { pending: 2 } });
  expect(json['entered']).toBeUndefined();
});

test('what is void while a machine that takes it over waits for who died is not sent', async () => {
  const { office, machine, address } = await leftInLine();
  await rawlyAt(address, DIED_JUST_NOW);
  const dying = setInterval(() => void rawlyAt(address, STILL_JUST_NOW), 500);
  onTestFinished(() => clearInterval(dying));
  await rawlyAt(address, FREE);
  const work = machine().start(['work']);
  await expect.poll(() => heldCampaigns(address), PATIENT).toBe(1);
  await rawlyAt(address, "UPDATE plazcast.approvals SET state = 'voided'");
  clearInterval(dying);
  await haltsUnsent(work, office);
});

/** Whoever takes the campaign over waits until the lease of this run, and the margin, are over. */
const DIED_JUST_NOW = `
  INSERT INTO plazcast.runs (campaign_id, pid, host, started_by, started_at, rate_per_second, after_attempt_id, lease_until, timeline)
  SELECT c.id, 1, 'elsewhere', 'Eva', 1, 1, 0, clock_timestamp() + interval '8 seconds', i.timeline
  FROM plazcast.campaigns c, plazcast.ledger_identity i`;

/** However long a machine takes to begin. */
const STILL_JUST_NOW =
  "UPDATE plazcast.runs SET lease_until = clock_timestamp() + interval '8 seconds' WHERE host = 'elsewhere'";

async function heldCampaigns(address: string): Promise<number> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query("SELECT 1 FROM plazcast.leases WHERE name LIKE 'campaign-%'");
  await client.end();
  return rows.length;
}

test('what is void by the time that a machine takes it over is not sent, and says why', async () => {
  const { office, machine, address } = await leftInLine();
  await rawlyAt(address, "UPDATE plazcast.approvals SET state = 'voided'");
  await rawlyAt(address, FREE);
  const work = machine().start(['work']);
  await haltsUnsent(work, office);
});
