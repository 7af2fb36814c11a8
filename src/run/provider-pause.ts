import type { Clock } from '../core/clock.js';
import { haltsRun } from '../core/delivery.js';
import type { Outcome } from '../core/outcome.js';
import type { Throttle, Wait } from '../core/ports.js';
import type { Halt } from '../core/problem.js';
import type { ConnectionBreaker } from './connection-breaker.js';

/** What may make a run pause. */
export interface ProviderPausePorts {
  readonly connections: ConnectionBreaker;
  readonly throttle: Throttle;
  readonly clock: Clock;
}

/** What a run waits for while the provider cannot be reached, or asked for a pause; null: for neither. */
export function providerPause({ connections, throttle, clock }: ProviderPausePorts): Wait | null {
  const pauseMs = connections.pauseMs(clock.monotonicMs());
  if (pauseMs > 0) {
    const until = clock.now() + pauseMs;
    return { code: 'wait.unreachable', params: { until }, untilAt: until };
  }
  const { pausedUntilMs } = throttle.pace();
  if (pausedUntilMs === null) return null;
  const until = clock.now() + pausedUntilMs - clock.monotonicMs();
  return { code: 'wait.retry-after', params: { until }, untilAt: until };
}

/**
 * Lets the throttle learn from an outcome. A `Retry-After` longer than a run waits halts it.
 *
 * @param at epoch milliseconds, for the message
 */
export function throttleAnswer(throttle: Throttle, outcome: Outcome, at: number): Halt | null {
  if (outcome.kind === 'accepted') throttle.accepted();
  if (outcome.kind !== 'deferred' || outcome.scope === 'person') return null;
  const { retryAfterMs } = outcome;
  if (retryAfterMs !== null && haltsRun(outcome)) {
    return { code: 'halt.retry-after', params: { until: at + retryAfterMs } };
  }
  if (outcome.throttled) throttle.throttled(retryAfterMs);
  return null;
}
