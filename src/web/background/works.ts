import type { Result } from '../../core/problem.js';

/** Something that takes longer than a page may. Moments are epoch milliseconds. */
export interface Work<T> {
  readonly startedAt: number;
  /** null: it goes on. */
  readonly endedAt: number | null;
  readonly result: Result<T> | null;
  /** Resolves when it has ended; never rejects. */
  readonly finished: Promise<void>;
}

/** How many go on at once: each is a process of its own. */
const MOST_AT_ONCE = 2;

/** What goes on beside the pages, by a name for each: whoever asks for the same again joins in. */
export class Works {
  readonly #works = new Map<string, Work<unknown>>();
  readonly #now: () => number;
  readonly #failed: (error: unknown) => Result<never>;
  #going = 0;
  #queue: (() => void)[] = [];

  /** @param failed what to make of something that was thrown */
  constructor(now: () => number, failed: (error: unknown) => Result<never>) {
    this.#now = now;
    this.#failed = failed;
  }

  /** The one of this name that was begun last; null: there is none. */
  find<T>(name: string): Work<T> | null {
    return (this.#works.get(name) as Work<T> | undefined) ?? null;
  }

  /** Begins it, unless one of this name goes on. */
  start<T>(name: string, begin: () => Promise<Result<T>>): Work<T> {
    const going = this.find<T>(name);
    if (going !== null && going.endedAt === null) return going;
    const startedAt = this.#now();
    const finished = this.#inLine(begin).then((result) => {
      this.#works.set(name, { startedAt, endedAt: this.#now(), result, finished: Promise.resolve() });
    });
    const work: Work<T> = { startedAt, endedAt: null, result: null, finished };
    this.#works.set(name, work);
    return work;
  }

  /** Forgets what has ended. */
  forget(name: string): void {
    if (this.#works.get(name)?.endedAt != null) this.#works.delete(name);
  }

  async #inLine<T>(begin: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#going >= MOST_AT_ONCE) await new Promise<void>((turn) => this.#queue.push(turn));
    this.#going += 1;
    try {
      return await begin();
    } catch (error) {
      return this.#failed(error);
    } finally {
      this.#going -= 1;
      this.#queue.shift()?.();
    }
  }
}
