import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Written } from '../core/ports.js';
import type { RunWriting } from './run-ledger.js';
import type { RunThreadCall, RunThreadData } from './run-thread.js';
import type { ClaimText, Settled, StartedRun } from './run-writer.js';

const THREAD = new URL('./run-thread.js', import.meta.url);

/** What the thread keeps is a batch and SQLite's own memory; the default would let garbage pile up to 16 MB. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

interface Caller {
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Writes a run in a thread of its own. A synced commit takes 0.1 ms to 20 ms, depending on the disk; meanwhile
 * this thread goes on sending and reading, and what comes in makes the next batch larger.
 */
export class ThreadedWriting implements RunWriting {
  readonly #worker: Worker;
  readonly #callers: Caller[] = [];
  #broken: { readonly error: unknown } | null = null;

  /** @param thread the compiled run-thread.js; left out: the one beside this file */
  constructor(file: string, run: StartedRun, thread: URL = THREAD) {
    this.#worker = new Worker(thread, {
      workerData: { file, run } satisfies RunThreadData,
      resourceLimits: LIMITS,
    });
    this.#worker.on('message', (answer: unknown) => this.#callers.shift()?.answer(answer));
    this.#worker.on('error', (error) => this.#break(error));
    this.#worker.on('exit', () => this.#break(new Error('the thread that writes the ledger has ended')));
  }

  claim(settled: Settled, max: number, at: number): Promise<ClaimText> {
    return this.#call({ kind: 'claim', settled, max, at }) as Promise<ClaimText>;
  }

  settle(settled: Settled): Promise<Written> {
    return this.#call({ kind: 'settle', settled }) as Promise<Written>;
  }

  /** Ends the thread when everything it was given is done. */
  async close(): Promise<void> {
    if (this.#broken !== null) return;
    const ended = once(this.#worker, 'exit');
    this.#worker.postMessage({ kind: 'close' } satisfies RunThreadCall);
    await ended;
  }

  #call(call: RunThreadCall): Promise<unknown> {
    if (this.#broken !== null) return Promise.reject(this.#broken.error);
    return new Promise((answer, fail) => {
      this.#callers.push({ answer, fail });
      this.#worker.postMessage(call);
    });
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const { fail } of this.#callers.splice(0)) fail(this.#broken.error);
  }
}
