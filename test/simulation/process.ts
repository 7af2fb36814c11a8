import { checkAlways } from './invariants.js';
import type { Doom, Mortal } from './mortal.js';
import type { World } from './world.js';

/** How a process ended. */
export type ProcessEnd<T> =
  | { readonly kind: 'ended'; readonly value: T }
  | { readonly kind: 'died' }
  /** It rejected, which the command line answers with the exit code of a bug. */
  | { readonly kind: 'rejected'; readonly error: unknown };

const MOST_HAPPENINGS = 200_000;

/** Lets one process live until it ends or dies. Throws the promise that broke meanwhile. */
export async function runProcess<T>(
  world: World,
  mortal: Mortal,
  doom: Doom,
  stop: AbortController,
  work: () => Promise<T>,
): Promise<ProcessEnd<T>> {
  const { time, tally } = world;
  const life: { end: ProcessEnd<T> | null } = { end: null };
  world.powerOn();
  work().then(
    (value) => {
      life.end = { kind: 'ended', value };
    },
    (error: unknown) => {
      life.end = { kind: 'rejected', error };
    },
  );
  if (doom.stopAfterMs !== null) time.later(doom.stopAfterMs, () => stop.abort());
  const broken = (): unknown => mortal.broken ?? world.broken;
  await time.runUntil(() => life.end !== null || mortal.died || broken() !== null, MOST_HAPPENINGS);
  if (broken() !== null) throw broken();
  mortal.die();
  const end: ProcessEnd<T> = life.end ?? { kind: 'died' };
  if (end.kind === 'died') tally.crashes += 1;
  world.powerOff(end.kind !== 'ended');
  checkAlways(world);
  return end;
}
