import type { RunObserver } from '../../core/ports.js';

/** Several observers as one. */
export function observers(...all: readonly RunObserver[]): RunObserver {
  const each = (tell: (one: RunObserver) => void): void => {
    for (const one of all) tell(one);
  };
  return {
    claimed: (deliveries) => each((one) => one.claimed(deliveries)),
    recorded: (...what) => each((one) => one.recorded(...what)),
    waiting: (wait) => each((one) => one.waiting(wait)),
  };
}
