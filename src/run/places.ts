import type { Clock } from '../core/clock.js';
import type { Throttle } from '../core/ports.js';
import { type Ahead, ClaimAhead, NOBODY_AHEAD } from './claim-ahead.js';
import type { ConnectionWatch } from './connection-watch.js';
import type { RequestQueue } from './request-queue.js';
import type { RunLimit } from './run-limit.js';

/** What the room for claims depends on. */
export interface PlacesPorts {
  readonly concurrency: number;
  readonly connections: ConnectionWatch;
  readonly limit: RunLimit;
  readonly throttle: Throttle;
  readonly clock: Clock;
}

/** Follows deliveries from the claim to the outcome, and says for how many more there is room. */
export class Places {
  readonly #ports: PlacesPorts;
  readonly #queue: RequestQueue;
  readonly #claimAhead: ClaimAhead;
  /** Claims that are under way, and the permits they were made with. */
  #claims = 0;
  #asked = 0;
  /** Claimed, and not yet in the queue's hands. */
  #leaving = 0;
  #pastDoor = 0;

  constructor(ports: PlacesPorts, queue: RequestQueue) {
    this.#ports = ports;
    this.#queue = queue;
    this.#claimAhead = new ClaimAhead(ports.concurrency);
  }

  /** Claims that are under way. */
  get claims(): number {
    return this.#claims;
  }

  /** Asked for or claimed, and not settled. */
  get inFlight(): number {
    return this.#asked + this.#leaving + this.#queue.size;
  }

  /** What `--limit` leaves to be claimed. */
  get left(): number {
    return this.#ports.limit.left() - this.#asked;
  }

  /**
   * How many may be claimed before they can leave, looked up once a round. Nobody where the gates count (`atMost`):
   * whom an allowance was spent on must not wait, for a halt would put them back, and waste it.
   */
  ahead(atMost: number | null): number {
    const { clock, throttle } = this.#ports;
    const { claimed, pastDoor }: Ahead =
      atMost === null
        ? this.#claimAhead.look(clock.monotonicMs(), throttle.pace().currentPerSecond)
        : NOBODY_AHEAD;
    this.#pastDoor = pastDoor;
    return claimed;
  }

  /** How many may be claimed now; `atMost` is what the gates allow, null: as many as you like. */
  room(ahead: number, atMost: number | null): number {
    return Math.min(this.#free() + ahead, this.left, atMost ?? Number.POSITIVE_INFINITY);
  }

  /** How many may leave now: those who would have a place, and a few who wait for one. */
  roomToLeave(): number {
    return this.#ports.concurrency - this.#queue.size + this.#pastDoor;
  }

  /** While somebody waits for a place there is time for a large claim: it costs little more than a small one. */
  worthWaiting(ahead: number): boolean {
    const whole = ahead / 2;
    return this.#free() + ahead < whole && this.left >= whole && this.#queue.waiting > 0;
  }

  /** A claim of so many is begun. */
  asked(permits: number): void {
    this.#claims += 1;
    this.#asked += permits;
  }

  /** A claim that was begun with `permits` is back. */
  claimed(permits: number, deliveries: number): void {
    this.#claims -= 1;
    this.#asked -= permits;
    this.#leaving += deliveries;
  }

  /** So many of the claimed are in the queue's hands, or were put back. */
  departed(deliveries: number): void {
    this.#leaving -= deliveries;
  }

  /** One has its outcome. */
  answered(): void {
    this.#claimAhead.answered();
  }

  /** While connections fail, one probe at a time is enough. */
  #free(): number {
    const { concurrency, connections } = this.#ports;
    return (connections.failing ? 1 : concurrency) - this.inFlight;
  }
}
