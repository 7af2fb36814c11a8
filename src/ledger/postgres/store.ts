import { POSTGRES } from '../sql/dialect.js';
import type { Held, Step, Steps, Store } from '../sql/steps.js';
import type { Database, Sql } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { lockTakingOut } from './taking-out.js';

/** The database as a store. */
export function storeOf(db: Database, owned: OwnedWrites): Store {
  return {
    dialect: POSTGRES,
    each: (steps) => takeSteps(db, steps),
    together: (steps, held) => {
      const transactions = held === 'owned' ? owned : db;
      return transactions.transaction(async (sql) => {
        await hold(sql, held);
        return takeSteps(sql, steps());
      });
    },
  };
}

/** Takes the steps one after the other. */
export async function takeSteps<T>(sql: Sql, steps: Steps<T>): Promise<T> {
  let next = steps.next();
  while (next.done !== true) next = steps.next(await answerOf(sql, next.value));
  return next.value;
}

/**
 * Taken first: what who changes the table at the same moment writes would be voided, answered or logged here unseen. Not by rows:
 * two that lock a row and the table, one this way and one that, wait for each other.
 */
async function hold(sql: Sql, held: Held | undefined): Promise<void> {
  if (held === undefined || held === 'owned') return;
  if (held === 'taking-out') await lockTakingOut(sql);
  else await sql.run(`LOCK TABLE ${held} IN SHARE ROW EXCLUSIVE MODE`);
}

function answerOf(sql: Sql, { want, text, params }: Step): Promise<unknown> {
  return want === 'changes' ? sql.run(text, params) : sql[want](text, params);
}
