import type { RunObserver } from '../../core/ports.js';

/** Several observers as one. */
export function observers(...all: readonly RunObserver[]): RunObserver {
  return {
    claimed: (dispatches) => all.forEach((one) => one.claimed(dispatches)),
    settled: (...what) => all.forEach((one) => one.settled(...what)),
    waiting: (wait) => all.forEach((one) => one.waiting(wait)),
    recovered: (count) => all.forEach((one) => one.recovered(count)),
  };
}
