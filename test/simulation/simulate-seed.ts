import { type LedgerFaults, sqliteError } from '../support/faulty-ledger.js';
import { type BrokenKind, BrokenPromise } from './broken-promise.js';
import type { Dice } from './dice.js';
import { checkEnding, type Ending } from './ending.js';
import { healedLives, live, UNHARMED } from './lives.js';
import type { Doom } from './mortal.js';
import { lastWords } from './operator/last-words.js';
import { Operator } from './operator/operator.js';
import type { WorldSettings } from './settings.js';
import { Story, type StoryDepth } from './story.js';
import { TROUBLES, type Trouble } from './troubles.js';
import { type World, type WorldTally, worldOf } from './world.js';

/** What one world came to. */
export interface SeedReport extends Ending {
  readonly seed: number;
  /** Equal for two runs of the same seed. */
  readonly fingerprint: string;
  readonly lying: boolean;
  readonly tally: WorldTally;
}

/** How a seed is looked at. */
export interface SeedOptions {
  /** How much of the story is kept; left out: nothing. */
  readonly tell?: StoryDepth;
  /** What may befall the world; left out: what is switched on. */
  readonly troubles?: ReadonlySet<Trouble>;
  /** Numbers of the troubles that do not happen, as the story counts them. */
  readonly leftOut?: ReadonlySet<number>;
  /** Left out: the seed draws them. */
  readonly settings?: WorldSettings;
}

/** A promise that broke, with all that is needed to see it again. */
export class SeedFailure extends Error {
  override readonly name = 'SeedFailure';
  readonly seed: number;
  readonly story: Story;
  /** `bug`: something was thrown that is no broken promise. */
  readonly kind: BrokenKind | 'bug';

  constructor(seed: number, cause: unknown, story: Story) {
    super(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.seed = seed;
    this.story = story;
    this.kind = cause instanceof BrokenPromise ? cause.kind : 'bug';
  }
}

const MINUTE = 60_000;

/**
 * Lets one world run: processes that crash, are stopped, or whose disk fails, and an operator who does what operators
 * do, until the provider heals and enough reruns have settled everybody. Throws a `SeedFailure` at the first broken
 * promise.
 */
export async function simulateSeed(seed: number, options: SeedOptions = {}): Promise<SeedReport> {
  const story = new Story(options.tell ?? 'nothing', options.leftOut);
  const { settings = null, troubles = new Set(TROUBLES) } = options;
  const world = worldOf(seed, { settings, troubles, story });
  const uninstall = world.time.install();
  try {
    await troubledLives(world);
    await healedLives(world);
    const ending = checkEnding(world);
    await lastWords(world);
    return { seed, fingerprint: story.fingerprint, lying: world.lying, tally: world.tally, ...ending };
  } catch (error) {
    throw new SeedFailure(seed, error, story);
  } finally {
    uninstall();
    world.time.processEnds();
    world.close();
  }
}

async function troubledLives(world: World): Promise<void> {
  const { dice, settings } = world;
  const operator = new Operator(world);
  for (let life = 0; life < settings.lives; life += 1) {
    const campaign = dice.oneOf(settings.campaigns);
    operator.actDuring();
    await live(world, campaign, drawDoom(world, dice));
    await passSome(world, dice);
    await operator.actBetween();
    const { largestStepMs } = settings;
    if (largestStepMs > 0) world.time.setWallClock(dice.between(-largestStepMs, largestStepMs));
  }
}

function drawDoom(world: World, dice: Dice): Doom {
  const crashAtStep = dice.chance(0.6) ? dice.between(1, dice.oneOf([15, 60, 300])) : null;
  const stopAfterMs = dice.chance(0.15) ? dice.between(1, 30_000) : null;
  const faultsBefore = world.tally.ledgerFaults;
  const disturbed = (): boolean => world.tally.ledgerFaults > faultsBefore;
  const ledgerFaults = dice.chance(0.3) ? drawFaults(world, dice) : UNHARMED.ledgerFaults;
  const limited = world.settings.troubles.has('run-limit') && dice.chance(0.2);
  const limit = limited && world.befalls('run-limit', 'a limit') ? dice.between(1, 4) : null;
  const doomed = crashAtStep !== null && world.befalls(null, `a crash at step ${crashAtStep}`);
  const stopped = stopAfterMs !== null && world.befalls(null, `a stop after ${stopAfterMs} ms`);
  const failing = ledgerFaults !== UNHARMED.ledgerFaults && world.befalls(null, 'a failing disk');
  return {
    crashAtStep: doomed ? crashAtStep : null,
    stopAfterMs: stopped ? stopAfterMs : longestLifeMs(world),
    ledgerFaults: failing ? ledgerFaults : UNHARMED.ledgerFaults,
    outage: dice.chance(0.1) && world.befalls(null, 'the provider is out'),
    limit,
    disturbed,
  };
}

/** Nobody watches a run for a day that waits because a clock was set back by one. */
function longestLifeMs({ settings }: World): number | null {
  return settings.furthestClockMs === 0 ? null : 60 * MINUTE;
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
    // Whoever is told that the ledger is busy has committed nothing: https://www.sqlite.org/rescode.html#busy.
    if (code === 'SQLITE_BUSY' && step === 'committed') return null;
    world.tally.ledgerFaults += 1;
    world.tell(`${code} at ${step}`);
    return sqliteError(code);
  };
}

/** Until the next start: at least the second that a process takes, at most some hours. */
function passSome(world: World, dice: Dice): Promise<void> {
  return world.time.pass(dice.between(1_000, dice.oneOf([2_000, 60_000, 30 * MINUTE, 120 * MINUTE])));
}
