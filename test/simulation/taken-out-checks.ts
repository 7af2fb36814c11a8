import type { ClaimedDelivery } from '../../src/core/delivery.js';
import { BrokenPromise } from './broken-promise.js';
import type { PlannedFile } from './planned-file.js';
import type { SimulatedCampaign } from './settings.js';
import type { World } from './world.js';

/**
 * Taken out is out: no request leaves for somebody who was suppressed, whose campaign was canceled, or whose row was
 * not in the file that this run read, whatever brought them back to pending.
 *
 * @param claimed place of its claim among everything that ended
 */
export function checkTakenOut(
  world: World,
  { name }: SimulatedCampaign,
  duty: string,
  phone: string,
  file: PlannedFile | null,
  claimed = Number.POSITIVE_INFINITY,
): void {
  const objection =
    world.takenOut.objection(name, phone, claimed, world.time.nowMs) ?? objectionOf(duty, phone, file);
  if (objection !== null) throw new BrokenPromise('taken-out', `a request left for ${duty}: ${objection}`);
}

function objectionOf(duty: string, phone: string, file: PlannedFile | null): string | null {
  if (file === null) return 'no file was read';
  if (!file.duties.has(duty)) return 'removed from the file that this run read';
  return file.suppressed.has(phone) ? 'on the do-not-contact file that this run read' : null;
}

const ON_A_LIST = `
  SELECT s.source FROM suppressions s JOIN deliveries d ON d.person = s.person AND d.id = ?
  WHERE s.campaign_id IN (0, ?) AND s.expires_at IS NULL`;

/** Nobody is claimed who stands on a list of the ledger, as of the claim's own commit. */
export function checkClaimed(world: World, campaignId: number, deliveries: readonly ClaimedDelivery[]): void {
  for (const { deliveryId, phone } of deliveries) {
    const found = world.query(ON_A_LIST).get(deliveryId, campaignId) as { source: string } | undefined;
    if (found === undefined) continue;
    throw new BrokenPromise('taken-out', `${phone} was claimed, who is on the list (${found.source})`);
  }
}
