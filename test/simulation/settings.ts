import type { Campaign, CampaignType, Canary, RecipientLimit, StopWhen } from '../../src/core/campaign.js';
import type { Dice } from './dice.js';
import type { ListHabits } from './model-list.js';
import type { ProviderHabits } from './model-provider.js';
import type { FileHabits } from './people-file.js';
import type { Trouble } from './troubles.js';

/** One campaign of a simulated world. */
export interface SimulatedCampaign {
  readonly name: string;
  readonly type: CampaignType;
  /** null for type individual. */
  readonly campaignName: string | null;
  readonly file: FileHabits;
  /** `recipients.key`. */
  readonly keyColumn: string | null;
  readonly stopWhen: StopWhen;
  readonly canary: Canary | null;
  readonly perDay: Campaign['limits']['perDay'];
  readonly perRecipient: RecipientLimit | null;
}

/** How busy the operator is. */
export interface OperatorHabits {
  /** Most acts between two processes, and while one is alive. */
  readonly between: number;
  readonly during: number;
  /** Share of requests during which the person is put on the do-not-contact list. */
  readonly whileOut: number;
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
  readonly operator: OperatorHabits;
  /** Largest wall-clock step between two processes, either way. */
  readonly largestStepMs: number;
  /** Furthest from true time that an operator sets this machine's clock; its sign is the direction. */
  readonly furthestClockMs: number;
  /** Share of ledger calls that take a moment, as another store's would. */
  readonly slowLedger: number;
  /** Share of sleeps after which the event loop hung. */
  readonly stalls: number;
  readonly lives: number;
  /** What may befall it. */
  readonly troubles: ReadonlySet<Trouble>;
}

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A zone and daylight saving may be wrong by 26 h; the provider's clock is off, too. */
const FURTHEST_CLOCK_MS = 25 * HOUR;

/** Draws a world. A quarter of them have a list that lies by leaving records out; a few are in a hurry. */
export function drawSettings(dice: Dice, troubles: ReadonlySet<Trouble>): WorldSettings {
  const settings = drawUsual(dice, withoutClashes(dice, troubles));
  return dice.chance(0.03) ? hurried(settings, dice) : settings;
}

/** With a boot that is over and a provider whose clock jumps, no clock is left that tells how long something is ago. */
function withoutClashes(dice: Dice, troubles: ReadonlySet<Trouble>): ReadonlySet<Trouble> {
  const clashing = dice.oneOf(['reboot', 'set-provider-clock'] as const);
  if (!troubles.has('reboot') || !troubles.has('set-provider-clock')) return troubles;
  return new Set([...troubles].filter((trouble) => trouble !== clashing));
}

