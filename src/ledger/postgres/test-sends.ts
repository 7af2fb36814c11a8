import type { TestSends } from '../../core/ledger/ledger.js';
import { BEGIN_TEST_SEND, beginningOf, begunTest, END_TEST_SEND, endingOf } from '../sql/test-sends.js';
import type { Database } from './database.js';

/** Messages beside the deliveries. */
export function testSendsIn(db: Database): TestSends {
  return {
    begin: async (test, at) => {
      const begin = beginningOf(test, at);
      // Before its request leaves it has to be on the disk.
      return begunTest((await db.transaction((sql) => sql.row<{ id: number }>(BEGIN_TEST_SEND, begin)))?.id);
    },
    end: async (id, outcome, answer, at) => {
      await db.run(END_TEST_SEND, endingOf(id, outcome, answer, at));
    },
  };
}
