import type { Clock } from '../../core/clock.js';

/** Keeps requests of one list apart. */
export interface RequestPace {
  /** Resolves when the next request may leave; at once when `signal` fires. */
  next(signal?: AbortSignal): Promise<void>;
}

/** At most `perSecond` requests a second, evenly apart: no burst, also not after a pause. */
export function createPace(perSecond: number, clock: Clock): RequestPace {
  const apartMs = 1000 / perSecond;
  let last = Number.NEGATIVE_INFINITY;
  return {
    async next(signal) {
      const waitMs = last + apartMs - clock.monotonicMs();
      if (waitMs > 0) await clock.sleep(Math.ceil(waitMs), signal);
      last = clock.monotonicMs();
    },
  };
}
