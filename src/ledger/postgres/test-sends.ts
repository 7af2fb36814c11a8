import type { TestSends } from '../../core/ledger/ledger.js';
import { BEGIN_TEST_SEND, beginningOf, begunTest, END_TEST_SEND, endingOf } from '../sql/test-sends.js';
import type { Sql } from './database.js';

/** Messages beside the deliveries. */
export function testSendsIn(sql: Sql): TestSends {
  return {
    begin: async (test, at) =>
      begunTest((await sql.row<{ id: number }>(BEGIN_TEST_SEND, beginningOf(test, at)))?.id),
    end: async (id, outcome, answer, at) => {
      await sql.run(END_TEST_SEND, endingOf(id, outcome, answer, at));
    },
  };
}
