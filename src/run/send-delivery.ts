import type { Chance, Clock } from '../core/clock.js';
import { type Dispatch, type Settlement, type SettlePolicy, settle } from '../core/delivery.js';
import { NEVER_LEFT, type Outcome } from '../core/outcome.js';
import type { MayLeave, RunLedger, RunObserver, Sender } from '../core/ports.js';
import type { RunLimit } from './run-limit.js';

/** What sending one delivery needs. */
export interface SendContext {
  readonly sender: Sender;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly policy: SettlePolicy;
}

/** What one attempt told us, and where the delivery goes. */
export interface Sent {
  readonly outcome: Outcome;
  readonly settlement: Settlement;
}

/**
 * One attempt: the POST, and the decision. The intent of `dispatch` is on disk already.
 *
 * @param mayLeave asked before the sender is, and by it once more right before the socket
 */
export async function sendDelivery(
  dispatch: Dispatch,
  context: SendContext,
  mayLeave: MayLeave,
): Promise<Sent> {
  const outcome = mayLeave(dispatch) ? await context.sender.send(dispatch, mayLeave) : NEVER_LEFT;
  const { clock, policy, chance } = context;
  return { outcome, settlement: settle(dispatch, outcome, clock.now(), policy, chance) };
}

/** What releasing needs. */
export interface ReleasePorts extends Omit<SendContext, 'sender'> {
  readonly ledger: RunLedger;
  readonly limit: RunLimit;
  readonly observer: RunObserver;
}

/** Claimed deliveries whose request never left are pending again, and their attempts say so. */
export function release(dispatches: readonly Dispatch[], ports: ReleasePorts): void {
  const { ledger, limit, observer, clock, policy, chance } = ports;
  for (const dispatch of dispatches) {
    const settlement = settle(dispatch, NEVER_LEFT, clock.now(), policy, chance);
    ledger.settle(settlement);
    limit.giveBack(dispatch.deliveryId);
    observer.settled(dispatch, NEVER_LEFT, settlement);
  }
}
