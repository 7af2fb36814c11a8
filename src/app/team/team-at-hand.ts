import { isDatabaseAddress } from '../../core/ledger/database-address.js';
import { type Ledger, LedgerError, type LedgerMode } from '../../core/ledger/ledger.js';
import type { App } from '../app.js';
import { hasLedger } from '../open-ledger.js';

/** How long it may take until a page for whoever starts it hears that there are users now. */
const LOOK_EVERY_MS = 1_000;

/**
 * The ledger's users for a server that asks at every request. A database stays open meanwhile; a file is opened each time:
 * it may be moved, or another one put in its place.
 */
export class TeamAtHand {
  readonly #app: App;
  #held: Promise<Ledger> | null = null;
  #isTeam: boolean;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param isTeam it is known that there are users */
  constructor(app: App, isTeam: boolean) {
    this.#app = app;
    this.#isTeam = isTeam;
  }

  /** Whether there are users: from the first one on there always are. A ledger that cannot be read leaves it as it was. */
  async isTeam(): Promise<boolean> {
    const at = this.#app.clock.monotonicMs();
    if (this.#isTeam || at - this.#lookedAt < LOOK_EVERY_MS) return this.#isTeam;
    this.#isTeam = await this.#hasUsers().catch((error: unknown) => {
      if (error instanceof LedgerError) return false;
      throw error;
    });
    this.#lookedAt = at;
    return this.#isTeam;
  }

  async #hasUsers(): Promise<boolean> {
    if (!(await hasLedger(this.#app))) return false;
    return (await this.with('read', ({ team }) => team.users())).length > 0;
  }

  /** Works with the ledger; one that cannot be opened is a `LedgerError`. */
  async with<T>(mode: LedgerMode, work: (ledger: Ledger) => Promise<T>): Promise<T> {
    if (isDatabaseAddress(this.#app.ledgerFile)) return work(await this.#database());
    const ledger = await this.#opened(mode);
    try {
      return await work(ledger);
    } finally {
      await ledger.close();
    }
  }

  async close(): Promise<void> {
    await (await this.#held?.catch(() => null))?.close();
  }

  /** One that could not be opened is tried again by whoever asks next. */
  #database(): Promise<Ledger> {
    this.#held ??= this.#opened('existing').catch((error: unknown) => {
      this.#held = null;
      throw error;
    });
    return this.#held;
  }

  async #opened(mode: LedgerMode): Promise<Ledger> {
    const opened = await this.#app.ledgers.open(this.#app.ledgerFile, mode);
    if (opened.ok) return opened.value;
    const [problem] = opened.problems;
    throw problem === undefined
      ? new Error('a ledger was refused without a word')
      : new LedgerError(problem, null);
  }
}
