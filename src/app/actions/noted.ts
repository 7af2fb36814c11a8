import { type Ledger, LedgerError } from '../../core/ledger/ledger.js';
import { detailIn, type Problem } from '../../core/problem.js';
import type { App } from '../app.js';

/** For how long a ledger that another program writes to is waited for. */
const PATIENCE_MS = 60_000;
/** Until it is asked again. */
const ASK_EVERY_MS = 250;

/**
 * Writes into the log what is done already: whoever were told of a busy ledger would do it once more, and nobody would
 * know that it was done. What keeps it from being written says so.
 */
export async function noted(
  write: () => Promise<void>,
  ledger: Pick<Ledger, 'isHeld'>,
  { clock }: Pick<App, 'clock'>,
): Promise<void> {
  const until = clock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const isBusy = error.problem.code === 'ledger.busy' && clock.monotonicMs() < until;
      if (!isBusy) throw new LedgerError(unlogged(error), error);
    }
    // Asked for without waiting: the page serves others meanwhile.
    do await clock.sleep(ASK_EVERY_MS);
    while (clock.monotonicMs() < until && (await ledger.isHeld(0)));
  }
}

/** Why the log does not tell of it, for whoever has more to tell than that it is done; null: it does. */
export async function unloggedBy(recorded: Promise<void>): Promise<Problem | null> {
  try {
    await recorded;
    return null;
  } catch (error) {
    if (error instanceof LedgerError) return error.problem;
    throw error;
  }
}

function unlogged({ problem }: LedgerError) {
  const why = problem.code === 'ledger.busy' ? 'busy' : problem.code === 'ledger.full' ? 'full' : 'other';
  return { code: 'action.unlogged', params: { why, detail: detailIn(problem) } } as const;
}
