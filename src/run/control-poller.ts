import type { Clock } from '../core/clock.js';
import type { Control, Gate, GateVerdict, RunLedger } from '../core/ports.js';
import type { Halt } from '../core/problem.js';

/** How often another terminal's word is looked for. */
const LOOK_EVERY_MS = 500;

/** Why a run of a canceled campaign stops. */
export const CANCELED: Halt = { code: 'halt.canceled', params: {} };

/** Told what another terminal said that concerns whom the run has claimed already. */
export interface Heard {
  /** The campaign is given up: nobody leaves any more. */
  readonly canceled: () => void;
  /** Somebody was taken out, perhaps one of those who were claimed before. */
  readonly takenOut: () => void;
}

const NOBODY_LISTENS: Heard = { canceled: () => undefined, takenOut: () => undefined };

/**
 * Hears `pause`, `resume`, `cancel` and `suppress` from another terminal, through the ledger, also while the run waits
 * for something else.
 */
export class ControlPoller implements Gate {
  readonly #ledger: RunLedger;
  readonly #clock: Clock;
  readonly #noWait: boolean;
  readonly #closed = new AbortController();
  /** null: nobody has looked yet. */
  #control: Control | null = null;
  #changed = new AbortController();
  #composed: AbortSignal | null = null;

  constructor(ledger: RunLedger, clock: Clock, noWait: boolean) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#noWait = noWait;
  }

  /** Looks until `close`. */
  async watch(heard: Heard = NOBODY_LISTENS): Promise<void> {
    let known = await this.#ledger.takenOut();
    while (!this.#closed.signal.aborted) {
      const takenOut = await this.#ledger.takenOut();
      if (takenOut !== known) heard.takenOut();
      known = takenOut;
      const control = await this.#ledger.control();
      const before = this.#control ?? 'go';
      this.#control = control;
      if (control !== before) {
        if (control === 'canceled') heard.canceled();
        this.#changed.abort();
        this.#changed = new AbortController();
        this.#composed = null;
      }
      await this.#clock.sleep(LOOK_EVERY_MS, this.#closed.signal);
    }
  }

  close(): void {
    this.#closed.abort();
  }

  /** A signal that fires on any of `signals` (always the same ones), and when another terminal said something. */
  signalWith(...signals: readonly AbortSignal[]): AbortSignal {
    this.#composed ??= AbortSignal.any([...signals, this.#changed.signal]);
    return this.#composed;
  }

  /** What was said before the first look, such as while a person was asked, holds for the first message, too. */
  async check(): Promise<GateVerdict> {
    const control = this.#control ?? (await this.#ledger.control());
    if (control === 'canceled') return { kind: 'halt', halt: CANCELED };
    if (control !== 'paused') return { kind: 'open', atMost: null };
    if (this.#noWait) return { kind: 'halt', halt: { code: 'halt.paused', params: {} } };
    return { kind: 'wait', wait: { code: 'wait.paused', params: {}, untilAt: null } };
  }
}
