import { type ClockReading, isSameSetting, type ReadClocks } from '../../core/steady-time.js';

/**
 * What a run tells the ledger of its clocks: the first reading, one after the wall clock was set, and one when an
 * answer first told the provider's clock. Nothing else is news, so that messages cost nothing.
 */
export class RunClock {
  readonly #read: ReadClocks;
  #told: ClockReading | null = null;

  constructor(read: ReadClocks) {
    this.#read = read;
  }

  /** A reading that the ledger does not know yet; null: it knows enough. */
  news(): ClockReading | null {
    const now = this.#read();
    const told = this.#told;
    if (told === null || !isSameSetting(told, now)) return now;
    return told.providerOffsetMs === null && now.providerOffsetMs !== null ? now : null;
  }

  /** The ledger has it. */
  written(reading: ClockReading): void {
    this.#told = reading;
  }
}
