import type { Breaker } from '../core/breaker.js';
import type { Clock } from '../core/clock.js';
import type { DeliveryStatus } from '../core/counts.js';
import type { Outcome } from '../core/outcome.js';
import type { Throttle } from '../core/ports.js';
import type { Halt } from '../core/problem.js';
import type { ConnectionBreaker } from './connection-breaker.js';
import { throttleAnswer } from './provider-pause.js';
import { ThrottleBreaker } from './throttle-breaker.js';

/** What outcomes are looked at with. */
export interface HaltPolicyPorts {
  readonly breaker: Breaker;
  readonly connections: ConnectionBreaker;
  readonly throttle: Throttle;
  readonly clock: Clock;
}

/** Looks at every outcome for a reason to stop the run, and lets the throttle learn from it. */
export class HaltPolicy {
  readonly #ports: HaltPolicyPorts;
  readonly #throttling = new ThrottleBreaker();

  constructor(ports: HaltPolicyPorts) {
    this.#ports = ports;
  }

  /** Takes in an outcome and where the delivery went: why to stop, or null. */
  record(outcome: Outcome, status: DeliveryStatus): Halt | null {
    const { breaker, connections, throttle, clock } = this.#ports;
    const nowMs = clock.monotonicMs();
    breaker.record(status);
    connections.record(outcome, nowMs);
    return (
      (outcome.kind === 'not-sent' ? outcome.halt : null) ??
      throttleAnswer(throttle, outcome, clock.now()) ??
      this.#throttling.record(outcome, nowMs) ??
      breaker.verdict() ??
      connections.verdict(nowMs)
    );
  }

  /** The run waits for something else: what was throttled before says nothing about afterwards. */
  forgetThrottling(): void {
    this.#throttling.forget();
  }
}
