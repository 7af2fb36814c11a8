import { pauseCampaign, resumeCampaign } from '../../src/ledger/control.js';
import { type LedgerFaults, sqliteError } from '../support/faulty-ledger.js';
import type { Dice } from './dice.js';
import { checkAlways, checkEnding, type Ending } from './invariants.js';
import { healedLives, idOf, live, retry } from './lives.js';
import type { Doom } from './mortal.js';
import type { SimulatedCampaign, WorldSettings } from './settings.js';
import { World, type WorldTally } from './world.js';

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
const NO_FAULTS: LedgerFaults = () => null;

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
