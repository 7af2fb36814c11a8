import type { Controls } from '../../core/absence.js';
import type { KnownSend } from '../../core/reconcile-assign.js';
import type { SentValues } from '../../core/sent-values.js';
import { CONTROLS_SUMMARY, MISSING_CONTROLS } from '../sql/controls.js';
import { SQLITE } from '../sql/dialect.js';
import {
  type AttemptSent,
  attemptsSentSql,
  knownSends,
  standingUnder,
  type TestSent,
  testsSentSql,
  valuesOf,
} from '../sql/known-sends.js';
import { knownFingerprint } from './fingerprint.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Every send of a workspace to these persons that may have been executed: deliveries and test messages. */
export function sendsTo(
  db: LedgerDatabase,
  workspace: string,
  persons: readonly string[],
): readonly KnownSend[] {
  const under = standingUnder(persons, knownFingerprint(db));
  const wanted = { persons: JSON.stringify([...under.keys()]), workspace };
  const attempts = db.prepare(attemptsSentSql(SQLITE)).all(wanted) as AttemptSent[];
  return knownSends(attempts, db.prepare(testsSentSql(SQLITE)).all(wanted) as TestSent[], under);
}

/** Fingerprints of what a delivery sends, for evidence that outlives its row; null: it was erased. */
export function valuesSent(db: LedgerDatabase, deliveryId: number): SentValues | null {
  const texts = db.prepare('SELECT json_array(body, header) FROM contents WHERE delivery_id = ?').pluck();
  const found = texts.get(deliveryId) as string | undefined;
  return found === undefined ? null : valuesOf(found);
}

/** The controls of a workspace that began at `fromAt` or later, and before the scan. Holds one number for each that is missing. */
export function controlsSince(
  db: LedgerDatabase,
  workspace: string,
  scanId: number,
  fromAt: number,
): Controls {
  const params = { workspace, scanId, fromAt };
  const summary = db.prepare(CONTROLS_SUMMARY).get(params) as Omit<Controls, 'missingAt'>;
  const missing = db.prepare(MISSING_CONTROLS).all(params) as { startedAt: number }[];
  return { ...summary, missingAt: missing.map(({ startedAt }) => startedAt) };
}
