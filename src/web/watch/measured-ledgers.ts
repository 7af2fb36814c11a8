import type { Ledgers } from '../../core/ledger/ledger.js';
import { ledgerWith } from '../../core/ledger/ledger-with.js';
import { ok } from '../../core/problem.js';

/** The same ledgers; `read` is told for how many milliseconds each was open. */
export function measuredLedgers(
  ledgers: Ledgers,
  read: (ms: number) => void,
  monotonicMs: () => number,
): Ledgers {
  return {
    ...ledgers,
    open: async (file, mode) => {
      const beganMs = monotonicMs();
      const opened = await ledgers.open(file, mode);
      if (!opened.ok) return opened;
      const close = async (): Promise<void> => {
        await opened.value.close();
        read(monotonicMs() - beganMs);
      };
      return ok(ledgerWith(opened.value, { close }));
    },
  };
}
