import { createHmac, randomBytes } from 'node:crypto';
import { row, run, type Steps } from './steps.js';

/** Digits of a fingerprint. A phone number has 15 at most (ITU-T E.164), so neither can be taken for the other. */
const FINGERPRINT_DIGITS = 19;
const SMALLEST = 10n ** 18n;
const RANGE = 8n * SMALLEST;

/** What stands for a person who was forgotten: the same for the same person, and nothing of the number in it. */
export type Fingerprint = (person: string) => string;

/** The salt of the ledger's fingerprints; none while nobody was ever forgotten. */
const SALT = 'SELECT salt FROM forgetting';

/** Makes the salt, where there is none. */
const MAKE_SALT = 'INSERT INTO forgetting ("only", salt) VALUES (1, @salt) ON CONFLICT DO NOTHING';

/** Bytes of a salt. */
const SALT_BYTES = 32;

/** The ledger's fingerprint, or null while nobody was ever forgotten. */
export function* knownFingerprint(): Steps<Fingerprint | null> {
  const known = yield* row<{ readonly salt: Uint8Array }>(SALT);
  return known === undefined ? null : fingerprintWith(known.salt);
}

/** The ledger's fingerprint; its salt is made at the first call. Within a transaction. */
export function* ensuredFingerprint(): Steps<Fingerprint> {
  yield* run(MAKE_SALT, { salt: randomBytes(SALT_BYTES) });
  const known = yield* knownFingerprint();
  if (known === null) throw new Error('a salt that was written cannot be read');
  return known;
}

/** Whether a person or phone of the ledger is the fingerprint of somebody who was forgotten. */
export function isFingerprint(digits: string): boolean {
  return digits.length === FINGERPRINT_DIGITS;
}

/** A phone of the ledger as people see it: of somebody forgotten there is none. */
export function phoneShown(digits: string): string {
  return isFingerprint(digits) ? '' : digits;
}

/**
 * HMAC-SHA-256 of the person under the salt, as 19 digits: what the ledger takes for a person. 63 bits are left of it,
 * so that two of ten million people share one with a probability of 1 in 160,000.
 */
function fingerprintWith(salt: Uint8Array): Fingerprint {
  return (person) => {
    const hash = createHmac('sha256', salt).update(person).digest().readBigUInt64BE();
    return String(SMALLEST + (hash % RANGE));
  };
}
