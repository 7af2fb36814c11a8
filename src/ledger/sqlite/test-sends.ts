import type { TestSend } from '../../core/ledger/runs.js';
import type { AnswerFacts, OutcomeKind } from '../../core/outcome.js';
import { BEGIN_TEST_SEND, beginningOf, END_TEST_SEND, endingOf } from '../sql/test-sends.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Writes the intent of a test message, synced, before it leaves. Returns its id; undefined: its press was heard before. */
export function beginTestSend(db: LedgerDatabase, test: TestSend, at: number): number | undefined {
  return db.prepare<object, number>(BEGIN_TEST_SEND).pluck().get(beginningOf(test, at));
}

/** Writes what became of a test message. An accepted one is a control for `reconcile`. */
export function endTestSend(
  db: LedgerDatabase,
  id: number,
  outcome: OutcomeKind,
  answer: AnswerFacts,
  at: number,
): void {
  db.prepare(END_TEST_SEND).run(endingOf(id, outcome, answer, at));
}
