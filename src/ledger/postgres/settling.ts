import type { ReconcileScope } from '../../core/ledger/runs.js';
import { ok, type Result } from '../../core/problem.js';
import type { AuditLedger } from '../../core/reconcile-ports.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { settlingOn } from '../sql/settling.js';
import { recordAbsence, requeueAbsent } from './absence.js';
import type { Database, Sql } from './database.js';
import { holdListed } from './hold-listed.js';
import { LEASES } from './lease.js';
import type { OwnedWrites } from './owned-writes.js';
import { writePresence } from './presence.js';
import { scansIn } from './scans.js';
import { storeOf } from './store.js';
import { noteLeft } from './unsettled.js';

/**
 * Settling and the audit on PostgreSQL. Only who owns the sender settles for it. Errors of the database reject: whoever
 * lends this out makes problems of them.
 */
export function settlingIn(
  db: Database,
  owned: OwnedWrites,
  scope: ReconcileScope,
  readClocks: ReadClocks,
): AuditLedger {
  const { campaignId } = scope;
  const done = async (work: (sql: Sql) => Promise<void>): Promise<Result<null>> => {
    await owned.transaction(work);
    return ok(null);
  };
  return {
    ...settlingOn(storeOf(db, owned), LEASES, scope),
    ...scansIn(owned, scope, readClocks),
    writePresence: async (scanId, found, settle, recorded) => {
      const judged = { scanId, campaignId, settle, recorded };
      return ok(await owned.transaction((sql) => writePresence(sql, judged, found)));
    },
    recordAbsence: (scanId, proofs, by) => done((sql) => recordAbsence(sql, scanId, proofs, by)),
    requeueAbsent: async (scanId) =>
      ok(await owned.transaction((sql) => requeueAbsent(sql, campaignId, scanId))),
    noteLeft: (scanId, left, at) => done((sql) => noteLeft(sql, scanId, left, at)),
    holdListed: async (scanId, by) => ok(await holdListed(db, owned, scope, { scanId, recorded: by })),
  };
}
