import { type DeliveryRow, deliveriesOf, dutyOf } from './invariants.js';
import type { World } from './world.js';

/** Whether a world with an honest list has what a reason says: why somebody stays uncertain for good. */
export function isExcused(world: World, row: DeliveryRow, reason: string): boolean {
  const name = reason.slice(reason.lastIndexOf('.') + 1);
  switch (name) {
    case 'ambiguous':
    case 'claimed':
      return isAmbiguous(world, row);
    case 'unclear':
      return isConfusing(world, row.phone) || clockWasSet(world) || isAmbiguous(world, row);
    case 'list-too-short':
    case 'no-control':
    case 'control-missing':
      return world.settings.list.memoryMs !== null || clockWasSet(world);
    default:
      return false;
  }
}

/** Whether a person has a record that nobody can give to a message that was sent. */
function isConfusing({ list }: World, phone: string): boolean {
  return list.damaged.has(phone) || list.doubled.has(phone);
}

/** By a clock that was off, a message that was sent may seem to have been sent long before. */
function clockWasSet({ tally }: World): boolean {
  const { acts } = tally;
  return (['set-clock', 'set-clock-in-run', 'set-provider-clock'] as const).some((act) => act in acts);
}

/**
 * Whether several messages went out that look the same, of which some were executed and some not, and nobody was told
 * which. A record that cannot be read may be any of its person's.
 */
function isAmbiguous(world: World, row: DeliveryRow): boolean {
  const duty = dutyOf(row);
  const alike = world.log.looksLike(duty);
  const uncertain = deliveriesOf(world).filter(
    (one) =>
      one.status === 'uncertain' &&
      (alike.duties.has(dutyOf(one)) || (world.list.damaged.has(row.phone) && one.phone === row.phone)),
  );
  const tests = alike.tests.filter(({ answered }) => !answered);
  const executed =
    uncertain.filter((one) => world.log.executions(dutyOf(one)) > 0).length +
    tests.filter((test) => test.executed).length;
  return executed > 0 && executed < uncertain.length + tests.length;
}
