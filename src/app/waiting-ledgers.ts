import type { Clock } from '../core/clock.js';
import { LedgerError, type Ledgers } from '../core/ledger/ledger.js';

/** As long as a write itself would wait. */
const PATIENCE_MS = 5_000;
/** A run commits for some milliseconds, again and again. */
const ASK_EVERY_MS = 50;

/**
 * The same ledgers, for whoever serves several people at once: a write waits for another program, such as an import of a long
 * list, and while it does so in a file nobody else is served. So it is waited for before, asking without waiting.
 */
export function waitingLedgers(ledgers: Ledgers, clock: Pick<Clock, 'monotonicMs' | 'sleep'>): Ledgers {
  return {
    ...ledgers,
    open: async (file, mode) => {
      const opened = await ledgers.open(file, mode);
      if (!opened.ok || mode === 'read') return opened;
      const until = clock.monotonicMs() + PATIENCE_MS;
      while (await opened.value.isHeld(0)) {
        if (clock.monotonicMs() >= until) {
          await opened.value.close();
          throw new LedgerError({ code: 'ledger.busy', params: { file: opened.value.file } }, null);
        }
        await clock.sleep(ASK_EVERY_MS);
      }
      return opened;
    },
  };
}
