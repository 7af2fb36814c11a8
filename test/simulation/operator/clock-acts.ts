import type { Dice } from '../dice.js';
import type { World } from '../world.js';
import type { Act } from './act.js';

const MINUTE = 60_000;

const setClock: Act = {
  between: 'set-clock',
  inRun: 'set-clock-in-run',
  plan: (world, dice) => {
    const { furthestClockMs } = world.settings;
    if (furthestClockMs === 0) return null;
    const stepMs = world.time.stepMs === 0 ? drawStep(furthestClockMs, dice) : 0;
    return {
      text: `this clock is set to ${minutes(stepMs)} off (was ${minutes(world.time.stepMs)})`,
      apply: () => world.time.setWallClock(stepMs),
    };
  },
};

function drawStep(furthestMs: number, dice: Dice): number {
  return dice.chance(0.5) ? furthestMs : Math.round(furthestMs * dice.roll());
}

const reboot: Act = {
  between: 'reboot',
  inRun: null,
  plan: ({ time }, dice) => {
    const offMs = dice.between(5_000, 10 * MINUTE);
    return {
      text: `the machine is off for ${minutes(offMs)} and starts anew`,
      apply: async () => {
        await time.pass(offMs);
        time.reboot();
      },
    };
  },
};

const suspend: Act = {
  between: 'suspend',
  inRun: 'suspend',
  plan: ({ time }, dice) => {
    const ms = dice.between(1_000, dice.oneOf([20_000, 20 * MINUTE, 120 * MINUTE]));
    return { text: `the machine sleeps for ${minutes(ms)}`, apply: () => time.suspend(ms) };
  },
};

const setProviderClock: Act = {
  between: 'set-provider-clock',
  inRun: 'set-provider-clock',
  plan: (world: World, dice) => {
    const offsetMs = dice.between(-25, 25) * MINUTE;
    return {
      text: `the provider's clock is set to ${minutes(offsetMs)} off`,
      apply: () => world.setProviderClock(offsetMs),
    };
  },
};

function minutes(ms: number): string {
  return `${(ms / MINUTE).toFixed(1)} min`;
}

/** What becomes of clocks. */
export const CLOCK_ACTS: readonly Act[] = [setClock, reboot, suspend, setProviderClock];
