import type { Clock } from '../../core/clock.js';

/** How long whoever asks is kept waiting at most. */
const PATIENCE_MS = 150;
/** The first time the ledger is opened, too, while the server itself has just begun. */
const FIRST_PATIENCE_MS = 2_000;
/** An answer this old still counts: who asks often does not keep the ledger busy. */
const FRESH_MS = 1_000;

/** Whether the ledger answers, asked once however many want to know, and told in time whatever it does. */
export class Pulse {
  readonly #ask: () => Promise<boolean>;
  readonly #clock: Clock;
  #asking: Promise<boolean> | null = null;
  #last: { readonly answers: boolean; readonly atMs: number } | null = null;

  /** @param ask asks the ledger; what it throws is a no */
  constructor(ask: () => Promise<boolean>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** False, too, where it takes longer than anybody should wait. */
  async answers(): Promise<boolean> {
    const last = this.#last;
    if (last !== null && this.#clock.monotonicMs() - last.atMs < FRESH_MS) return last.answers;
    const patienceMs = last === null ? FIRST_PATIENCE_MS : PATIENCE_MS;
    const ended = new AbortController();
    this.#asking ??= this.#asked();
    const answers = await Promise.race([
      this.#asking,
      this.#clock.sleep(patienceMs, ended.signal).then(() => false),
    ]);
    ended.abort();
    return answers;
  }

  async #asked(): Promise<boolean> {
    const answers = await this.#ask().catch(() => false);
    this.#last = { answers, atMs: this.#clock.monotonicMs() };
    this.#asking = null;
    return answers;
  }
}