/** Hundreds a second, answered at once: only here many are claimed before they leave. */
function hurried(settings: WorldSettings, dice: Dice): WorldSettings {
  const [{ stopWhen, file, ...one }] = settings.campaigns;
  const people = dice.between(60, 150);
  return {
    ...settings,
    campaigns: [
      {
        ...one,
        file: { ...file, people },
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

function drawUsual(dice: Dice, troubles: ReadonlySet<Trouble>): WorldSettings {
  const timeoutMs = dice.between(2, 60) * SECOND;
  const settleMs = dice.between(5, 15) * MINUTE;
  const setsClock = troubles.has('set-clock') || troubles.has('set-clock-in-run');
  const furthestClockMs = setsClock && dice.chance(0.5) ? drawFurthest(dice) : 0;
  const largestStepMs = furthestClockMs === 0 && dice.chance(0.4) ? 60 * SECOND : 0;
  // The settle time covers a late execution, its lag in the list, and a clock that was set meanwhile.
  const coveredMs = settleMs - 2 * largestStepMs - MINUTE;
  const late = dice.chance(0.5);
  const lagMs = dice.chance(0.5) ? 0 : dice.between(0, late ? coveredMs / 2 : 60 * MINUTE);
  const campaigns = drawCampaigns(dice, troubles);
  return {
    campaigns,
    ratePerSecond: dice.between(1, 40),
    concurrency: dice.between(1, 6),
    attempts: dice.between(2, 4),
    settleMs,
    provider: {
      latencyMs: { least: 5, most: 400 },
      faulty: dice.oneOf([0, 0.2, 0.4, 0.7]),
      timeoutMs,
      latestMs: late ? Math.floor(coveredMs - lagMs) : 0,
      echo: troubles.has('echo') ? dice.oneOf([0, 0.5]) : 0,
      optOuts: troubles.has('opt-out') ? dice.oneOf([0, 0.3]) : 0,
    },
    list: drawList(dice, lagMs, late, troubles, haveLookalikes(campaigns)),
    operator: {
      between: dice.oneOf([0, 1, 3, 5]),
      during: dice.oneOf([0, 0, 2, 4]),
      whileOut: dice.oneOf([0, 0.1, 0.3]),
    },
    largestStepMs,
    furthestClockMs,
    slowLedger: dice.oneOf([0, 0, 0.3]),
    stalls: dice.oneOf([0, 0, 0.02]),
    lives: dice.between(1, 5),
    troubles,
  };
}

function drawFurthest(dice: Dice): number {
  return dice.oneOf([1, -1]) * dice.oneOf([10 * MINUTE, 70 * MINUTE, FURTHEST_CLOCK_MS]);
}

/** Whether a person may get several messages that look the same. */
function haveLookalikes(campaigns: readonly SimulatedCampaign[]): boolean {
  return campaigns.length > 1 || campaigns.some(({ file, type }) => file.orders > 1 || type === 'individual');
}

function drawList(
  dice: Dice,
  lagMs: number,
  late: boolean,
  troubles: ReadonlySet<Trouble>,
  lookalikes: boolean,
): ListHabits {
  const fromMs = dice.between(0, 30) * MINUTE;
  const frozen = !late && dice.chance(0.5) ? { fromMs, toMs: fromMs + dice.between(5, 90) * MINUTE } : null;
  return {
    lagMs,
    frozen,
    order: dice.oneOf(['newest-first', 'oldest-first', 'shuffled', 'last-changed', 'counted']),
    pageSize: dice.between(1, 6),
    shortPages: dice.oneOf([0, 0.3]),
    failingPages: dice.oneOf([0, 0.1]),
    // Where two messages may look the same, one that is listed under two ids would pass for both.
    listedTwice: lookalikes ? 0 : dice.oneOf([0, 0.2]),
    unreadable: dice.oneOf([0, 0.3]),
    missing: dice.chance(0.25) ? 0.3 : 0,
    memoryMs: troubles.has('short-memory') && dice.chance(0.3) ? dice.oneOf([2, 8, 30]) * HOUR : null,
    clockOffsetMs: dice.chance(0.3) ? dice.between(-20, 20) * MINUTE : 0,
  };
}

function drawCampaigns(dice: Dice, troubles: ReadonlySet<Trouble>): WorldSettings['campaigns'] {
  const people = dice.between(1, 9);
  const one = drawCampaign(dice, troubles, 'one', people);
  if (!dice.chance(0.3)) return [one];
  const two = drawCampaign(dice, troubles, 'two', dice.between(1, people));
  const twins = troubles.has('twin-campaigns') && dice.chance(0.6);
  if (!twins) return [one, two];
  const label = dice.oneOf(['', 'two']);
  const { type, campaignName } = one;
  return [one, { ...two, type, campaignName, file: { ...two.file, label } }];
}

function drawCampaign(
  dice: Dice,
  troubles: ReadonlySet<Trouble>,
  name: string,
  people: number,
): SimulatedCampaign {
  const canary = { first: dice.between(1, 3), waitMs: dice.between(1, 10) * MINUTE, maxFailures: 0.9 };
  const individual = troubles.has('individual') && dice.chance(0.3);
  const limited = troubles.has('per-recipient') && dice.chance(0.2);
  const file = drawFile(dice, troubles, people);
  return {
    name,
    type: individual ? 'individual' : 'campaign',
    campaignName: individual ? null : `Sale ${name}`,
    file,
    keyColumn: file.orders > 1 ? 'order' : null,
    stopWhen: { failures: 0.9, over: dice.between(3, 20), uncertain: dice.between(2, 20) },
    canary: dice.chance(0.2) ? canary : null,
    perDay: dice.chance(0.1) ? dice.between(2, 20) : null,
    perRecipient: limited ? { count: 1, perMs: dice.between(1, 6) * HOUR } : null,
  };
}

function drawFile(dice: Dice, troubles: ReadonlySet<Trouble>, people: number): FileHabits {
  const several = troubles.has('several-orders') && dice.chance(0.4);
  return {
    people,
    orders: several ? dice.between(2, 3) : 1,
    label: '',
    ownValues: several && dice.chance(0.7),
    treacherous: troubles.has('echo'),
  };
}
