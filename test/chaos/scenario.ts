import type { ChaosDatabase } from './database.js';
import { broken, type Verdict } from './judge.js';
import type { ChaosServer } from './server.js';
import { lived, type World, type WorldSettings } from './world.js';

/** Something that befalls a team's machines and their database. */
export interface Scenario {
  readonly name: string;
  /** What the world is like, but for its size. */
  readonly world?: Partial<Pick<WorldSettings, 'machines' | 'clockOffsetsMs' | 'commands' | 'planCut'>>;
  /** Where the ledger lies; left out: a database on the server that scenarios share. */
  readonly database?: () => Promise<ChaosDatabase>;
  /** What happens while they send; more than one thing after the other. */
  readonly strike: (world: World) => Promise<void>;
}

/** How large a scenario is. */
export type Size = Pick<WorldSettings, 'people' | 'ratePerSecond' | 'seed'> & { readonly mostMs: number };

/** What a scenario came to. */
export interface Lived {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was broken; empty: nothing. */
  readonly broken: readonly string[];
  readonly tookMs: number;
  readonly story: string;
}

/** Lives through a scenario in a world of its own. */
export async function livedThrough(
  { name, world, database, strike }: Scenario,
  size: Size,
  shared: (server?: ChaosServer) => Promise<ChaosDatabase>,
): Promise<Lived> {
  const began = performance.now();
  const place = await (database ?? shared)();
  try {
    const { people, ratePerSecond, seed, mostMs } = size;
    const settings = { people, ratePerSecond, seed, machines: 3, ...world };
    const { verdict, story } = await lived(place, settings, strike, mostMs);
    return { name, verdict, broken: broken(verdict), tookMs: performance.now() - began, story };
  } finally {
    await place.remove();
  }
}
