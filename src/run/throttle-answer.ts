import { haltsRun } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import type { Outcome } from '../core/outcome.js';
import type { Throttle } from '../core/ports.js';

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
