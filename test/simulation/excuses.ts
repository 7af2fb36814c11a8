import { type DeliveryRow, deliveriesOf, dutyOf, mayHaveForgottenTest } from './invariants.js';
import type { World } from './world.js';

/** Whether a world with an honest list has what a reason says: why somebody stays uncertain for good. */
export function isExcused(world: World, row: DeliveryRow, reason: string): boolean {
  const name = reason.slice(reason.lastIndexOf('.') + 1);
  switch (name) {
    // A damaged record may be of any of her messages, also of one whose answer is known.
    case 'ambiguous':
      return clockWasSet(world) || isAmbiguous(world, row) || isConfusing(world, row.phone);
    case 'claimed':
      return clockWasSet(world) || isAmbiguous(world, row);
    case 'unclear':
      return (
        isConfusing(world, row.phone) ||
        clockWasSet(world) ||
        isAmbiguous(world, row) ||
        mayHaveForgottenTest(world, row.phone)
      );
    case 'control-missing':
      if (hidesControls(world)) return true;
      return world.settings.list.memoryMs !== null || clockWasSet(world);
    // An audit holds a message that it cannot tell from others by a record that may be of any of them.
    case 'listed-before':
      return clockWasSet(world) || (row.reason === 'in-list' && isAmbiguous(world, row));
    // By a clock that was a day ahead an attempt began a day later.
    case 'settling':
      return clockWasSet(world);
    case 'list-too-short':
      return !world.list.reachesBack || world.settings.list.memoryMs !== null || clockWasSet(world);
    case 'no-control':
      return world.settings.list.memoryMs !== null || clockWasSet(world);
    default:
      return false;
  }
}

/** Whether a person has a record that nobody can give to a message that was sent. */
function isConfusing({ list }: World, phone: string): boolean {
  return list.damaged.has(phone) || list.doubled.has(phone);
}

/** Two damaged records of one person may fit only one of her messages between them: the other is a control without one. */
function hidesControls({ log, list }: World): boolean {
  return [...list.damaged].some((phone) => log.messagesTo(phone).length + log.testsTo(phone).length > 1);
}

/** By a clock that was off, a message that was sent may seem to have been sent long before. */
function clockWasSet({ tally }: World): boolean {
  const { acts } = tally;
  return (['set-clock', 'set-clock-in-run', 'set-provider-clock'] as const).some((act) => act in acts);
}

/**
 * Whether several messages to a person may have gone out that look the same, word by word, of which some were executed
 * and some not, and nobody was told which. A record that cannot be read may be of any of them.
 */
function isAmbiguous(world: World, row: DeliveryRow): boolean {
  const { log, list } = world;
  const own = log.bodiesOf(dutyOf(row));
  // What never left, as its run died before, has no body in the log.
  const isAlike = (bodies: ReadonlySet<string>): boolean =>
    list.damaged.has(row.phone) ||
    own.size === 0 ||
    bodies.size === 0 ||
    [...bodies].some((body) => own.has(body));
  const duties = deliveriesOf(world)
    .filter(({ status, phone }) => status === 'uncertain' && phone === row.phone)
    .map(dutyOf)
    .filter((duty) => isAlike(log.bodiesOf(duty)));
  const tests = log.unansweredTests(row.phone).filter(({ body }) => isAlike(new Set([body])));
  const executed =
    duties.filter((duty) => log.executions(duty) > 0).length + tests.filter((test) => test.executed).length;
  return executed > 0 && executed < duties.length + tests.length;
}
