import type { ClaimedDelivery } from '../core/delivery.js';
import type { Gate, GateVerdict } from '../core/ports.js';
import type { Halt, Result } from '../core/problem.js';

/** Whether something could be noted outside of the ledger. */
type Noted = Result<null, 'state.unwritable'>;

/** What the gate needs of the world around a ledger. */
export interface GuardedLedger {
  readonly path: string;
  /** Called once, before the first claim. */
  begin(): Noted;
  /** Whether the ledger's path still leads to the file that was opened. */
  isThere(): boolean;
  /** Lets the world outside of the ledger know, before requests leave, which attempt is the last. */
  mark(attemptId: number): Noted;
}

/**
 * Halts a run whose ledger was deleted, moved or replaced: what is written goes into a file that the next run does not
 * find. And keeps known outside of it how far the ledger is.
 */
export class LedgerGate implements Gate {
  readonly #ledger: GuardedLedger;
  #begun = false;
  #halt: Halt | null = null;

  constructor(ledger: GuardedLedger) {
    this.#ledger = ledger;
  }

  check(): Promise<GateVerdict> {
    if (!this.#begun) this.#note(this.#ledger.begin());
    this.#begun = true;
    const halt = this.verdict();
    return Promise.resolve(halt === null ? { kind: 'open', atMost: null } : { kind: 'halt', halt });
  }

  /** Why nothing may go out, or null. To be asked at the end, too: after an interruption nobody else would look. */
  verdict(): Halt | null {
    if (!this.#ledger.isThere())
      this.#halt ??= { code: 'halt.ledger-gone', params: { file: this.#ledger.path } };
    return this.#halt;
  }

  claimed(deliveries: readonly ClaimedDelivery[]): void {
    this.#note(this.#ledger.mark(Math.max(...deliveries.map(({ attemptId }) => attemptId))));
  }

  #note(told: Noted): void {
    if (told.ok) return;
    for (const { params } of told.problems) this.#halt ??= { code: 'halt.state-unwritable', params };
  }
}
