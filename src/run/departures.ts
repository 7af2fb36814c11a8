import type { Clock } from '../core/clock.js';
import type { Dispatch } from '../core/delivery.js';
import type { Throttle } from '../core/ports.js';
import { LEAVES_WITHIN_MS } from './claim-validity.js';
import type { Places } from './places.js';
import type { RequestQueue } from './request-queue.js';

/** What departing depends on. */
export interface DeparturesPorts {
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly places: Places;
  readonly queue: RequestQueue;
  /** Takes those who do not leave after all: nothing of theirs was sent. */
  readonly putBack: (dispatches: readonly Dispatch[]) => void;
  /** Fires on a stop or a halt. */
  readonly ended: AbortSignal;
}

/**
 * The way from the claim to the queue: whom the ledger claimed leaves, claim after claim, as the door and the places
 * allow. Who was claimed ahead of a permit or of a place waits here, for milliseconds; who gets no place is put back:
 * a provider that hangs would keep them for a minute.
 */
export class Departures {
  readonly #ports: DeparturesPorts;
  /** Null while nobody waits: each abort makes an exception, which cost a tenth of the throughput (measured). */
  #freed: AbortController | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: DeparturesPorts) {
    this.#ports = ports;
  }

  /** Resolves when all of them left or were put back. */
  leave(dispatches: readonly Dispatch[]): Promise<void> {
    this.#last = this.#last.then(() => this.#leave(dispatches));
    return this.#last;
  }

  /** To be called when a request has ended. */
  placeFreed(): void {
    this.#freed?.abort();
  }

  async #leave(dispatches: readonly Dispatch[]): Promise<void> {
    const { throttle, places, queue, ended } = this.#ports;
    const room = (): number => Math.max(0, places.roomToLeave());
    let rest = dispatches;
    while (rest.length > 0) {
      const leaving = await throttle.leave(rest.length, room, ended);
      // After the door, not before it: as soon as one place is free, one would leave, and then the next.
      if (leaving < 1 && !(await this.#placeIsFreed())) return this.#putBack(rest);
      places.departed(leaving);
      queue.add(rest.slice(0, leaving));
      rest = rest.slice(leaving);
    }
  }

  async #placeIsFreed(): Promise<boolean> {
    const freed = new AbortController();
    this.#freed = freed;
    await this.#ports.clock.sleep(LEAVES_WITHIN_MS, freed.signal);
    this.#freed = null;
    return freed.signal.aborted;
  }

  #putBack(dispatches: readonly Dispatch[]): void {
    const { places, putBack } = this.#ports;
    places.departed(dispatches.length);
    putBack(dispatches);
  }
}
