import type { Canary, StopWhen } from '../../src/core/campaign.js';
import type { Dice } from './dice.js';
import type { ListHabits } from './model-list.js';
import type { ProviderHabits } from './model-provider.js';

/** One campaign of a simulated world. */
export interface SimulatedCampaign {
  readonly name: string;
  readonly campaignName: string;
  readonly people: number;
  readonly stopWhen: StopWhen;
  readonly canary: Canary | null;
  readonly perDay: number | null;
}

/** Everything about a world that its seed decides before it begins. */
export interface WorldSettings {
  readonly campaigns: readonly [SimulatedCampaign, ...SimulatedCampaign[]];
  readonly ratePerSecond: number;
  readonly concurrency: number;
  readonly attempts: number;
  readonly settleMs: number;
  readonly provider: ProviderHabits;
  readonly list: ListHabits;
  /** Largest wall-clock step, either way. */
  readonly largestStepMs: number;
  /** Share of ledger calls that take a moment, as another store's would. */
  readonly slowLedger: number;
  /** Share of sleeps after which the event loop hung. */
  readonly stalls: number;
  readonly lives: number;
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** Draws a world. A quarter of them have a list that lies by leaving records out; a few are in a hurry. */
export function drawSettings(dice: Dice): WorldSettings {
  const settings = drawUsual(dice);
  return dice.chance(0.03) ? hurried(settings, dice) : settings;
}

/** Hundreds a second, answered at once: only here a run claims ahead of permits and places. */
function hurried(settings: WorldSettings, dice: Dice): WorldSettings {
  const [{ stopWhen, ...one }] = settings.campaigns;
  const people = dice.between(60, 150);
  return {
    ...settings,
    campaigns: [
      {
        ...one,
        people,
        stopWhen: { ...stopWhen, uncertain: dice.between(2, 60) },
        canary: null,
        perDay: null,
      },
    ],
    ratePerSecond: dice.between(500, 2_000),
    concurrency: dice.between(8, 24),
    provider: { ...settings.provider, latencyMs: { least: 2, most: 8 }, faulty: dice.oneOf([0, 0.02, 0.2]) },
    list: { ...settings.list, pageSize: dice.between(20, 60) },
  };
}

function drawUsual(dice: Dice): WorldSettings {
  const timeoutMs = dice.between(2, 60) * SECOND;
  const settleMs = dice.between(5, 15) * MINUTE;
  const largestStepMs = dice.chance(0.4) ? 60 * SECOND : 0;
  // The settle time covers a late execution, its lag in the list, and a clock that was set meanwhile.
  const coveredMs = settleMs - 2 * largestStepMs - MINUTE;
  const late = dice.chance(0.5);
  const lagMs = dice.chance(0.5) ? 0 : dice.between(0, late ? coveredMs / 2 : 60 * MINUTE);
  const two = dice.chance(0.3);
  const people = dice.between(2, 9);
  return {
    campaigns: two
      ? [drawCampaign(dice, 'one', people), drawCampaign(dice, 'two', dice.between(2, people))]
      : [drawCampaign(dice, 'one', people)],
    ratePerSecond: dice.between(1, 40),
    concurrency: dice.between(1, 6),
    attempts: dice.between(2, 4),
    settleMs,
    provider: {
      latencyMs: { least: 5, most: 400 },
      faulty: dice.oneOf([0, 0.2, 0.4, 0.7]),
      timeoutMs,
      latestMs: late ? Math.floor(coveredMs - lagMs) : 0,
    },
    list: drawList(dice, lagMs, late, two),
    largestStepMs,
    slowLedger: dice.oneOf([0, 0, 0.3]),
    stalls: dice.oneOf([0, 0, 0.02]),
    lives: dice.between(1, 5),
  };
}

function drawList(dice: Dice, lagMs: number, late: boolean, two: boolean): ListHabits {
  const fromMs = dice.between(0, 30) * MINUTE;
  const frozen = !late && dice.chance(0.5) ? { fromMs, toMs: fromMs + dice.between(5, 90) * MINUTE } : null;
  return {
    lagMs,
    frozen,
    order: dice.oneOf(['newest-first', 'oldest-first', 'shuffled']),
    pageSize: dice.between(1, 6),
    shortPages: dice.oneOf([0, 0.3]),
    failingPages: dice.oneOf([0, 0.1]),
    listedTwice: dice.oneOf([0, 0.2]),
    // With two campaigns to the same people a record that cannot be read may be either's.
    unreadable: two ? 0 : dice.oneOf([0, 0.3]),
    missing: dice.chance(0.25) ? 0.3 : 0,
    clockOffsetMs: dice.chance(0.3) ? dice.between(-20, 20) * MINUTE : 0,
  };
}

function drawCampaign(dice: Dice, name: string, people: number): SimulatedCampaign {
  const canary = { first: dice.between(1, 3), waitMs: dice.between(1, 10) * MINUTE, maxFailures: 0.9 };
  return {
    name,
    campaignName: `Sale ${name}`,
    people,
    stopWhen: { failures: 0.9, over: dice.between(3, 20), uncertain: dice.between(2, 20) },
    canary: dice.chance(0.2) ? canary : null,
    perDay: dice.chance(0.1) ? dice.between(2, 20) : null,
  };
}
