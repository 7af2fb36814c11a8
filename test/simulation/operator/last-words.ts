import { BrokenPromise } from '../broken-promise.js';
import { checkEnding } from '../ending.js';
import { deliveriesOf, dutyOf } from '../invariants.js';
import { rerun } from '../lives.js';
import type { World } from '../world.js';
import { declaring } from './settling-acts.js';

/** At the very end the operator says of everybody who is still uncertain what the provider's log says: all are settled. */
export async function lastWords(world: World): Promise<void> {
  if (!world.settings.troubles.has('declare')) return;
  for (const row of uncertainIn(world)) {
    const word = declaring(world, row);
    if (word !== null && world.befalls('declare', word.text)) await word.apply();
  }
  await rerun(world, world.settings.list.lagMs);
  checkEnding(world);
  const [left] = uncertainIn(world);
  if (left !== undefined) {
    throw new BrokenPromise('lost', `${dutyOf(left)} is uncertain, although its fate was declared`);
  }
}

function uncertainIn(world: World) {
  return deliveriesOf(world).filter(({ status }) => status === 'uncertain');
}
