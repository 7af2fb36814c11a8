import type { TestSend } from '../../core/ledger/runs.js';
import type { AnswerFacts, OutcomeKind } from '../../core/outcome.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { sentValues } from '../../core/sent-values.js';

/** The intent of a test message; gives its id, and nothing where its press was heard before. */
export const BEGIN_TEST_SEND = `
  INSERT INTO test_sends (workspace, campaign, template, phone, person, press, started_at, sent_values)
  VALUES (@workspace, @campaign, @template, @phone, @person, @press, @at, @values)
  ON CONFLICT (press) DO NOTHING RETURNING id`;

/** What it gave, as the port has it. */
export function begunTest(id: number | undefined): Result<number> {
  return id === undefined ? failed({ code: 'test.pressed-before' }) : ok(id);
}

/** What became of a test message, once. */
export const END_TEST_SEND = `
  UPDATE test_sends SET ended_at = @at, outcome = @outcome, http_status = @httpStatus, error_code = @errorCode,
    error_message = @errorMessage WHERE id = @id AND outcome = 'in-flight'`;

/** What fills `BEGIN_TEST_SEND`. */
export function beginningOf({ body, header, ...test }: TestSend, at: number) {
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
export function endingOf(id: number, outcome: OutcomeKind, answer: AnswerFacts, at: number) {
  const { httpStatus, errorCode, errorMessage } = answer;
  return { id, outcome, at, httpStatus, errorCode, errorMessage };
}
