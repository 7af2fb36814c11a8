import { LedgerError } from '../../src/core/ledger/ledger.js';
import type { Halt } from '../../src/core/problem.js';
import { requeue, resumeCampaign } from '../support/on-sqlite.js';
import { Life, type LifeEnd } from './life.js';
import type { Doom } from './mortal.js';
import type { SimulatedCampaign } from './settings.js';
import { sendTest } from './test-message.js';
import type { World } from './world.js';

const MINUTE = 60_000;
const MOST_RERUNS = 12;

/** Nothing befalls it. */
export const UNHARMED: Doom = {
  crashAtStep: null,
  stopAfterMs: null,
  ledgerFaults: () => null,
  outage: false,
  limit: null,
  disturbed: () => false,
};

/** One process from its start to its end. Throws what is neither expected nor injected. */
export async function live(world: World, campaign: SimulatedCampaign, doom: Doom): Promise<LifeEnd> {
  world.provider.isOut = doom.outage;
  const ended = await new Life(world, campaign, doom).run();
  world.putLedgerBack();
  if (ended.kind === 'rejected' && !isInjected(ended.error)) throw ended.error;
  const halt = haltOf(ended);
  if (halt !== null) world.tally.halts.push(halt);
  return ended;
}

function haltOf(ended: LifeEnd): Halt | null {
  return ended.kind === 'ended' && ended.value.kind === 'ran' ? ended.value.delivered.halt : null;
}

function isInjected(error: unknown): boolean {
  const cause = error instanceof LedgerError ? error.cause : error;
  return cause instanceof Error && cause.message.startsWith('injected');
}

/** The provider works again, its list is up to date in the end, clocks are right, and people rerun what is not finished. */
export async function healedLives(world: World): Promise<void> {
  const { settings, time } = world;
  world.tell('quiet from here on');
  world.isQuiet = true;
  world.provider.heal();
  world.list.heal();
  const wasOff = time.stepMs !== 0 || settings.furthestClockMs !== 0;
  time.setWallClock(0);
  // What was put off by a clock that was ahead is due by then.
  if (wasOff) await time.pass(Math.abs(settings.furthestClockMs) + MINUTE);
  const { lagMs, frozen } = settings.list;
  const thawedMs = frozen === null ? 0 : Math.max(0, frozen.toMs - time.nowMs);
  resumeAll(world);
  for (const campaign of settings.campaigns) await live(world, campaign, UNHARMED);
  await rerun(world, lagMs + thawedMs);
}

/** Until nothing is left to do: a control, the settle time, and whatever a list takes to catch up, then another run. */
export async function rerun(world: World, behindMs: number): Promise<void> {
  const { settings, time } = world;
  for (let count = 0; count < MOST_RERUNS && !isFinished(world); count += 1) {
    // A control after the deadline of the last attempt.
    await time.pass(settings.provider.timeoutMs + 2 * MINUTE);
    await sendTest(world);
    await time.pass(settings.settleMs + behindMs + 10 * MINUTE);
    for (const campaign of settings.campaigns) {
      if (!isOpen(world, campaign)) continue;
      const ended = await live(world, campaign, UNHARMED);
      if (haltOf(ended)?.code === 'halt.per-day') await time.pass(25 * 60 * MINUTE);
      // The first few were refused, and a person tries them again.
      if (haltOf(ended)?.code === 'halt.canary') retry(world, campaign);
    }
  }
}

function resumeAll(world: World): void {
  for (const campaign of world.settings.campaigns) {
    const control = controlOf(world, campaign);
    if (control === 'paused' || control === 'canceled') resume(world, campaign);
  }
}

/** `plazcast resume`. */
export function resume(world: World, campaign: SimulatedCampaign): void {
  const id = idOf(world, campaign);
  if (id === null) return;
  resumeCampaign(world.db, id, { by: 'model', at: world.time.clock.now() });
  world.takenOut.resume(campaign.name);
}

/** What a campaign's operator said last; null: the ledger does not know the campaign. */
export function controlOf(world: World, campaign: SimulatedCampaign): string | null {
  const row = world.query('SELECT control FROM campaigns WHERE name = ?').get(campaign.name);
  return row === undefined ? null : (row as { control: string }).control;
}

function isFinished(world: World): boolean {
  return !world.settings.campaigns.some((campaign) => isOpen(world, campaign));
}

const OPEN =
  "SELECT 1 FROM deliveries WHERE campaign_id = ? AND status IN ('pending', 'sending', 'uncertain')";

/** Whether it has something left to do, or was never imported. */
function isOpen(world: World, campaign: SimulatedCampaign): boolean {
  const id = idOf(world, campaign);
  if (id === null || world.query('SELECT 1 FROM imports WHERE campaign_id = ?').get(id) === undefined)
    return true;
  return world.query(OPEN).get(id) !== undefined;
}

/** An operator's retry of everything that was refused. */
export function retry(world: World, campaign: SimulatedCampaign): void {
  const id = idOf(world, campaign);
  if (id === null) return;
  const all = { status: null, code: null, group: null, person: null, failedBefore: null };
  requeue(world.db, id, all, { by: 'model', at: world.time.clock.now() });
}

/** Id of a campaign in the ledger; null: it never came so far. */
export function idOf(world: World, campaign: SimulatedCampaign): number | null {
  const row = world.query('SELECT id FROM campaigns WHERE name = ?').get(campaign.name);
  return row === undefined ? null : (row as { id: number }).id;
}
