import { setTimeout as delay } from 'node:timers/promises';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import type { Cli } from '../command.js';

/** Until the ledger is asked again. */
const ASK_EVERY_MS = 250;

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
  async untilFree(ledger: Ledger, stop: AbortSignal): Promise<Result<null>> {
    while (await ledger.isHeld(0)) {
      if (stop.aborted) return failed({ code: 'ledger.busy', params: { file: ledger.file } });
      await this.aMoment();
    }
    return ok(null);
  }
}
