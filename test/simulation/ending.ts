import { BrokenPromise } from './broken-promise.js';
import { isExcused } from './excuses.js';
import { type DeliveryRow, deliveriesOf, dutyOf } from './invariants.js';
import { dutyName } from './names.js';
import type { World } from './world.js';

/** How a world ended. */
export interface Ending {
  readonly people: number;
  /** Duties that somebody got more than once. */
  readonly duplicates: number;
  /** Duties that are neither final nor named. */
  readonly lost: number;
  readonly uncertain: number;
}

const REASONS = 'SELECT reasons FROM unsettled WHERE delivery_id = ?';

/**
 * After the provider has healed and enough reruns: everybody is settled, or was taken out and still is, or is uncertain
 * for a reason that the world has; with a list that lies, for any reason that is written down.
 */
export function checkEnding(world: World): Ending {
  const rows = deliveriesOf(world);
  for (const row of rows) checkEnded(world, row);
  const duplicates = rows.filter((row) => world.log.executions(dutyOf(row)) > 1).length;
  const uncertain = rows.filter(({ status }) => status === 'uncertain').length;
  return { people: rows.length, duplicates, lost: 0, uncertain };
}

function checkEnded(world: World, row: DeliveryRow): void {
  const { status, reason } = row;
  if (status === 'accepted' || status === 'refused' || status === 'exhausted') return;
  const stands = `${dutyOf(row)} is ${status} ${reason ?? ''}`.trim();
  switch (status) {
    case 'skipped':
      if (isStillTakenOut(world, row)) return;
      throw new BrokenPromise('lost', `${stands}, but nobody takes them out any more`);
    case 'uncertain':
      checkUncertain(world, row, stands);
      return;
    case 'pending':
      if (stoppedAtCanary(world, row)) return;
      throw new BrokenPromise('lost', `${stands}: nobody's problem`);
    default:
      throw new BrokenPromise('lost', `${stands}: nobody's problem`);
  }
}

/** Whether what made somebody skipped is still true. */
function isStillTakenOut(world: World, { campaign, phone, key, reason }: DeliveryRow): boolean {
  const settings = world.settings.campaigns.find(({ name }) => name === campaign);
  if (settings === undefined) return false;
  switch (reason) {
    case 'suppressed':
      return world.takenOut.isSuppressed(phone) || world.suppressFile.has(phone) || optedOut(world, phone);
    case 'canceled':
      return world.takenOut.isCanceled(campaign);
    case 'removed':
      return !world
        .fileOf(settings)
        .state.rows.some(
          (row) =>
            dutyName(campaign, world.phoneOf(row.person), row.key) === dutyOf({ campaign, phone, key }),
        );
    case 'capped':
      return settings.perRecipient !== null;
    default:
      return false;
  }
}

function optedOut(world: World, phone: string): boolean {
  const found = world.query("SELECT 1 FROM suppressions WHERE person = ? AND source = 'whatsapp'").get(phone);
  return found !== undefined;
}

function stoppedAtCanary(world: World, { campaign }: DeliveryRow): boolean {
  const halted = "SELECT 1 FROM campaigns WHERE name = ? AND halt LIKE '%halt.canary%'";
  return world.query(halted).get(campaign) !== undefined;
}

function checkUncertain(world: World, row: DeliveryRow, stands: string): void {
  const noted = world.query(REASONS).get(row.id) as { reasons: string } | undefined;
  if (noted === undefined) throw new BrokenPromise('lost', `${stands}, and nobody says why`);
  const reasons = (JSON.parse(noted.reasons) as { code: string }[]).map(({ code }) => code);
  if (world.lying || reasons.every((code) => isExcused(world, row, code))) return;
  throw new BrokenPromise('lost', `${stands} with an honest list: ${reasons.join(', ')}`);
}
