import type { Problem } from '../../core/problem.js';
import { CommandFailure } from '../exit-codes.js';
import { type ConfirmedPlans, ConfirmedSend, type Handover, SENDS_ITSELF } from './handover.js';

/** Holds what was confirmed, for a process that sends it by itself. */
export const CONFIRMED_VARIABLE = 'PLAZCAST_CONFIRMED';

/** What such a process tells the one that asked: that it holds the locks and begins, or why it does not. */
export type ChildWord =
  | { readonly kind: 'begun' }
  | { readonly kind: 'failed'; readonly exitCode: number; readonly problems: readonly Problem[] };

/**
 * Sends by itself what `send --detach` asked for, and tells it how that began; a process that nobody detached sends as
 * usual. What becomes of the other process changes nothing.
 */
export async function sendConfirmed(
  env: NodeJS.ProcessEnv,
  send: (handover: Handover) => Promise<number>,
): Promise<number> {
  const text = env[CONFIRMED_VARIABLE];
  // The channel is the process's own, and only a process that was detached has both.
  if (text === undefined || process.send === undefined) return send(SENDS_ITSELF);
  const plans = JSON.parse(text) as ConfirmedPlans;
  try {
    return await send(new ConfirmedSend(plans, () => lastWord({ kind: 'begun' })));
  } catch (error) {
    if (error instanceof CommandFailure) {
      await lastWord({ kind: 'failed', exitCode: error.exitCode, problems: error.problems });
    }
    throw error;
  }
}

/** Says it, if anybody still listens, and listens to nobody any more. */
async function lastWord(word: ChildWord): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((said) => {
    process.send?.(word, undefined, undefined, () => said());
  });
  if (process.connected) process.disconnect();
}
