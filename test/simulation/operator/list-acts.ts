import { addSuppressions } from '../../../src/ledger/sqlite/suppressions.js';
import { removeSuppressions } from '../../support/on-sqlite.js';
import { WORKSPACE } from '../names.js';
import { entryOf } from '../planned-file.js';
import type { World } from '../world.js';
import { type Act, type Deed, somebody, someOf } from './act.js';

/** `suppress add`. */
export function suppressing(world: World, phone: string): Deed {
  return {
    text: `suppress add ${phone}`,
    apply: () => {
      addSuppressions(world.db, WORKSPACE, [entryOf(phone, 'operator')], world.time.clock.now());
      world.takenOut.suppress(phone, world.ends());
    },
  };
}

const suppress: Act = {
  between: 'suppress',
  inRun: 'suppress-in-run',
  plan: (world, dice) => suppressing(world, somebody(world, dice)),
};

const takeOffList: Act = {
  between: 'take-off-list',
  inRun: 'take-off-list',
  plan: (world, dice) => {
    const listed = world.query('SELECT person FROM suppressions WHERE campaign_id = 0').all();
    const found = someOf(listed as { person: string }[], dice);
    if (found === null) return null;
    const { person } = found;
    return {
      text: `suppress remove ${person}`,
      apply: () => {
        removeSuppressions(world.db, WORKSPACE, [person]);
        world.takenOut.takeOffList(person);
      },
    };
  },
};

const editSuppressFile: Act = {
  between: 'suppress-file',
  inRun: 'suppress-file',
  plan: (world, dice) => {
    const phone = somebody(world, dice);
    const { suppressFile } = world;
    const leaves = suppressFile.has(phone);
    return {
      text: `${phone} is ${leaves ? 'taken off' : 'put on'} the do-not-contact file`,
      apply: () => {
        if (leaves) suppressFile.delete(phone);
        else suppressFile.add(phone);
      },
    };
  },
};

/** What is done about the lists of people who want nothing. */
export const LIST_ACTS: readonly Act[] = [suppress, takeOffList, editSuppressFile];
