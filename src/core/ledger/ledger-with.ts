import type { Ledger } from './ledger.js';

/** The same ledger, of which some parts are others. */
export function ledgerWith(ledger: Ledger, others: Partial<Ledger>): Ledger {
  return new Proxy(ledger, {
    get: (target, name) => {
      if (Object.hasOwn(others, name)) return Reflect.get(others, name);
      const value: unknown = Reflect.get(target, name, target);
      // Methods reach for what is the ledger's own.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
