import type { Ledgers } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';

/** Addresses with their passwords, by the names under which people know them. */
const ADDRESSES = new Map<string, string>();

/**
 * Ledgers in databases of PostgreSQL. Nothing of PostgreSQL is loaded before the first one is named.
 *
 * @param follow told how far a database's clock is ahead of this machine's
 */
export const postgresLedgers = (follow: (aheadMs: number) => void): Omit<Ledgers, 'locks'> => ({
  named: async (typed) => {
    const address = (await import('./address.js')).postgresAddress(typed);
    if (!address.ok) return address;
    const { name, config } = address.value;
    // A name alone means the address that was told with it before.
    if (typed !== name || !ADDRESSES.has(name)) ADDRESSES.set(name, typed);
    const { password } = config;
    const secrets = typeof password === 'string' ? [password, encodeURIComponent(password)] : [];
    return ok({ file: name, secrets });
  },
  open: async (file, mode) =>
    (await import('./open-ledger.js')).openPostgresLedger(addressOf(file), mode, undefined, follow),
  isThere: async (file) => (await import('./open-ledger.js')).holdsLedger(addressOf(file)),
  state: () => Promise.resolve(null),
});

/** A name is an address, too, of which the password comes from elsewhere. */
function addressOf(file: string): string {
  return ADDRESSES.get(file) ?? file;
}
