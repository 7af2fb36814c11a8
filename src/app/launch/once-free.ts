import type { Launches } from '../../core/ledger/launches.js';
import { LedgerError } from '../../core/ledger/ledger.js';
import type { Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { LedgerWait } from '../send/busy-ledger.js';

/**
 * Writes what becomes of a launch once no other program holds the ledger, however long that takes in a list. Nobody else would
 * write it: a launch whose process ended unheard would begin “in a moment” for ever.
 */
export function onceFree<T>(app: App, write: (launches: Launches) => Promise<Result<T>>): Promise<Result<T>> {
  const wait = new LedgerWait(app, () => undefined);
  return withLedger(app, 'existing', async (ledger) => {
    for (;;) {
      const free = await wait.untilFree(ledger, NOBODY_STOPS);
      if (!free.ok) return free;
      try {
        return await write(ledger.launches);
      } catch (error) {
        // Somebody began to write in this very moment.
        if (!(error instanceof LedgerError) || error.problem.code !== 'ledger.busy') throw error;
        await wait.aMoment();
      }
    }
  });
}

const NOBODY_STOPS = new AbortController().signal;
