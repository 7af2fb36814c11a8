import type { Chance, Clock } from '../core/clock.js';
import { type AttemptPolicy, type ClaimedDelivery, nextState, type OutcomeRecord } from '../core/delivery.js';
import { NEVER_LEFT, type Outcome } from '../core/outcome.js';
import type { MayLeave, RunLedger, RunObserver, Sender } from '../core/ports.js';
import type { RunLimit } from './run-limit.js';

/** What sending one delivery needs. */
export interface SendContext {
  readonly sender: Sender;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly policy: AttemptPolicy;
}

/** What one attempt told us, and where the delivery goes. */
export interface Sent {
  readonly outcome: Outcome;
  readonly outcomeRecord: OutcomeRecord;
}

/**
 * One attempt: the POST, and the decision. The intent of `delivery` is on disk already.
 *
 * @param mayLeave asked before the sender is, and by it once more right before the socket
 */
export async function sendDelivery(
  delivery: ClaimedDelivery,
  context: SendContext,
  mayLeave: MayLeave,
): Promise<Sent> {
  const outcome = mayLeave(delivery) ? await context.sender.send(delivery, mayLeave) : NEVER_LEFT;
  const { clock, policy, chance } = context;
  return { outcome, outcomeRecord: nextState(delivery, outcome, clock.now(), policy, chance) };
}

/** What releasing needs. */
export interface ReleasePorts extends Omit<SendContext, 'sender'> {
  readonly ledger: RunLedger;
  readonly limit: RunLimit;
  readonly observer: RunObserver;
}

/** Claimed deliveries whose request never left are pending again, and their attempts say so. */
export function release(deliveries: readonly ClaimedDelivery[], ports: ReleasePorts): void {
  const { ledger, limit, observer, clock, policy, chance } = ports;
  for (const delivery of deliveries) {
    const outcomeRecord = nextState(delivery, NEVER_LEFT, clock.now(), policy, chance);
    ledger.recordOutcome(outcomeRecord);
    limit.giveBack(delivery.deliveryId);
    observer.recorded(delivery, NEVER_LEFT, outcomeRecord);
  }
}
