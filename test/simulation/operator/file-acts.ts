import type { Dice } from '../dice.js';
import type { PeopleFile } from '../people-file.js';
import type { Trouble } from '../troubles.js';
import { type Act, someCampaign, someOf } from './act.js';

/** An edit, which the next run finds; also one that begins while the file is saved. */
function editing(
  trouble: Trouble,
  edit: (file: PeopleFile, dice: Dice) => { readonly what: string; readonly apply: () => void } | null,
): Act {
  return {
    between: trouble,
    inRun: trouble,
    plan: (world, dice) => {
      const campaign = someCampaign(world, dice);
      const done = edit(world.fileOf(campaign), dice);
      return done === null ? null : { text: `file of ${campaign.name}: ${done.what}`, apply: done.apply };
    },
  };
}

const removeRow = editing('remove-rows', (file, dice) => {
  const { rows } = file.state;
  const row = rows.length < 2 ? null : someOf(rows, dice);
  if (row === null) return null;
  return { what: `person ${row.person} ${row.key} is removed`, apply: () => file.remove(row) };
});

const returnRow = editing('return-rows', (file, dice) => {
  const row = someOf(file.gone, dice);
  if (row === null) return null;
  return { what: `person ${row.person} ${row.key} is back`, apply: () => file.bringBack(row) };
});

const addRow = editing('add-rows', (file) => ({ what: 'a row is added', apply: () => void file.add() }));

const changeValue = editing('change-values', (file, dice) => {
  const row = someOf(file.state.rows, dice);
  if (row === null) return null;
  return {
    what: `person ${row.person} ${row.key} gets another value`,
    apply: () => file.change(row),
  };
});

/** Another `campaignName`, which the next run is told to accept. */
const rename: Act = {
  between: 'rename',
  inRun: null,
  plan: (world, dice) => {
    const campaign = someCampaign(world, dice);
    if (campaign.type === 'individual') return null;
    const next = `Sale ${campaign.name}, edition ${dice.between(2, 9)}`;
    return {
      text: `campaignName of ${campaign.name} is "${next}"`,
      apply: () => void world.renamed.set(campaign.name, next),
    };
  },
};

/** What is done to recipients files and campaign files. */
export const FILE_ACTS: readonly Act[] = [removeRow, returnRow, addRow, changeValue, rename];
