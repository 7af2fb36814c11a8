import { randomUUID } from 'node:crypto';
import type { CopySource, LedgerMove } from '../../core/ledger/ledger-copy.js';
import { failed, type Result } from '../../core/problem.js';
import { storedIdentity } from '../sql/identity.js';
import { asLedger, type CopyEnd } from './copy-end.js';
import { lockTables, rowsIn } from './copy-rows.js';
import { retire } from './moved.js';
import { guarded } from './postgres-problem.js';
import { takeSteps } from './store.js';

/** Works with a ledger that nobody else can write to meanwhile; what reads it goes on. */
export function withPostgresSource<T>(
  move: LedgerMove,
  work: (source: CopySource) => Promise<Result<T>>,
): Promise<Result<T>> {
  return asLedger(move.from, 'existing', async (end) => {
    await lockTables(end.sql);
    const { id, movedTo } = await takeSteps(end.sql, storedIdentity());
    if (movedTo !== null && movedTo !== move.to && !move.again) {
      return failed({ code: 'ledger.moved', params: { file: end.name, to: movedTo } });
    }
    return work(sourceIn(end, move, id, movedTo !== null));
  });
}

function sourceIn(
  { sql, name, commit }: CopyEnd,
  { to, again }: LedgerMove,
  id: string,
  hasMoved: boolean,
): CopySource {
  return {
    ...rowsIn(sql, name),
    id: again && hasMoved ? randomUUID() : id,
    isClosed: hasMoved,
    underWay: () =>
      guarded(name, async () => {
        return (await sql.row<{ count: number }>(UNDER_WAY))?.count ?? 0;
      }),
    retire: () =>
      guarded(name, async () => {
        if (!hasMoved) await retire(sql, id, to);
        await commit();
      }),
  };
}

/** Runs that have not ended, those that wait for a machine, and whatever else somebody works at. */
const UNDER_WAY = `
  SELECT (SELECT count(*) FROM runs WHERE ended_at IS NULL) + (SELECT count(*) FROM entered_runs)
    + (SELECT count(*) FROM leases WHERE until > clock_timestamp()) AS count`;
