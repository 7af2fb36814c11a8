import { randomBytes } from 'node:crypto';
import { type Fingerprint, fingerprintWith, MAKE_SALT, SALT, SALT_BYTES } from '../sql/fingerprint.js';
import type { Sql } from './database.js';

/** The ledger's fingerprint, or null while nobody was ever forgotten. */
export async function knownFingerprint(sql: Sql): Promise<Fingerprint | null> {
  const known = await sql.row<{ readonly salt: Uint8Array }>(SALT);
  return known === undefined ? null : fingerprintWith(known.salt);
}

/** The ledger's fingerprint; its salt is made at the first call. */
export async function ensuredFingerprint(sql: Sql): Promise<Fingerprint> {
  await sql.run(MAKE_SALT, { salt: randomBytes(SALT_BYTES) });
  const known = await knownFingerprint(sql);
  if (known === null) throw new Error('a salt that was written cannot be read');
  return known;
}
