import type { Dice } from '../dice.js';
import type { SimulatedCampaign } from '../settings.js';
import type { Trouble } from '../troubles.js';
import type { World } from '../world.js';

/** What an act turned out to be. */
export interface Deed {
  readonly text: string;
  readonly apply: () => void | Promise<void>;
}

/** Something that an operator does. */
export interface Act {
  /** The trouble that it is between two processes, and in the middle of one; null: not then. */
  readonly between: Trouble | null;
  readonly inRun: Trouble | null;
  /** null: there is nothing to do. */
  readonly plan: (world: World, dice: Dice) => Deed | null;
}

/** One of the campaigns. */
export function someCampaign(world: World, dice: Dice): SimulatedCampaign {
  return dice.oneOf(world.settings.campaigns);
}

/** The phone of somebody who stands, or stood, in a file. */
export function somebody(world: World, dice: Dice): string {
  const file = world.fileOf(someCampaign(world, dice));
  const row = someOf([...file.state.rows, ...file.gone], dice);
  return world.phoneOf(row?.person ?? 0);
}

/** One of them; null: there are none. */
export function someOf<T>(items: readonly T[], dice: Dice): T | null {
  const [first, ...rest] = items;
  return first === undefined ? null : dice.oneOf([first, ...rest]);
}
