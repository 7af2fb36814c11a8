import type { Dispatch } from '../../src/core/delivery.js';
import { countDeliveries } from '../../src/ledger/counts.js';
import { balanceOf } from '../../src/ledger/runs.js';
import type { SimulatedCampaign } from './settings.js';
import { BrokenPromise, type World } from './world.js';

interface DeliveryRow {
  id: number;
  campaign: string;
  phone: string;
  status: string;
  reason: string | null;
  /** Attempts that evidence calls absent. */
  absent: number;
  named: number;
}

const DELIVERIES = `
  SELECT d.id, c.name AS campaign, d.phone, d.status, d.reason,
    (SELECT count(*) FROM attempts a WHERE a.delivery_id = d.id AND a.outcome = 'absent') AS absent,
    EXISTS (SELECT 1 FROM unsettled u WHERE u.delivery_id = d.id) AS named
  FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id ORDER BY d.id`;

/** What must be true after every step of every world. */
export function checkAlways(world: World): void {
  if (world.db.inTransaction) return;
  for (const { id, imported } of world.db.prepare('SELECT id, imported FROM campaigns').all() as {
    id: number;
    imported: number;
  }[]) {
    const { recipients } = countDeliveries(world.db, id);
    const { counted } = balanceOf(world.db, id);
    if (recipients !== imported || counted !== imported) {
      throw new BrokenPromise(`${imported} people were imported, but the statuses add up to ${recipients}`);
    }
  }
  for (const row of deliveriesOf(world)) checkDelivery(world, row);
}

function checkDelivery(world: World, row: DeliveryRow): void {
  const { campaign, phone, status, absent } = row;
  const executions = world.executionsOf(campaignOf(world, campaign), phone);
  const allowed = world.lying ? 1 + absent : 1;
  if (executions > allowed) {
    throw new BrokenPromise(`${phone} of "${campaign}" got ${executions} messages (${status}, absent ${absent})`);
  }
  // What the list shows was executed, so "executed" covers both ways to be accepted.
  if (status === 'accepted' && executions === 0) {
    throw new BrokenPromise(`${phone} of "${campaign}" is accepted, but never got a message`);
  }
  if ((status === 'refused' || status === 'exhausted') && executions > absent) {
    throw new BrokenPromise(`${phone} of "${campaign}" is ${status}, but got a message`);
  }
}

/** Before a request leaves: its intent is in the ledger, committed, and would survive a power cut. */
export function checkIntent(world: World, dispatch: Dispatch): void {
  const intent = world.db
    .prepare(
      `SELECT d.status, a.outcome FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
       WHERE a.id = ? AND a.delivery_id = ?`,
    )
    .get(dispatch.attemptId, dispatch.deliveryId) as { status: string; outcome: string } | undefined;
  if (intent?.status !== 'sending' || intent.outcome !== 'in-flight') {
    throw new BrokenPromise(`a request for ${dispatch.phone} left without an intent (${JSON.stringify(intent)})`);
  }
  if (world.db.inTransaction || !world.commitsAreSynced) {
    throw new BrokenPromise(`a request for ${dispatch.phone} left before its intent was synced`);
  }
}

/** The throttle's promise: `rate × 1.012 + 1` in any second, whatever hung or died in between. */
export function checkRate(world: World): void {
  const most = Math.floor(world.settings.ratePerSecond * 1.012 + 1);
  const { permitsAtMs } = world;
  const now = permitsAtMs.at(-1) ?? 0;
  let count = 0;
  for (let index = permitsAtMs.length - 1; index >= 0; index -= 1) {
    if (now - (permitsAtMs[index] ?? 0) >= 1_000) break;
    count += 1;
  }
  if (count > most) {
    throw new BrokenPromise(`${count} permits in a second at ${world.settings.ratePerSecond}/s`);
  }
}

/** How a world ended. */
export interface Ending {
  readonly people: number;
  /** Duties that somebody got more than once. */
  readonly duplicates: number;
  /** Duties that are neither final nor named. */
  readonly lost: number;
  readonly uncertain: number;
}

const FINAL = ['accepted', 'refused', 'exhausted', 'skipped'];

/** After the provider has healed and enough reruns: everybody is settled; with a list that lies, at least named. */
export function checkEnding(world: World): Ending {
  const rows = deliveriesOf(world);
  const lost = rows.filter(({ status, named }) => !FINAL.includes(status) && !(status === 'uncertain' && named));
  const uncertain = rows.filter(({ status }) => status === 'uncertain');
  const duplicates = rows.filter(
    ({ campaign, phone }) => world.executionsOf(campaignOf(world, campaign), phone) > 1,
  );
  if (lost.length > 0) {
    throw new BrokenPromise(`nobody's problem: ${JSON.stringify(lost.slice(0, 3))}`);
  }
  if (uncertain.length > 0 && !world.lying) {
    throw new BrokenPromise(`still uncertain with an honest list: ${JSON.stringify(uncertain.slice(0, 3))}`);
  }
  return {
    people: rows.length,
    duplicates: duplicates.length,
    lost: lost.length,
    uncertain: uncertain.length,
  };
}

function deliveriesOf(world: World): readonly DeliveryRow[] {
  return world.db.prepare(DELIVERIES).all() as DeliveryRow[];
}

function campaignOf(world: World, name: string): SimulatedCampaign {
  const found = world.settings.campaigns.find((campaign) => campaign.name === name);
  if (found === undefined) throw new Error(`no campaign is called ${name}`);
  return found;
}
