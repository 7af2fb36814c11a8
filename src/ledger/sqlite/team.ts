import type { Team } from '../../core/ledger/team.js';
import { teamIn as teamOn } from '../sql/team.js';
import type { AskLedger } from './open-ledger.js';

/** The team of a ledger. */
export function teamIn(ask: AskLedger): Team {
  return teamOn({
    rows: <Row>(sql: string, params: object) => ask((db) => db.prepare(sql).all(params) as Row[]),
    change: (...statements) =>
      ask((db) =>
        db
          .transaction(() => {
            const [first = 0] = statements.map(([sql, params]) => db.prepare(sql).run(params).changes);
            return first;
          })
          .immediate(),
      ),
  });
}
