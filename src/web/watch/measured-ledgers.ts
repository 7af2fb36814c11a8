import type { Ledger, Ledgers } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';

/** The same ledgers; `read` is told for how many milliseconds each was open. */
export function measuredLedgers(
  ledgers: Ledgers,
  read: (ms: number) => void,
  monotonicMs: () => number,
): Ledgers {
  return {
    named: (address) => ledgers.named(address),
    isThere: (file) => ledgers.isThere(file),
    locks: ledgers.locks,
    open: async (file, mode) => {
      const beganMs = monotonicMs();
      const opened = await ledgers.open(file, mode);
      return opened.ok ? ok(closing(opened.value, () => read(monotonicMs() - beganMs))) : opened;
    },
  };
}

/** A ledger that says when it is closed. */
function closing(ledger: Ledger, closed: () => void): Ledger {
  const close = async (): Promise<void> => {
    await ledger.close();
    closed();
  };
  return new Proxy(ledger, {
    get: (target, name) => {
      if (name === 'close') return close;
      const value: unknown = Reflect.get(target, name, target);
      // Methods reach for what is the ledger's own.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
