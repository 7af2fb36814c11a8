import { Dice } from '../simulation/dice.js';
import { checkEnding, type Ending } from '../simulation/ending.js';
import { Life } from '../simulation/life.js';
import { healedLives, live, UNHARMED } from '../simulation/lives.js';
import type { Doom } from '../simulation/mortal.js';
import type { WorldSettings } from '../simulation/settings.js';
import { Story } from '../simulation/story.js';
import { World } from '../simulation/world.js';
import { type LedgerFaults, sqliteError } from '../support/faulty-ledger.js';

/** A world without any chance: what fails is what the test says. */
const SETTINGS: WorldSettings = {
  campaigns: [
    {
      name: 'one',
      type: 'campaign',
      campaignName: 'Sale one',
      file: { people: 4, orders: 1, label: '', ownValues: false, treacherous: false },
      keyColumn: null,
      stopWhen: { failures: 1, over: 1_000, uncertain: 1_000 },
      canary: null,
      perDay: null,
      perRecipient: null,
    },
  ],
  ratePerSecond: 20,
  concurrency: 2,
  attempts: 3,
  settleMs: 600_000,
  provider: {
    latencyMs: { least: 5, most: 400 },
    faulty: 0,
    timeoutMs: 10_000,
    latestMs: 300_000,
    echo: 0,
    optOuts: 0,
  },
  list: {
    lagMs: 1_000,
    frozen: null,
    order: 'newest-first',
    pageSize: 2,
    shortPages: 0,
    failingPages: 0,
    listedTwice: 0,
    unreadable: 0,
    missing: 0,
    memoryMs: null,
    clockOffsetMs: 0,
  },
  operator: { between: 0, during: 0, whileOut: 0 },
  largestStepMs: 0,
  furthestClockMs: 0,
  slowLedger: 0,
  stalls: 0,
  lives: 0,
  troubles: new Set(),
};

/** How many ledger operations, and awaited steps, a process makes that nothing befalls. */
export interface Steps {
  readonly ledger: number;
  readonly awaited: number;
}

/** A world in which some processes come to grief, one after the other, before it heals. */
export class Scenario {
  readonly world = new World(new Dice(1), SETTINGS, new Story('nothing'));
  readonly #uninstall = this.world.time.install();

  /** One process; then a while passes. */
  async run(doom: Partial<Doom> = {}): Promise<void> {
    await live(this.world, SETTINGS.campaigns[0], { ...UNHARMED, ...doom });
    await this.world.time.pass(5_000);
  }

  /** One process that is only counted. */
  async count(): Promise<Steps> {
    let ledger = 0;
    const counted: LedgerFaults = () => {
      ledger += 1;
      return null;
    };
    const life = new Life(this.world, SETTINGS.campaigns[0], { ...UNHARMED, ledgerFaults: counted });
    await life.run();
    return { ledger, awaited: life.steps };
  }

  /** The provider works again and people rerun; everybody must be settled. Ends the world. */
  async heal(): Promise<Ending> {
    await healedLives(this.world);
    return checkEnding(this.world);
  }

  close(): void {
    this.#uninstall();
    this.world.time.processEnds();
    this.world.close();
  }
}

/** Works in a scenario of its own and heals it; a broken promise is thrown. */
export async function inScenario(work: (scenario: Scenario) => Promise<void>): Promise<Ending> {
  const scenario = new Scenario();
  try {
    await work(scenario);
    return await scenario.heal();
  } finally {
    scenario.close();
  }
}

/** Of each kind one: after the first the run may go on, after the second nothing may be written any more. */
export const LEDGER_FAILURES = ['SQLITE_FULL', 'SQLITE_IOERR_FSYNC'] as const;

/** The `nth` ledger operation fails with this code: it alone, or all from then on. */
export function failingAt(nth: number, code: string, fromThenOn: boolean): Partial<Doom> {
  let operations = 0;
  let failed = false;
  return {
    ledgerFaults: () => {
      operations += 1;
      if (operations < nth || (failed && !fromThenOn)) return null;
      failed = true;
      return sqliteError(code);
    },
    disturbed: () => failed,
  };
}
