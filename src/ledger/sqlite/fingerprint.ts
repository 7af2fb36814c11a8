import { randomBytes } from 'node:crypto';
import { type Fingerprint, fingerprintWith, MAKE_SALT, SALT, SALT_BYTES } from '../sql/fingerprint.js';
import type { LedgerDatabase } from './open-ledger.js';

/** The ledger's fingerprint, or null while nobody was ever forgotten. */
export function knownFingerprint(db: LedgerDatabase): Fingerprint | null {
  const salt = db.prepare(SALT).pluck().get() as Buffer | undefined;
  return salt === undefined ? null : fingerprintWith(salt);
}

/** The ledger's fingerprint; its salt is made at the first call. Inside a transaction of the caller. */
export function ensuredFingerprint(db: LedgerDatabase): Fingerprint {
  db.prepare(MAKE_SALT).run({ salt: randomBytes(SALT_BYTES) });
  const known = knownFingerprint(db);
  if (known === null) throw new Error('a salt that was written cannot be read');
  return known;
}
