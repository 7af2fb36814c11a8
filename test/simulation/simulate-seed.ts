import type { Halt } from '../../src/core/halt.js';
import { pauseCampaign, resumeCampaign } from '../../src/ledger/control.js';
import { beginTestSend, endTestSend } from '../../src/ledger/sent-messages.js';
import { requeue } from '../../src/ledger/requeue.js';
import { sqliteError, type LedgerFaults } from '../support/faulty-ledger.js';
import type { Dice } from './dice.js';
import { checkAlways, checkEnding, type Ending } from './invariants.js';
import { type Doom, Life, type LifeEnd } from './life.js';
import type { SimulatedCampaign, WorldSettings } from './settings.js';
import { TEMPLATE, World, type WorldTally, WORKSPACE } from './world.js';

/** What one world came to. */
export interface SeedReport extends Ending {
  readonly seed: number;
  /** Equal for two runs of the same seed. */
  readonly fingerprint: string;
  readonly lying: boolean;
  readonly tally: WorldTally;
}

/** A promise that broke, with all that is needed to see it again. */
export class SeedFailure extends Error {
  override readonly name = 'SeedFailure';
  readonly seed: number;
  readonly told: readonly string[];

  constructor(seed: number, cause: unknown, told: readonly string[]) {
    super(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.seed = seed;
    this.told = told;
  }
}

const MINUTE = 60_000;
const MOST_RERUNS = 12;
const NO_FAULTS: LedgerFaults = () => null;
const UNHARMED: Doom = {
  crashAtStep: null,
  stopAfterMs: null,
  ledgerFaults: NO_FAULTS,
  disturbed: () => false,
};

/**
 * Lets one world run: processes that crash, are stopped, or whose disk fails, until the provider heals and enough
 * reruns have settled everybody. Throws a `SeedFailure` at the first broken promise. `tell` keeps the story.
 */
export async function simulateSeed(
  seed: number,
  tell = false,
  settings: WorldSettings | null = null,
): Promise<SeedReport> {
  const world = new World(seed, settings, tell);
  const uninstall = world.time.install();
  try {
    await troubledLives(world);
    await healedLives(world);
    const ending = checkEnding(world);
    return { seed, fingerprint: world.fingerprint, lying: world.lying, tally: world.tally, ...ending };
  } catch (error) {
    throw new SeedFailure(seed, error, world.told ?? []);
  } finally {
    uninstall();
    world.time.processEnds();
    world.close();
  }
}

async function troubledLives(world: World): Promise<void> {
  const { dice, settings } = world;
  for (let life = 0; life < settings.lives; life += 1) {
    const campaign = dice.oneOf(settings.campaigns);
    await live(world, campaign, drawDoom(world, dice));
    await passSome(world, dice);
    if (dice.chance(0.2)) act(world, campaign, dice);
    const { largestStepMs } = settings;
    if (largestStepMs > 0) world.time.setWallClock(dice.between(-largestStepMs, largestStepMs));
  }
}

function drawDoom(world: World, dice: Dice): Doom {
  const crashAtStep = dice.chance(0.6) ? dice.between(1, dice.oneOf([15, 60, 300])) : null;
  const stopAfterMs = dice.chance(0.15) ? dice.between(1, 30_000) : null;
  const faultsBefore = world.tally.ledgerFaults;
  const disturbed = (): boolean => world.tally.ledgerFaults > faultsBefore;
  const ledgerFaults = dice.chance(0.3) ? drawFaults(world, dice) : NO_FAULTS;
  return { crashAtStep, stopAfterMs, ledgerFaults, disturbed };
}

/** The disk fails at some step, once or for a while. */
function drawFaults(world: World, dice: Dice): LedgerFaults {
  const code = dice.oneOf(['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC']);
  const first = dice.between(1, 400);
  const last = first + dice.oneOf([0, 0, 5, 10_000]);
  let steps = 0;
  return (step) => {
    if (step === 'committed' && code !== 'SQLITE_IOERR_FSYNC') return null;
    steps += 1;
    if (steps < first || steps > last) return null;
    world.tally.ledgerFaults += 1;
    world.tell(`${code} at ${step}`);
    return sqliteError(code);
  };
}

/** Until the next start: at least the second that a process takes, at most some hours. */
function passSome(world: World, dice: Dice): Promise<void> {
  return world.time.pass(dice.between(1_000, dice.oneOf([2_000, 60_000, 30 * MINUTE, 120 * MINUTE])));
}

/** What a person does in between: pause and resume, or try refused ones again. */
function act(world: World, campaign: SimulatedCampaign, dice: Dice): void {
  const id = idOf(world, campaign);
  if (id === null) return;
  const at = world.time.clock.now();
  if (dice.chance(0.5)) {
    pauseCampaign(world.db, id, 'model', at);
    world.time.later(dice.between(1, 20) * 1_000, () => {
      // The person's terminal waits for a process that imports.
      if (!world.db.inTransaction) resumeCampaign(world.db, id, 'model', world.time.clock.now());
    });
  } else retry(world, campaign);
  checkAlways(world);
}

function retry(world: World, campaign: SimulatedCampaign): void {
  const id = idOf(world, campaign);
  if (id === null) return;
  const all = { status: null, code: null, person: null, failedBefore: null };
  requeue(world.db, id, all, { by: 'model', at: world.time.clock.now() });
}

/** null: the campaign never came so far. */
function idOf(world: World, campaign: SimulatedCampaign): number | null {
  const row = world.query('SELECT id FROM campaigns WHERE name = ?').get(campaign.name);
  return row === undefined ? null : (row as { id: number }).id;
}

async function live(world: World, campaign: SimulatedCampaign, doom: Doom): Promise<LifeEnd> {
  const ended = await new Life(world, campaign, doom).run();
  if (ended.kind === 'rejected' && !isInjected(ended.error)) throw ended.error;
  const halt = haltOf(ended);
  if (halt !== null) world.tally.halts.push(halt);
  return ended;
}

function haltOf(ended: LifeEnd): Halt | null {
  return ended.kind === 'ended' && ended.end.kind === 'ran' ? ended.end.delivered.halt : null;
}

function isInjected(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('injected');
}

/** The provider works again, its list is up to date in the end, and people rerun what is not finished. */
async function healedLives(world: World): Promise<void> {
  const { settings, time } = world;
  world.provider.heal();
  world.list.heal();
  time.setWallClock(0);
  const { lagMs, frozen } = settings.list;
  const thawedMs = frozen === null ? 0 : Math.max(0, frozen.toMs - time.nowMs);
  for (let rerun = 0; rerun < MOST_RERUNS && !isFinished(world); rerun += 1) {
    // A control after the deadline of the last attempt, then the settle time, then the list must have caught up.
    await time.pass(settings.provider.timeoutMs + 2 * MINUTE);
    await sendTest(world);
    await time.pass(settings.settleMs + lagMs + thawedMs + 10 * MINUTE);
    resumeAll(world);
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
  const ids = world.db.prepare("SELECT id FROM campaigns WHERE control <> 'go'").pluck().all() as number[];
  for (const id of ids) resumeCampaign(world.db, id, 'model', world.time.clock.now());
}

function isFinished(world: World): boolean {
  return !world.settings.campaigns.some((campaign) => isOpen(world, campaign));
}

const OPEN = "SELECT 1 FROM deliveries WHERE campaign_id = ? AND status IN ('pending', 'sending', 'uncertain')";

/** Whether it has something left to do, or was never imported. */
function isOpen(world: World, campaign: SimulatedCampaign): boolean {
  const id = idOf(world, campaign);
  if (id === null || world.query('SELECT 1 FROM imports WHERE campaign_id = ?').get(id) === undefined) return true;
  return world.query(OPEN).get(id) !== undefined;
}

/** `plazcast test` to oneself: a control. */
async function sendTest(world: World): Promise<void> {
  const { db, time } = world;
  const phone = '51999999999';
  const test = { workspace: WORKSPACE, campaign: 'one', template: TEMPLATE, phone, person: phone };
  const id = beginTestSend(db, test, time.clock.now());
  let answered = false;
  void world.provider.post({ phone, template: TEMPLATE, campaignName: null }, null).then((outcome) => {
    endTestSend(db, id, outcome.kind, outcome.answer, time.clock.now());
    answered = true;
  });
  await time.runUntil(() => answered, 1_000);
}
