import type { OutcomeRecord } from '../../core/delivery.js';
import type { LedgerFailure, Written } from '../../core/ports.js';
import type { ClockReading } from '../../core/steady-time.js';
import type { RunClock } from './run-clock.js';

/** Outcomes wait at most this long for company. */
const FLUSH_MS = 50;
/** An outcome that could not be written is tried again after this. */
const RETRY_MS = 250;

/** Outcomes on their way into the ledger, and a reading of the clocks that it does not know yet. */
export interface WaitingOutcomes {
  readonly records: readonly OutcomeRecord[];
  /** What is claimed from here on begins under it; null: nothing new. */
  readonly clock: ClockReading | null;
}

/**
 * What became of a run's attempts, until it is durable: an outcome is known nowhere else. Those that arrive between two
 * claims go along in the claim's commit; the others are written by themselves after a moment.
 */
export class OutcomeQueue {
  readonly #record: (waiting: WaitingOutcomes) => Promise<Written>;
  readonly #clock: RunClock | null;
  #waiting: OutcomeRecord[] = [];
  /** Settles when the writes that were begun so far are answered, in whatever way. */
  #answered: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  /** Set by an error after which nothing may be written any more. */
  #dead: LedgerFailure | null = null;

  /**
   * @param record writes outcomes alone
   * @param clock null: when attempts began is known by the wall clock alone, which proves nothing later
   */
  constructor(record: (waiting: WaitingOutcomes) => Promise<Written>, clock: RunClock | null) {
    this.#record = record;
    this.#clock = clock;
  }

  /** The failure after which nothing is written any more; null: there was none. */
  get dead(): LedgerFailure | null {
    return this.#dead;
  }

  /** Takes one in; it is written within 100 ms. */
  add(outcome: OutcomeRecord): void {
    this.#waiting.push(outcome);
    this.#flushLater(FLUSH_MS);
  }

  /** Resolves when all that was taken in is durable, or says why it cannot be. */
  async flush(): Promise<Written> {
    await this.#answered;
    // What a write under way could not take waits again.
    while (this.#waiting.length > 0) {
      if (this.#dead !== null) return this.#dead;
      const written = await this.write(this.#record);
      if (written.kind === 'failed') return written;
    }
    return this.#dead ?? { kind: 'written' };
  }

  /** Hands over what waits; if it could not be written, it waits again, in front of what came meanwhile. */
  async write<T extends { readonly kind: string }>(
    write: (waiting: WaitingOutcomes) => Promise<T | LedgerFailure>,
  ): Promise<T | LedgerFailure> {
    const records = this.#waiting;
    const clock = this.#clock?.news() ?? null;
    this.#waiting = [];
    this.rest();
    const writing = write({ records, clock });
    this.#answered = writing.catch(() => undefined);
    const written = await writing;
    if (!isFailure(written)) {
      if (clock !== null) this.#clock?.written(clock);
      return written;
    }
    this.#waiting = [...records, ...this.#waiting];
    if (!written.fatal && this.#waiting.length > 0) this.#flushLater(RETRY_MS);
    return this.noted(written);
  }

  /** Takes in a failure: after a fatal one nothing is written any more. */
  noted(failure: LedgerFailure): LedgerFailure {
    if (failure.fatal) this.#dead = failure;
    return failure;
  }

  /** Nothing is written by itself until the next outcome comes. */
  rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** What cannot be written now is tried again until the run ends. */
  #flushLater(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }
}

function isFailure(written: { readonly kind: string }): written is LedgerFailure {
  return written.kind === 'failed';
}
