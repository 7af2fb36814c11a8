import PQueue from 'p-queue';
import type { Dispatch } from '../core/delivery.js';

/** What the queue calls. */
export interface RequestQueueCalls {
  /** Sends one delivery. */
  readonly attempt: (dispatch: Dispatch) => Promise<void>;
  /** Told what `attempt` rejected with; the others go on. */
  readonly failed: (error: unknown) => void;
  /** An attempt has ended. */
  readonly ended: () => void;
}

/**
 * Holds the concurrency: claimed deliveries, those that wait for a place and those whose request is out. p-queue's
 * jobs are lanes, which send one delivery after the other as long as any waits: a job for each would cost 3 µs more.
 */
export class RequestQueue {
  readonly #queue: PQueue;
  readonly #calls: RequestQueueCalls;
  #claimed: readonly Dispatch[] = [];
  /** Index of the first that has no place yet. */
  #next = 0;
  #lanes = 0;
  #underWay = 0;

  /** @param concurrency requests at a time */
  constructor(concurrency: number, calls: RequestQueueCalls) {
    this.#queue = new PQueue({ concurrency });
    this.#calls = calls;
  }

  /** Deliveries that were added and have not ended. */
  get size(): number {
    return this.#underWay + this.waiting;
  }

  /** Deliveries that have no place yet. */
  get waiting(): number {
    return this.#claimed.length - this.#next;
  }

  /** Attempts these in their order, each as soon as there is a place. */
  add(dispatches: readonly Dispatch[]): void {
    this.#claimed = [...this.clear(), ...dispatches];
    const free = this.#queue.concurrency - this.#lanes;
    for (let opened = Math.min(free, this.waiting); opened > 0; opened -= 1) void this.#open();
  }

  /** Takes out all that have no place yet: they did not leave. */
  clear(): readonly Dispatch[] {
    const taken = this.#claimed.slice(this.#next);
    this.#claimed = [];
    this.#next = 0;
    return taken;
  }

  /** Resolves when nothing is left. */
  idle(): Promise<void> {
    return this.#queue.onIdle();
  }

  async #open(): Promise<void> {
    this.#lanes += 1;
    await this.#queue.add(() => this.#lane());
  }

  async #lane(): Promise<void> {
    for (let next = this.#take(); next !== null; next = this.#take()) {
      try {
        await this.#calls.attempt(next);
      } catch (error) {
        this.#calls.failed(error);
      }
      this.#underWay -= 1;
      this.#calls.ended();
    }
    this.#lanes -= 1;
  }

  #take(): Dispatch | null {
    const next = this.#claimed[this.#next];
    if (next === undefined) return null;
    this.#next += 1;
    this.#underWay += 1;
    return next;
  }
}
