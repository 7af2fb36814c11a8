import { setTimeout as delay } from 'node:timers/promises';
import { failed, ok, type Result } from '../../core/problem.js';
import { isHeld } from '../../ledger/held-ledger.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import type { Cli } from '../command.js';

/** Until the ledger is asked again. */
const ASK_EVERY_MS = 250;
/** While a run sends, its sockets do not wait longer than this for the ledger, whoever else writes to it. */
const SENDING_BUSY_MS = 500;

/** Waits while another program writes to the ledger, where no display of a run does. */
export class LedgerWait {
  readonly #cli: Pick<Cli, 'say' | 'terminal'>;
  #said = false;

  constructor(cli: Pick<Cli, 'say' | 'terminal'>) {
    this.#cli = cli;
  }

  /** Says so, once, and lets a moment pass. */
  async aMoment(): Promise<void> {
    const { say, terminal } = this.#cli;
    if (!this.#said) terminal.aside(say('progress.waiting', { what: say(LEDGER_BUSY) }));
    this.#said = true;
    await delay(ASK_EVERY_MS);
  }

  /** Resolves when the ledger can be written; a failure when a person asked to end before. */
  async untilFree({ name: file, memory }: LedgerDatabase, stop: AbortSignal): Promise<Result<null>> {
    while (!memory && isHeld(file, 0)) {
      if (stop.aborted) return failed({ code: 'ledger.busy', params: { file } });
      await this.aMoment();
    }
    return ok(null);
  }
}

/** Works with a ledger that keeps nobody waiting for long. */
export async function whileSending<T>(db: LedgerDatabase, work: () => Promise<T>): Promise<T> {
  const before = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma(`busy_timeout = ${SENDING_BUSY_MS}`);
  try {
    return await work();
  } finally {
    db.pragma(`busy_timeout = ${before}`);
  }
}
