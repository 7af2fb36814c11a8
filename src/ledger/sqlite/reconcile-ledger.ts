import type { ReconcileScope } from '../../core/ledger/runs.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { AuditLedger, ReconcileLedger, ScanStore } from '../../core/reconcile-ports.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { acceptedCount, auditFindings, openedAt } from '../sql/audit-findings.js';
import { controlsSince } from '../sql/controls.js';
import { SQLITE } from '../sql/dialect.js';
import { listedBefore } from '../sql/hold-listed.js';
import { sendsTo } from '../sql/known-sends.js';
import type { Steps } from '../sql/steps.js';
import { markConfirmed, shownOf, unconfirmed, unconfirmedSettledAt } from '../sql/unconfirmed.js';
import { clearMatches, recordAbsence, requeueAbsent, writePresence } from './evidence.js';
import { holdListed } from './hold-listed.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { awaited, markRead, scanNews } from './scan-news.js';
import { addPage, endScan, forgetRecords, listedPersons, openScan, recordsOf, scanReach } from './scans.js';
import { beginningOfScan, PassedTime } from './steady-clocks.js';
import { takeSteps } from './store.js';
import { noteLeft, uncertainAttempts, uncertainSpan } from './unsettled.js';

/** Settling and the audit on SQLite. The campaign's and the sender's lock must be held. */
export function settlingIn(db: LedgerDatabase, scope: ReconcileScope, readClocks: ReadClocks): AuditLedger {
  const { campaignId } = scope;
  return {
    ...scansIn(db, scope.sender, readClocks),
    ...judgingIn(db, scope),
    openedAt: () => taken(db, openedAt(campaignId)),
    holdListed: (scanId, by) => asked(db, () => holdListed(db, scope, scanId, by)),
    acceptedCount: () => taken(db, acceptedCount(campaignId)),
    findings: (scanId, cursor, complete) =>
      taken(db, auditFindings(SQLITE, { campaignId, scanId, complete }, cursor)),
  };
}

function scansIn(db: LedgerDatabase, sender: string, readClocks: ReadClocks): ScanStore {
  return {
    openScan: (need) => asked(db, () => openScan(db, sender, need, readClocks())),
    addPage: (scanId, page) => asked(db, () => addPage(db, scanId, page)),
    endScan: (scanId, end, at) => done(db, () => endScan(db, scanId, end, at)),
    forgetRecords: (scanId) => done(db, () => forgetRecords(db, scanId)),
  };
}

function judgingIn(db: LedgerDatabase, scope: ReconcileScope): Omit<ReconcileLedger, keyof ScanStore> {
  const { campaignId, workspace, sender } = scope;
  return {
    uncertainSpan: (policy, at) => asked(db, () => uncertainSpan(db, campaignId, policy, at)),
    scanNews: (policy, at) => asked(db, () => scanNews(db, scope, policy, at)),
    markRead: (startedAt) => done(db, () => markRead(db, campaignId, startedAt)),
    unconfirmedSettledAt: (settleMs) => taken(db, unconfirmedSettledAt(campaignId, settleMs)),
    unconfirmed: (settleMs, at) => taken(db, unconfirmed(campaignId, settleMs, at)),
    shownOf: (scanId, whom) => taken(db, shownOf(campaignId, scanId, whom)),
    markConfirmed: (lastId, startedAt) =>
      done(db, () => takeSteps(db, markConfirmed(campaignId, lastId, startedAt))),
    awaited: (persons, accepted) =>
      asked(db, () => awaited(db, workspace, persons, accepted ? campaignId : null)),
    listedPersons: (scanId, after, limit) =>
      asked(db, () => listedPersons(db, scanId, workspace, after, limit)),
    sendsTo: (persons) => taken(db, sendsTo(SQLITE, workspace, persons)),
    recordsOf: (scanId, persons) => asked(db, () => recordsOf(db, scanId, persons)),
    clearMatches: (scanId) => done(db, () => clearMatches(db, scanId)),
    writePresence: (scanId, found, settle, by) =>
      asked(db, () => writePresence(db, scanId, campaignId, found, settle, by)),
    uncertainAttempts: (scanId, afterDeliveryId, limit) =>
      asked(db, () => {
        const passed = new PassedTime(db, beginningOfScan(db, scanId), sender);
        return uncertainAttempts(db, campaignId, passed, afterDeliveryId, limit);
      }),
    reach: (scanId) => asked(db, () => scanReach(db, scanId)),
    controls: (scanId, fromAt) => taken(db, controlsSince(workspace, scanId, fromAt)),
    listedBefore: (attemptIds) => taken(db, listedBefore(SQLITE, attemptIds)),
    recordAbsence: (scanId, proofs, by) => done(db, () => recordAbsence(db, scanId, proofs, by)),
    requeueAbsent: (scanId) => asked(db, () => requeueAbsent(db, campaignId, scanId)),
    noteLeft: (scanId, left, at) => done(db, () => noteLeft(db, scanId, left, at)),
  };
}

function done(db: LedgerDatabase, work: () => void): Promise<Result<null>> {
  return asked(db, () => {
    work();
    return null;
  });
}

function taken<T>(db: LedgerDatabase, steps: Steps<T>): Promise<Result<T>> {
  return asked(db, () => takeSteps(db, steps));
}

/** Errors of the database are problems; anything else is a bug and rejects. */
async function asked<T>(db: LedgerDatabase, work: () => T): Promise<Result<T>> {
  try {
    return ok(work());
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}
