import { declare } from '../../../src/ledger/sqlite/declare.js';
import { runCommand } from '../command.js';
import type { Dice } from '../dice.js';
import { type DeliveryRow, deliveriesOf, dutyOf } from '../invariants.js';
import { idOf } from '../lives.js';
import { beginTest } from '../test-message.js';
import type { World } from '../world.js';
import { type Act, somebody, someCampaign, someOf } from './act.js';

/** What the provider's log says of somebody who is uncertain; null: it may yet be executed. */
function fateOf(world: World, row: DeliveryRow): 'accepted' | 'absent' | null {
  const duty = dutyOf(row);
  if (world.log.executions(duty) > 0) return 'accepted';
  return world.log.isNever(duty) ? 'absent' : null;
}

/** `reconcile --declare`: an operator who looked at the provider's log tells the truth about somebody who is open. */
const declareFate: Act = {
  between: 'declare',
  inRun: null,
  plan: (world, dice) => {
    const row = someOf(
      deliveriesOf(world).filter(({ status }) => status === 'uncertain'),
      dice,
    );
    return row === null ? null : declaring(world, row);
  },
};

/** The word of somebody who knows what became of an uncertain delivery; null: nobody can know yet. */
export function declaring(world: World, row: DeliveryRow): ReturnType<Act['plan']> {
  const fate = fateOf(world, row);
  const campaign = world.settings.campaigns.find(({ name }) => name === row.campaign);
  if (fate === null || campaign === undefined) return null;
  return {
    text: `declare ${dutyOf(row)} ${fate}`,
    apply: () => {
      const id = idOf(world, campaign);
      if (id === null) return;
      const people = [{ person: row.phone, phone: row.phone }];
      const key = row.key === '' ? null : row.key;
      const recorded = { by: 'model', at: world.time.clock.now() };
      const declared = declare(world.db, id, { people, key, fate, note: 'the log says so' }, recorded);
      world.tell(declared.ok ? `declared ${declared.value}` : `refused: ${declared.problems[0]?.code}`);
    },
  };
}

const reconcileNow: Act = {
  between: 'reconcile',
  inRun: null,
  plan: (world, dice) => {
    const campaign = someCampaign(world, dice);
    return {
      text: `reconcile ${campaign.name}`,
      apply: () => runCommand(world, campaign, 'reconcile', dice),
    };
  },
};

const auditNow: Act = {
  between: 'audit',
  inRun: null,
  plan: (world, dice) => {
    const campaign = someCampaign(world, dice);
    return { text: `audit ${campaign.name}`, apply: () => runCommand(world, campaign, 'audit', dice) };
  },
};

/** A test to a recipient's own phone, with the values of a row of the file. */
function testing(answered: boolean): Act['plan'] {
  return (world, dice: Dice) => {
    const file = world.fileOf(someCampaign(world, dice)).state;
    const value = someOf(file.rows, dice)?.value ?? '';
    const phone = somebody(world, dice);
    return {
      text: `test to ${phone}${answered ? '' : ', whatever becomes of it'}`,
      apply: () => {
        beginTest(world, { phone, value }, { spared: answered, ends: answered || dice.chance(0.7) });
      },
    };
  };
}

const test: Act = { between: 'test', inRun: 'test', plan: testing(true) };
const unansweredTest: Act = {
  between: 'test-unanswered',
  inRun: 'test-unanswered',
  plan: testing(false),
};

/** What settles the uncertain, or confuses who wants to. */
export const SETTLING_ACTS: readonly Act[] = [declareFate, reconcileNow, auditNow, test, unansweredTest];
