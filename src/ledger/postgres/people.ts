import type { People } from '../../core/ledger/ledger.js';
import type { ForgottenWithRows } from '../../core/ledger/people.js';
import { POSTGRES } from '../sql/dialect.js';
import { NOBODY, sumOf } from '../sql/forgotten.js';
import { forgetOldRows, forgetRejectedRows } from '../sql/rejected-rows.js';
import { LAST_SEEN_BEFORE, TESTED_LAST_BEFORE } from '../sql/retention.js';
import type { Database, Sql } from './database.js';
import { eraseLeftovers } from './erase-leftovers.js';
import { forgetPeople } from './forget.js';
import { takeSteps } from './store.js';

/** Data of persons, on its way out. */
export function peopleIn(db: Database): People {
  return {
    countLastSeenBefore: async (before) => {
      let count = 0;
      for await (const people of lastSeenBefore(db, before)) count += people.length;
      return count;
    },
    forget: async (person, at) => {
      const forgotten = await forgetPeople(db, [person], at);
      if (forgotten.open.length > 0) return { ...forgotten, rows: 0 };
      return {
        ...forgotten,
        rows: await db.transaction((sql) => takeSteps(sql, forgetRejectedRows(POSTGRES, [person]))),
      };
    },
    forgetOlder: (before, at) => forgetOlder(db, before, at),
    eraseLeftovers: () => eraseLeftovers(db),
  };
}

/** Some people at a time: one commit each, so that a run that goes on is not held up. */
async function forgetOlder(db: Database, before: number, at: number): Promise<ForgottenWithRows> {
  let total = NOBODY;
  for await (const people of lastSeenBefore(db, before)) {
    total = sumOf(total, await forgetPeople(db, people, at, before));
  }
  return { ...total, rows: await db.transaction((sql) => takeSteps(sql, forgetOldRows(before))) };
}

/** Everybody whose last campaign or test message is older, page after page. */
async function* lastSeenBefore(sql: Sql, before: number): AsyncGenerator<readonly string[]> {
  for (const text of [LAST_SEEN_BEFORE, TESTED_LAST_BEFORE]) {
    let after: string | undefined = '';
    while (after !== undefined) {
      const rows: readonly { readonly person: string }[] = await sql.rows(text, { before, after });
      if (rows.length > 0) yield rows.map(({ person }) => person);
      after = rows.at(-1)?.person;
    }
  }
}
