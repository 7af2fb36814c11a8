import { cancelCampaign, pauseCampaign } from '../../support/on-sqlite.js';
import { controlOf, idOf, resume, retry } from '../lives.js';
import type { SimulatedCampaign } from '../settings.js';
import type { World } from '../world.js';
import { type Act, someCampaign } from './act.js';

/** A campaign that was stopped is let go on by the same person. */
function stopping(
  word: string,
  stop: (world: World, campaign: SimulatedCampaign, id: number) => void,
): Act['plan'] {
  return (world, dice) => {
    const campaign = someCampaign(world, dice);
    const id = idOf(world, campaign);
    if (id === null) return null;
    if (controlOf(world, campaign) !== 'go') {
      return { text: `resume ${campaign.name}`, apply: () => resume(world, campaign) };
    }
    return { text: `${word} ${campaign.name}`, apply: () => stop(world, campaign, id) };
  };
}

const pause: Act = {
  between: 'pause',
  inRun: 'pause',
  plan: stopping('pause', (world, _campaign, id) => {
    const { db, time } = world;
    pauseCampaign(db, id, { by: 'model', at: time.clock.now() });
    // Who waits for a pause to end waits for this person.
    time.later(PAUSED_MS, () => {
      if (!world.db.inTransaction) for (const one of world.settings.campaigns) resumePaused(world, one);
    });
  }),
};

const PAUSED_MS = 20_000;

function resumePaused(world: World, campaign: SimulatedCampaign): void {
  if (controlOf(world, campaign) === 'paused') resume(world, campaign);
}

const cancel: Act = {
  between: 'cancel',
  inRun: 'cancel-in-run',
  plan: stopping('cancel', (world, { name }, id) => {
    cancelCampaign(world.db, id, { by: 'model', at: world.time.clock.now() });
    world.takenOut.cancel(name, world.ends());
  }),
};

const retryFailed: Act = {
  between: 'retry',
  inRun: null,
  plan: (world, dice) => {
    const campaign = someCampaign(world, dice);
    return { text: `retry ${campaign.name}`, apply: () => retry(world, campaign) };
  },
};

/** What is said to a campaign. */
export const CONTROL_ACTS: readonly Act[] = [pause, cancel, retryFailed];
