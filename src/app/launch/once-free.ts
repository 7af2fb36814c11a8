import { LATE_MS } from '../../core/launches.js';
import { isPassing } from '../../core/ledger/database-address.js';
import type { Launches } from '../../core/ledger/launches.js';
import { LedgerError } from '../../core/ledger/ledger.js';
import { failed, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { LedgerWait } from '../send/busy-ledger.js';

/** Until a database that was away is asked again. */
const ASK_AGAIN_MS = 1_000;

/**
 * Does what belongs to a launch, and does it again as long as the ledger is away or busy: nobody may be there who could. What
 * would be late by then is left to people.
 */
export async function untilReached<T>(
  { clock }: Pick<App, 'clock'>,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const untilMs = clock.monotonicMs() + LATE_MS;
  for (;;) {
    const done = await work();
    if (done.ok || !isPassing(done.problems) || clock.monotonicMs() >= untilMs) return done;
    await clock.sleep(ASK_AGAIN_MS);
  }
}

/**
 * Writes what becomes of a launch once no other program holds the ledger, however long that takes in a list. Nobody else would
 * write it: a launch whose process ended unheard would begin “in a moment” for ever.
 */
export async function onceFree<T>(
  app: App,
  write: (launches: Launches) => Promise<Result<T>>,
): Promise<Result<T>> {
  const wait = new LedgerWait(app, () => undefined);
  for (;;) {
    const done = await onceWritten(app, wait, write);
    // Somebody began to write in this very moment.
    if (done.ok || done.problems[0]?.code !== 'ledger.busy') return done;
    await wait.aMoment();
  }
}

async function onceWritten<T>(
  app: App,
  wait: LedgerWait,
  write: (launches: Launches) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await withLedger(app, 'existing', async (ledger) => {
      const free = await wait.untilFree(ledger, NOBODY_STOPS);
      return free.ok ? write(ledger.launches) : free;
    });
  } catch (error) {
    if (error instanceof LedgerError) return failed(error.problem);
    throw error;
  }
}

const NOBODY_STOPS = new AbortController().signal;
