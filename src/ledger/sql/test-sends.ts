import type { TestSends } from '../../core/ledger/ledger.js';
import type { TestSend } from '../../core/ledger/runs.js';
import type { AnswerFacts, OutcomeKind } from '../../core/outcome.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { sentValues } from '../../core/sent-values.js';
import { row, run, type Steps, type Store } from './steps.js';

/** Messages beside the deliveries. */
export function testSendsIn(store: Store): TestSends {
  return {
    begin: async (test, at) => begunTest(await store.together(() => beginTestSend(test, at))),
    end: (...end) => store.each(endTestSend(...end)),
  };
}

/** Writes the intent of a test message, on the disk before it leaves. Returns its id; undefined: its press was heard before. */
export function* beginTestSend(test: TestSend, at: number): Steps<number | undefined> {
  return (yield* row<{ id: number }>(BEGIN_TEST_SEND, beginningOf(test, at)))?.id;
}

/** Writes what became of a test message. An accepted one is a control for `reconcile`. */
export function* endTestSend(id: number, outcome: OutcomeKind, answer: AnswerFacts, at: number): Steps<void> {
  yield* run(END_TEST_SEND, endingOf(id, outcome, answer, at));
}

/** The intent of a test message; gives its id, and nothing where its press was heard before. */
const BEGIN_TEST_SEND = `
  INSERT INTO test_sends (workspace, campaign, template, phone, person, press, started_at, sent_values)
  VALUES (@workspace, @campaign, @template, @phone, @person, @press, @at, @values)
  ON CONFLICT (press) DO NOTHING RETURNING id`;

/** What it gave, as the port has it. */
function begunTest(id: number | undefined): Result<number> {
  return id === undefined ? failed({ code: 'test.pressed-before' }) : ok(id);
}

/** What became of a test message, once. */
const END_TEST_SEND = `
  UPDATE test_sends SET ended_at = @at, outcome = @outcome, http_status = @httpStatus, error_code = @errorCode,
    error_message = @errorMessage WHERE id = @id AND outcome = 'in-flight'`;

/** What fills `BEGIN_TEST_SEND`. */
function beginningOf({ body, header, ...test }: TestSend, at: number) {
  const { workspace, campaign, template, phone, person, press } = test;
  return {
    workspace,
    campaign,
    template,
    phone,
    person,
    press,
    at,
    values: JSON.stringify(sentValues(body, header)),
  };
}

/** What fills `END_TEST_SEND`. */
function endingOf(id: number, outcome: OutcomeKind, answer: AnswerFacts, at: number) {
  const { httpStatus, errorCode, errorMessage } = answer;
  return { id, outcome, at, httpStatus, errorCode, errorMessage };
}
