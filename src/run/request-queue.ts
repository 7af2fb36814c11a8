import PQueue from 'p-queue';
import type { Dispatch } from '../core/delivery.js';

/** Holds the concurrency: claimed deliveries, those that wait for a place and those whose request is out. */
export class RequestQueue {
  readonly #queue: PQueue;
  readonly #waiting = new Set<Dispatch>();

  /** @param concurrency requests at a time */
  constructor(concurrency: number) {
    this.#queue = new PQueue({ concurrency });
  }

  /** Deliveries that were added and have not ended. */
  get size(): number {
    return this.#queue.size + this.#queue.pending;
  }

  /** Deliveries that have no place yet. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Runs `attempt` as soon as there is a place. Rejects when it does. */
  add(dispatch: Dispatch, attempt: () => Promise<void>): Promise<void> {
    this.#waiting.add(dispatch);
    return this.#queue.add(() => {
      this.#waiting.delete(dispatch);
      return attempt();
    });
  }

  /** Takes out all that have no place yet: they did not leave. */
  clear(): readonly Dispatch[] {
    const taken = [...this.#waiting];
    this.#waiting.clear();
    this.#queue.clear();
    return taken;
  }

  /** Resolves when nothing is left. */
  idle(): Promise<void> {
    return this.#queue.onIdle();
  }
}
