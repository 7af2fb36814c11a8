import type { Clock } from '../core/clock.js';
import type { GateVerdict, LedgerFailure, Wait, Written } from '../core/ports.js';
import type { WaitStatus } from './wait-status.js';

/** Another program writes to the ledger: nothing is broken, and nothing is lost by waiting. */
export const LEDGER_BUSY: Wait = { code: 'wait.ledger-busy', params: {}, untilAt: null };

/** For how long a run leaves a busy ledger alone before it asks again. */
const ASK_EVERY_MS = 250;

/** Writes as soon as no other program does: what is known is kept until then. `wait` lets a moment pass. */
export async function whenFree(
  write: () => Promise<Written>,
  wait: () => Promise<unknown>,
): Promise<Written> {
  for (;;) {
    const written = await write();
    if (written.kind === 'written' || !isBusy(written)) return written;
    await wait();
  }
}

/** What a gate says when the ledger did not take what the gate has to write: soon again, or stop. */
export function unwrittenVerdict(failure: LedgerFailure, at: number): GateVerdict {
  if (isBusy(failure)) return { kind: 'wait', wait: { ...LEDGER_BUSY, untilAt: at + ASK_EVERY_MS } };
  return { kind: 'halt', halt: { code: 'halt.ledger-write', params: { detail: failure.problem.code } } };
}

/** A run's waits for a ledger that is busy: they are no reason to stop. */
export class BusyLedger {
  readonly #shown: WaitStatus;
  readonly #clock: Clock;
  #met = false;

  constructor(shown: WaitStatus, clock: Clock) {
    this.#shown = shown;
    this.#clock = clock;
  }

  /** Whether it was met since the last wait. */
  get met(): boolean {
    return this.#met;
  }

  /** Takes in a failure: whether it is only that the ledger is busy. */
  meet(failure: LedgerFailure): boolean {
    const busy = isBusy(failure);
    this.#met ||= busy;
    return busy;
  }

  /** Shows it and lets a moment pass, or less when `signal` fires. */
  async wait(signal?: AbortSignal): Promise<'again'> {
    this.#met = false;
    await this.#shown.begin(LEDGER_BUSY);
    await this.#clock.sleep(ASK_EVERY_MS, signal);
    return 'again';
  }
}

function isBusy({ problem }: LedgerFailure): boolean {
  return problem.code === 'ledger.busy';
}
