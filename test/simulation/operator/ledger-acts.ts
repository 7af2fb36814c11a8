import { BrokenPromise } from '../broken-promise.js';
import { freshLedger } from '../fresh-ledger.js';
import { controlOf, live, UNHARMED } from '../lives.js';
import type { SimulatedCampaign } from '../settings.js';
import type { World } from '../world.js';
import { type Act, type Deed, someCampaign, someOf } from './act.js';

const backUp: Act = {
  between: 'restore-backup',
  inRun: 'restore-backup',
  plan: (world) => ({ text: 'backup', apply: () => void world.backups.push(world.db.serialize()) }),
};

const restore: Act = {
  between: 'restore-backup',
  inRun: null,
  plan: (world, dice) => {
    const image = someOf(world.backups, dice);
    if (image === null) return null;
    const db = freshLedger(image);
    const behind = world.settings.campaigns.filter(({ name }) => world.places.isBehind(db, name));
    db.close();
    return behind.length === 0 ? goingOnWith(world, image) : trying(world, 'an older backup', image, behind);
  },
};

/** Nothing was sent since: the backup is as good as what it replaces. The lists are as they were then. */
function goingOnWith(world: World, image: Buffer): Deed {
  return {
    text: 'a backup is restored that knows of everything that was sent',
    apply: () => {
      world.disk.replace(image);
      world.places.replace();
      const listed = world.query('SELECT person FROM suppressions WHERE campaign_id = 0').pluck().all();
      const canceled = world.settings.campaigns.filter((one) => controlOf(world, one) === 'canceled');
      world.takenOut.becomes(
        listed as string[],
        canceled.map(({ name }) => name),
        world.ends(),
      );
    },
  };
}

/** Sends from a ledger that is not the right one must be refused. Then the right one is put back. */
function trying(
  world: World,
  what: string,
  image: Buffer | null,
  campaigns: readonly SimulatedCampaign[],
): Deed {
  return {
    text: `${what} lies where the ledger was`,
    apply: async () => {
      const names = campaigns.map(({ name }) => name);
      await world.disk.lend(image, names, async () => {
        for (const campaign of campaigns) await mustBeRefused(world, campaign, what);
      });
      world.tell('the right ledger is back');
    },
  };
}

async function mustBeRefused(world: World, campaign: SimulatedCampaign, what: string): Promise<void> {
  const ended = await live(world, campaign, UNHARMED);
  if (ended.kind === 'ended' && ended.value.kind === 'unusable') return;
  throw new BrokenPromise('wrong-ledger', `${campaign.name} was sent although ${what}`);
}

const goElsewhere: Act = {
  between: 'other-ledger',
  inRun: null,
  plan: (world, dice) => {
    const image = dice.chance(0.5) ? null : world.db.serialize();
    const { places } = world;
    const sent = world.settings.campaigns.filter(({ name }) =>
      image === null ? places.isRemembered(name) : places.knowsThisFile(name),
    );
    if (sent.length === 0) return null;
    const deed = trying(world, image === null ? 'a new ledger' : 'a copy of the ledger', image, sent);
    return {
      text: `another folder: ${deed.text}`,
      apply: async () => {
        const goBack = world.places.goElsewhere();
        await deed.apply();
        goBack();
      },
    };
  },
};

const move: Act = {
  between: 'other-ledger',
  inRun: null,
  // Who took it away during an audit has not put it back yet.
  plan: (world) =>
    world.places.file.inode === '' ? null : { text: 'the ledger is moved', apply: () => world.places.move() },
};

const takeAway: Act = {
  between: null,
  inRun: 'ledger-taken-away',
  plan: (world) =>
    world.time.isProcessAlive
      ? { text: 'the ledger is moved away', apply: () => world.takeLedgerAway() }
      : null,
};

/** The column that makes a duty of its own is added, or left out, when people have the campaign already. */
const editKey: Act = {
  between: 'edit-key',
  inRun: null,
  plan: (world, dice) => {
    const campaign = someCampaign(world, dice);
    const reached = `SELECT 1 FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
      WHERE c.name = ? AND d.status IN ('accepted', 'uncertain', 'sending')`;
    if (world.query(reached).get(campaign.name) === undefined) return null;
    const keyColumn = campaign.keyColumn === null ? 'order' : null;
    return {
      text: `the key of ${campaign.name} is edited`,
      apply: () => mustBeRefused(world, { ...campaign, keyColumn }, 'its key was edited'),
    };
  },
};

/** What becomes of the ledger itself. */
export const LEDGER_ACTS: readonly Act[] = [backUp, restore, goElsewhere, move, takeAway, editKey];
