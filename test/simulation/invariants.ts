import type { Dispatch } from '../../src/core/delivery.js';
import type { Throttle } from '../../src/core/ports.js';
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
  /** Why it stays uncertain, or why its campaign stopped, is written down. */
  named: number;
}

const DELIVERIES = `
  SELECT d.id, c.name AS campaign, d.phone, d.status, d.reason,
    (SELECT count(*) FROM attempts a WHERE a.delivery_id = d.id AND a.outcome = 'absent') AS absent,
    CASE d.status WHEN 'uncertain' THEN EXISTS (SELECT 1 FROM unsettled u WHERE u.delivery_id = d.id)
      WHEN 'pending' THEN coalesce(c.halt LIKE '%halt.canary%', 0) ELSE 0 END AS named
  FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id ORDER BY d.id`;

const SUMS = `
  SELECT imported, (SELECT count(*) FROM deliveries WHERE campaign_id = campaigns.id) AS counted FROM campaigns`;

/** What must be true after every step of every world. */
export function checkAlways(world: World): void {
  if (world.db.inTransaction || !world.hasChanged()) return;
  for (const { imported, counted } of world.query(SUMS).all() as { imported: number; counted: number }[]) {
    if (counted !== imported) {
      throw new BrokenPromise(`${imported} people were imported, but the statuses add up to ${counted}`);
    }
  }
  for (const row of deliveriesOf(world)) checkDelivery(world, row);
}

function checkDelivery(world: World, row: DeliveryRow): void {
  const { campaign, phone, status, absent } = row;
  const executions = world.executionsOf(campaignOf(world, campaign), phone);
  const allowed = world.lying ? 1 + absent : 1;
  if (executions > allowed) {
    throw new BrokenPromise(
      `${phone} of "${campaign}" got ${executions} messages (${status}, absent ${absent})`,
    );
  }
  // What the list shows was executed, so "executed" covers both ways to be accepted.
  if (status === 'accepted' && executions === 0) {
    throw new BrokenPromise(`${phone} of "${campaign}" is accepted, but never got a message`);
  }
  if ((status === 'refused' || status === 'exhausted') && executions > absent) {
    throw new BrokenPromise(`${phone} of "${campaign}" is ${status}, but got a message`);
  }
}

const INTENT = `
  SELECT d.status, a.outcome FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
  WHERE a.id = ? AND a.delivery_id = ?`;

/** Before a request leaves: its intent is in the ledger, committed, and would survive a power cut. */
export function checkIntent(world: World, dispatch: Dispatch): void {
  const intent = world.query(INTENT).get(dispatch.attemptId, dispatch.deliveryId) as
    | { status: string; outcome: string }
    | undefined;
  if (intent?.status !== 'sending' || intent.outcome !== 'in-flight') {
    throw new BrokenPromise(
      `a request for ${dispatch.phone} left without an intent (${JSON.stringify(intent)})`,
    );
  }
  if (world.db.inTransaction || !world.commitsAreSynced) {
    throw new BrokenPromise(`a request for ${dispatch.phone} left before its intent was synced`);
  }
}

/** After a run that ended in order, stopped or not: every request that left was waited for and recorded. */
export function checkNothingInFlight(world: World, campaignId: number): void {
  const sending = "SELECT count(*) AS count FROM deliveries WHERE status = 'sending' AND campaign_id = ?";
  const { count } = world.query(sending).get(campaignId) as { count: number };
  if (count > 0) throw new BrokenPromise(`a run ended in order and left ${count} deliveries in sending`);
}

/** While the provider asked for a pause nothing leaves, whenever it was claimed. */
export function checkNoPause(throttle: Throttle, dispatch: Dispatch): void {
  const { pausedUntilMs } = throttle.pace();
  if (pausedUntilMs === null) return;
  throw new BrokenPromise(`a request for ${dispatch.phone} left in a pause until ${pausedUntilMs}`);
}

/** Permits may be granted by so much before they leave, where that is worth it: a commit then serves more. */
const AHEAD_MS = 36;
const LEAST_AHEAD = 16;

/**
 * The throttle's promise: `rate × 1.02 + 1` in any second, whatever hung or died in between. It is made for requests;
 * permits keep it, too, but for those that are granted ahead.
 */
export function checkRate(world: World): void {
  const { ratePerSecond } = world.settings;
  const ahead = (ratePerSecond * AHEAD_MS) / 1_000;
  checkLastSecond(world, 'permits', world.permitsAtMs, ahead < LEAST_AHEAD ? 0 : ahead);
  checkLastSecond(world, 'requests', world.requestsAtMs, 0);
}

function checkLastSecond(world: World, what: string, atMs: readonly number[], ahead: number): void {
  const { ratePerSecond } = world.settings;
  const now = atMs.at(-1) ?? 0;
  let count = 0;
  for (let index = atMs.length - 1; index >= 0; index -= 1) {
    if (now - (atMs[index] ?? 0) >= 1_000) break;
    count += 1;
  }
  if (count > Math.floor(ratePerSecond * 1.02 + 1 + ahead)) {
    throw new BrokenPromise(`${count} ${what} in a second at ${ratePerSecond}/s`);
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
  const lost = rows.filter(({ status, named }) => !FINAL.includes(status) && named !== 1);
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
  return world.query(DELIVERIES).all() as DeliveryRow[];
}

function campaignOf(world: World, name: string): SimulatedCampaign {
  const found = world.settings.campaigns.find((campaign) => campaign.name === name);
  if (found === undefined) throw new Error(`no campaign is called ${name}`);
  return found;
}
