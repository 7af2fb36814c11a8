import type { ReconcileScope } from '../../core/ledger/runs.js';
import { ok } from '../../core/problem.js';
import type { AuditLedger } from '../../core/reconcile-ports.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { withProblems } from '../sql/guarded.js';
import { settlingOn } from '../sql/settling.js';
import { NO_LEASES } from '../sql/uncertain.js';
import { recordAbsence, requeueAbsent, writePresence } from './evidence.js';
import { holdListed } from './hold-listed.js';
import { ledgerErrorOf } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { addPage, openScan } from './scans.js';
import { storeOf } from './store.js';
import { noteLeft } from './unsettled.js';

/** Settling and the audit on SQLite. The campaign's and the sender's lock must be held. */
export function settlingIn(db: LedgerDatabase, scope: ReconcileScope, readClocks: ReadClocks): AuditLedger {
  const { campaignId, sender } = scope;
  const store = storeOf(async (work) => work(db));
  const settling: AuditLedger = {
    ...settlingOn(store, NO_LEASES, scope),
    openScan: async (need) => ok(openScan(db, sender, need, readClocks())),
    addPage: async (scanId, page) => ok(addPage(db, scanId, page)),
    writePresence: async (scanId, found, settle, by) =>
      ok(writePresence(db, scanId, campaignId, found, settle, by)),
    recordAbsence: async (scanId, proofs, by) => {
      recordAbsence(db, scanId, proofs, by);
      return ok(null);
    },
    requeueAbsent: async (scanId) => ok(requeueAbsent(db, campaignId, scanId)),
    noteLeft: async (scanId, left, at) => {
      noteLeft(db, scanId, left, at);
      return ok(null);
    },
    holdListed: async (scanId, by) => ok(holdListed(db, scope, scanId, by)),
  };
  return withProblems(settling, (error) => ledgerErrorOf(error, db.name));
}
