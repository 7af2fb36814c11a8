import type { Team } from '../../core/ledger/team.js';
import { teamIn as teamOn } from '../sql/team.js';
import type { Database } from './database.js';

/** The team of a ledger. Two who take the last two administrators away at the same time wait for each other. */
export function teamIn(db: Database): Team {
  return teamOn({
    rows: (sql, params) => db.rows(sql, params),
    change: (...statements) =>
      db.transaction(async (sql) => {
        await sql.run('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
        const changes: number[] = [];
        for (const [text, params] of statements) changes.push(await sql.run(text, params));
        return changes[0] ?? 0;
      }),
  });
}
