import type { Breaker } from '../core/breaker.js';
import type { Gate, LedgerFailure, RunLedger, RunObserver, Throttle } from '../core/ports.js';
import type { Halt } from '../core/problem.js';
import type { ConnectionBreaker } from './connection-breaker.js';
import type { ControlPoller } from './control-poller.js';
import type { RunLimit } from './run-limit.js';
import type { SendContext } from './send-loop.js';

/** What delivering needs: ports, the decisions' state, and when to stop. */
export interface DeliverPorts extends SendContext {
  readonly ledger: RunLedger;
  readonly throttle: Throttle;
  readonly gates: readonly Gate[];
  readonly breaker: Breaker;
  readonly connections: ConnectionBreaker;
  readonly control: ControlPoller;
  readonly observer: RunObserver;
  readonly concurrency: number;
  readonly limit: RunLimit;
  /** Fires when a person wants the run to end: no new permits, what is in flight finishes. */
  readonly stop: AbortSignal;
  /** Lets the answers that have already arrived be handled first, so that claims come in batches. */
  readonly turn: () => Promise<void>;
}

/** How delivering ended. */
export interface Delivered {
  /** POSTs that reached the socket. */
  readonly sent: number;
  readonly accepted: number;
  readonly halt: Halt | null;
  readonly interrupted: boolean;
  /** An error of the ledger after which nothing may be written any more. */
  readonly fatal: LedgerFailure | null;
}
