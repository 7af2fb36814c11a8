import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';

/** Until the ledger is asked again. */
const ASK_EVERY_MS = 250;

/** Waits while another program writes to the ledger, where no display of a run does. */
export class LedgerWait {
  readonly #clock: App['clock'];
  readonly #begins: () => void;
  #begun = false;

  /** @param begins told once, when the first wait begins */
  constructor({ clock }: Pick<App, 'clock'>, begins: () => void) {
    this.#clock = clock;
    this.#begins = begins;
  }

  /** Lets a moment pass. */
  async aMoment(): Promise<void> {
    if (!this.#begun) this.#begins();
    this.#begun = true;
    await this.#clock.sleep(ASK_EVERY_MS);
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
