import { Worker } from 'node:worker_threads';
import type { Counts } from '../core/counts.js';
import type { Settlement } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import type { Claim, Control, RunLedger, Wait, Written } from '../core/ports.js';
import type { StartedRun } from './run-ledger.js';
import type { LedgerAnswer, LedgerCall, LedgerThreadData } from './run-ledger-thread.js';

/** Settlements without a claim to go along with are handed over after this. */
const HAND_OVER_MS = 25;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A run's ledger in a thread of its own. What it promises is what `SqliteRunLedger` promises, which does the work
 * there: a claim resolves only after its intents are synced.
 */
export class ThreadedRunLedger implements RunLedger {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #settlements: Settlement[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastId = 0;
  #failure: Error | null = null;

  constructor(file: string, run: StartedRun) {
    const workerData: LedgerThreadData = { file, run };
    this.#thread = new Worker(new URL('./run-ledger-thread.js', import.meta.url), { workerData });
    this.#thread.on('message', ({ id, value }: LedgerAnswer) => {
      this.#waiting.get(id)?.resolve(JSON.parse(value));
      this.#waiting.delete(id);
    });
    this.#thread.on('error', (error: Error) => this.#failed(error));
    this.#thread.on('exit', () => this.#failed(new Error('the ledger thread has ended')));
  }

  recover(at: number): Promise<number> {
    return this.#ask({ call: 'recover', at }) as Promise<number>;
  }

  counts(): Promise<Counts> {
    return this.#ask({ call: 'counts' }) as Promise<Counts>;
  }

  claim(max: number, at: number): Promise<Claim> {
    return this.#ask({ call: 'claim', max, at }) as Promise<Claim>;
  }

  settle(settlement: Settlement): void {
    this.#settlements.push(settlement);
    this.#timer ??= setTimeout(() => this.#post({ call: 'settle' }, 0), HAND_OVER_MS);
  }

  flush(): Promise<Written> {
    return this.#ask({ call: 'flush' }) as Promise<Written>;
  }

  nextDueAt(): Promise<number | null> {
    return this.#ask({ call: 'nextDueAt' }) as Promise<number | null>;
  }

  control(): Promise<Control> {
    return this.#ask({ call: 'control' }) as Promise<Control>;
  }

  showWaiting(wait: Wait | null): Promise<void> {
    return this.#ask({ call: 'showWaiting', wait }) as Promise<void>;
  }

  end(at: number, halt: Halt | null): Promise<Written> {
    return this.#ask({ call: 'end', at, halt }) as Promise<Written>;
  }

  /** Ends the thread once it has done what it was asked for. */
  async close(): Promise<void> {
    if (this.#failure !== null) return;
    const ended = new Promise<void>((resolve) => {
      this.#thread.once('exit', () => resolve());
    });
    this.#post({ call: 'close' }, 0);
    await ended;
  }

  #ask(ask: LedgerCall['ask']): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post(ask, id);
    });
  }

  #post(ask: LedgerCall['ask'], id: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const settlements = this.#settlements.length === 0 ? null : JSON.stringify(this.#settlements);
    this.#settlements = [];
    const call: LedgerCall = { id, settlements, ask };
    this.#thread.postMessage(call);
  }

  /** A bug in the thread ends the run: whoever waits hears of it, and nothing more is claimed. */
  #failed(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
