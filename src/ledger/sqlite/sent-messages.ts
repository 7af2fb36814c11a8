import type { Controls } from '../../core/absence.js';
import type { TestSend } from '../../core/ledger/runs.js';
import type { AnswerFacts, OutcomeKind } from '../../core/outcome.js';
import type { KnownSend } from '../../core/reconcile-assign.js';
import { type SentValues, sentValues } from '../../core/sent-values.js';
import { CONTROLS_SUMMARY, MISSING_CONTROLS } from '../sql/controls.js';
import { SQLITE } from '../sql/dialect.js';
import {
  type AttemptSent,
  attemptsSentSql,
  knownSends,
  type TestSent,
  testsSentSql,
  valuesOf,
} from '../sql/known-sends.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Writes the intent of a test message, synced, before it leaves. Returns its id. */
export function beginTestSend(db: LedgerDatabase, { body, header, ...test }: TestSend, at: number): number {
  const begun = db
    .prepare(
      `INSERT INTO test_sends (workspace, campaign, template, phone, person, started_at, sent_values)
       VALUES (@workspace, @campaign, @template, @phone, @person, @at, @values)`,
    )
    .run({ ...test, at, values: JSON.stringify(sentValues(body, header)) });
  return Number(begun.lastInsertRowid);
}

/** Writes what became of a test message. An accepted one is a control for `reconcile`. */
export function endTestSend(
  db: LedgerDatabase,
  id: number,
  outcome: OutcomeKind,
  answer: AnswerFacts,
  at: number,
): void {
  db.prepare(
    `UPDATE test_sends SET ended_at = @at, outcome = @outcome, http_status = @httpStatus, error_code = @errorCode,
       error_message = @errorMessage WHERE id = @id AND outcome = 'in-flight'`,
  ).run({ ...answer, id, outcome, at });
}

/** Every send of a workspace to these persons that may have been executed: deliveries and test messages. */
export function sendsTo(
  db: LedgerDatabase,
  workspace: string,
  persons: readonly string[],
): readonly KnownSend[] {
  const wanted = { persons: JSON.stringify(persons), workspace };
  const attempts = db.prepare(attemptsSentSql(SQLITE)).all(wanted) as AttemptSent[];
  return knownSends(attempts, db.prepare(testsSentSql(SQLITE)).all(wanted) as TestSent[]);
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
