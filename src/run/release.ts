import { type Dispatch, settle } from '../core/delivery.js';
import { NEVER_LEFT } from '../core/outcome.js';
import type { RunLedger, RunObserver } from '../core/ports.js';
import type { RunLimit } from './run-limit.js';
import type { SendContext } from './send-delivery.js';

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
