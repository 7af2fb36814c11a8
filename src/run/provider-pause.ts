import type { Clock } from '../core/clock.js';
import type { Throttle, Wait } from '../core/ports.js';
import type { ConnectionWatch } from './connection-watch.js';

/** What may make a run pause. */
export interface ProviderPausePorts {
  readonly connections: ConnectionWatch;
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
