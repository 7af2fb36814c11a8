import type { Clock } from '../core/clock.js';
import type { RunLedger, RunObserver, Wait } from '../core/ports.js';
import { LEDGER_AWAY, LEDGER_BUSY } from './busy-ledger.js';

/** Longest sleep at a stretch: a changed clock or a laptop's sleep is noticed after this. */
const LONGEST_SLEEP_MS = 30_000;

/** What showing needs. */
export interface WaitStatusPorts {
  readonly ledger: RunLedger;
  readonly observer: RunObserver;
  readonly clock: Clock;
}

/** What a run waits for, as it is shown here and, through the ledger, by `status` in another terminal. */
export class WaitStatus {
  readonly #ports: WaitStatusPorts;
  #shown = false;

  constructor(ports: WaitStatusPorts) {
    this.#ports = ports;
  }

  /** Shows it. Returns for how many milliseconds to sleep before the next look. */
  async begin(wait: Wait): Promise<number> {
    const { clock, ledger, observer } = this.#ports;
    this.#shown = true;
    observer.waiting(wait);
    // Nobody can write that nobody can write: `status` sees it by itself.
    if (wait.code !== LEDGER_BUSY.code && wait.code !== LEDGER_AWAY.code) await ledger.showWaiting(wait);
    const leftMs = wait.untilAt === null ? LONGEST_SLEEP_MS : wait.untilAt - clock.now();
    return Math.min(LONGEST_SLEEP_MS, Math.max(1, leftMs));
  }

  /** Something is sent again. */
  async end(): Promise<void> {
    if (!this.#shown) return;
    this.#shown = false;
    this.#ports.observer.waiting(null);
    await this.#ports.ledger.showWaiting(null);
  }
}
