import type { ClaimedDelivery } from '../../src/core/delivery.js';
import type { Throttle } from '../../src/core/ports.js';
import { BrokenPromise } from './broken-promise.js';
import type { Execution } from './model-provider.js';
import { campaignNameOf, dutyName } from './names.js';
import type { SimulatedCampaign } from './settings.js';
import type { World } from './world.js';

/** A delivery of the ledger, as promises are made about it. */
export interface DeliveryRow {
  readonly id: number;
  readonly campaign: string;
  readonly phone: string;
  readonly key: string;
  readonly status: string;
  readonly reason: string | null;
  /** Attempts that evidence calls absent. */
  readonly absent: number;
}

const DELIVERIES = `
  SELECT d.id, c.name AS campaign, d.phone, d.key, d.status, d.reason,
    (SELECT count(*) FROM attempts a WHERE a.delivery_id = d.id AND a.outcome = 'absent') AS absent
  FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id ORDER BY d.id`;

const SUMS = `
  SELECT imported, (SELECT count(*) FROM deliveries WHERE campaign_id = campaigns.id) AS counted FROM campaigns`;

/** What must be true after every step of every world. */
export function checkAlways(world: World): void {
  if (world.db.inTransaction || !world.hasChanged()) return;
  for (const { imported, counted } of world.query(SUMS).all() as { imported: number; counted: number }[]) {
    if (counted !== imported) {
      throw new BrokenPromise(
        'balance',
        `${imported} people were imported, but the statuses add up to ${counted}`,
      );
    }
  }
  if (world.disk.refused.size > 0) return;
  for (const row of deliveriesOf(world)) checkDelivery(world, row);
}

/** A backup that was restored may be older than a test message, whose record is then of a message that nobody knows. */
export function mayHaveForgottenTest({ log, tally }: World, phone: string): boolean {
  return 'restore-backup' in tally.acts && log.testsTo(phone).some((test) => test.executed);
}

function checkDelivery(world: World, row: DeliveryRow): void {
  const { status, absent, reason } = row;
  const duty = dutyOf(row);
  const executions = world.log.executions(duty);
  const stands = `${status} ${reason ?? ''}`.trim();
  if (executions > (world.lying ? 1 + absent : 1)) {
    throw new BrokenPromise('twice', `${duty} got ${executions} messages (${stands}, absent ${absent})`);
  }
  // What the list shows was executed, so "executed" covers both ways to be accepted.
  const declared = world.declaredAccepted.has(duty);
  if (status === 'accepted' && executions === 0 && !declared && !mayHaveForgottenTest(world, row.phone)) {
    throw new BrokenPromise('accepted-unsent', `${duty} is accepted, but never got a message`);
  }
  if (isUnnoticed(status) && executions > (world.lying ? absent : 0)) {
    throw new BrokenPromise('sent-unnoticed', `${duty} is ${stands}, but got a message`);
  }
}

/** Who stands so got nothing, as far as the ledger knows. */
function isUnnoticed(status: string): boolean {
  return status === 'refused' || status === 'exhausted' || status === 'pending' || status === 'skipped';
}

/** The duty of a delivery. */
export function dutyOf({ campaign, phone, key }: Pick<DeliveryRow, 'campaign' | 'phone' | 'key'>): string {
  return dutyName(campaign, phone, key);
}

const INTENT = `
  SELECT d.status, a.outcome FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
  WHERE a.id = ? AND a.delivery_id = ?`;

/** Before a request leaves: its intent is in the ledger, committed, and would survive a power cut. */
export function checkIntent(world: World, delivery: ClaimedDelivery): void {
  const intent = world.query(INTENT).get(delivery.attemptId, delivery.deliveryId) as
    | { status: string; outcome: string }
    | undefined;
  if (intent?.status !== 'sending' || intent.outcome !== 'in-flight') {
    throw new BrokenPromise(
      'intent',
      `a request for ${delivery.phone} left without an intent (${JSON.stringify(intent)})`,
    );
  }
  if (world.db.inTransaction || !world.disk.commitsAreSynced) {
    throw new BrokenPromise('intent', `a request for ${delivery.phone} left before its intent was synced`);
  }
}

/** After a run that ended in order, stopped or not: every request that left was waited for and recorded. */
export function checkNothingInFlight(world: World, campaignId: number): void {
  const sending = "SELECT count(*) AS count FROM deliveries WHERE status = 'sending' AND campaign_id = ?";
  const { count } = world.query(sending).get(campaignId) as { count: number };
  if (count > 0)
    throw new BrokenPromise('lost', `a run ended in order and left ${count} deliveries in sending`);
}

/** While the provider asked for a pause nothing leaves, whenever it was claimed. */
export function checkNoPause(throttle: Throttle, delivery: ClaimedDelivery): void {
  const { pausedUntilMs } = throttle.pace();
  if (pausedUntilMs === null) return;
  throw new BrokenPromise('rate', `a request for ${delivery.phone} left in a pause until ${pausedUntilMs}`);
}

/** The throttle's promise: `rate × 1.02 + 1` in any second, whatever hung or died in between. */
export function checkRate(world: World): void {
  checkLastSecond(world, 'permits', world.permitsAtMs);
  checkLastSecond(world, 'requests', world.requestsAtMs);
}

function checkLastSecond(world: World, what: string, atMs: readonly number[]): void {
  const { ratePerSecond } = world.settings;
  const now = atMs.at(-1) ?? 0;
  let count = 0;
  for (let index = atMs.length - 1; index >= 0; index -= 1) {
    if (now - (atMs[index] ?? 0) >= 1_000) break;
    count += 1;
  }
  if (count > Math.floor(ratePerSecond * 1.02 + 1)) {
    throw new BrokenPromise('rate', `${count} ${what} in a second at ${ratePerSecond}/s`);
  }
}

/** A claim and the place of a request in it may be apart by so much. */
const CLAIMS_APART_MS = 5_000;

/** `limits.perRecipient`, by what people really got: a message of this campaign is none too many within the time. */
export function checkPerRecipient(world: World, { phone, duty }: Execution): void {
  // By a clock that was set, or a list that lies, too many may be allowed.
  if (duty === null || world.lying || world.settings.furthestClockMs !== 0) return;
  const all = world.log.messagesTo(phone);
  for (const message of all) {
    const limit = campaignOf(world, message.duty).perRecipient;
    if (limit === null) continue;
    const since = message.leftAtMs - limit.perMs + CLAIMS_APART_MS;
    const before = all.filter((one) => one.leftAtMs > since && one.leftAtMs < message.leftAtMs);
    if (before.length >= limit.count) {
      const hours = (limit.perMs / 3_600_000).toFixed(0);
      throw new BrokenPromise('limit', `${message.duty} is one message too many for ${phone} in ${hours} h`);
    }
  }
}

/** Every delivery of the ledger. */
export function deliveriesOf(world: World): readonly DeliveryRow[] {
  return world.query(DELIVERIES).all() as DeliveryRow[];
}

function campaignOf(world: World, duty: string): SimulatedCampaign {
  const found = world.settings.campaigns.find(({ name }) => name === campaignNameOf(duty));
  if (found === undefined) throw new Error(`no campaign has the duty ${duty}`);
  return found;
}
