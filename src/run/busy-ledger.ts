import type { Clock } from '../core/clock.js';
import type { GateVerdict, LedgerFailure, Wait, Written } from '../core/ports.js';
import { unwrittenHalt } from '../core/problem.js';
import type { WaitStatus } from './wait-status.js';

/** Another program writes to the ledger: nothing is broken, and nothing is lost by waiting. */
export const LEDGER_BUSY: Wait = { code: 'wait.ledger-busy', params: {}, untilAt: null };

/** The database cannot be reached, or cannot write. */
export const LEDGER_AWAY: Wait = { code: 'wait.ledger-away', params: {}, untilAt: null };

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
  return { kind: 'halt', halt: unwrittenHalt(failure.problem) };
}

/** A run's waits for a ledger that is busy: they are no reason to stop. */
export class BusyLedger {
  readonly #shown: WaitStatus;
  readonly #clock: Clock;
  #met: Wait | null = null;

  constructor(shown: WaitStatus, clock: Clock) {
    this.#shown = shown;
    this.#clock = clock;
  }

  /** Whether it was met since the last wait. */
  get met(): boolean {
    return this.#met !== null;
  }

  /** Takes in a failure: whether it is only that the ledger is busy. */
  meet(failure: LedgerFailure): boolean {
    const busy = isBusy(failure);
    if (busy) this.#met = failure.problem.code === 'ledger.busy' ? LEDGER_BUSY : LEDGER_AWAY;
    return busy;
  }

  /** Shows it and lets a moment pass, or less when `signal` fires. */
  async wait(signal?: AbortSignal): Promise<'again'> {
    const wait = this.#met ?? LEDGER_BUSY;
    this.#met = null;
    await this.#shown.begin(wait);
    await this.#clock.sleep(ASK_EVERY_MS, signal);
    return 'again';
  }
}

/** What passes by itself, or when somebody far away has made room: what is known is kept until then. */
const PASSING: ReadonlySet<string> = new Set([
  'ledger.busy',
  'ledger.db-away',
  'ledger.db-refused',
  'ledger.db-no-host',
  'ledger.db-connections',
  'ledger.db-full',
]);

function isBusy({ problem }: LedgerFailure): boolean {
  return PASSING.has(problem.code);
}
