import type { ReconcileScope } from '../../core/ledger/runs.js';
import { ok, type Result } from '../../core/problem.js';
import type { AuditLedger } from '../../core/reconcile-ports.js';
import { acceptedCount, auditFindings, openedAt } from './audit-findings.js';
import { controlsSince } from './controls.js';
import { listedBefore } from './hold-listed.js';
import { sendsTo } from './known-sends.js';
import { awaited, markRead, scanNews } from './scan-news.js';
import { clearMatches, endScan, forgetRecords, listedPersons, recordsOf, scanReach } from './scans.js';
import { beginningOfScan } from './steady-clocks.js';
import type { Steps, Store } from './steps.js';
import type { LeaseSql } from './uncertain.js';
import { markConfirmed, shownOf, unconfirmed, unconfirmedSettledAt } from './unconfirmed.js';
import { uncertainAttempts, uncertainSpan } from './unsettled.js';

/** What each database writes in its own way: many rows at a time, or one after the other. */
type InItsOwnWay =
  | 'openScan'
  | 'addPage'
  | 'writePresence'
  | 'recordAbsence'
  | 'requeueAbsent'
  | 'noteLeft'
  | 'holdListed';

/**
 * What settling and the audit ask of a ledger. Errors of the database reject: whoever lends this out makes problems of them.
 *
 * @param leases what the database says of the leases of runs
 */
export function settlingOn(
  store: Store,
  leases: LeaseSql,
  { campaignId, workspace, sender }: ReconcileScope,
): Omit<AuditLedger, InItsOwnWay> {
  const { dialect } = store;
  const each = async <T>(steps: Steps<T>): Promise<Result<T>> => ok(await store.each(steps));
  const done = async (steps: () => Steps<unknown>): Promise<Result<null>> => {
    await store.together(steps, 'owned');
    return ok(null);
  };
  return {
    uncertainSpan: (policy, at) => each(uncertainSpan(leases, campaignId, policy, at)),
    scanNews: (policy, at) => each(scanNews(dialect, leases, { campaignId, workspace }, policy, at)),
    markRead: (startedAt) => done(() => markRead(campaignId, startedAt)),
    unconfirmedSettledAt: (settleMs) => each(unconfirmedSettledAt(campaignId, settleMs)),
    unconfirmed: (settleMs, at) => each(unconfirmed(campaignId, settleMs, at)),
    shownOf: (scanId, whom) => each(shownOf(campaignId, scanId, whom)),
    markConfirmed: (lastId, startedAt) => done(() => markConfirmed(campaignId, lastId, startedAt)),
    awaited: (persons, accepted) => each(awaited(dialect, workspace, persons, accepted ? campaignId : null)),
    endScan: (scanId, end, at) => done(() => endScan(scanId, end, at)),
    forgetRecords: (scanId) => done(() => forgetRecords(dialect, scanId)),
    listedPersons: (scanId, after, limit) => each(listedPersons({ scanId, workspace, after, limit })),
    sendsTo: (persons) => each(sendsTo(dialect, workspace, persons)),
    recordsOf: (scanId, persons) => each(recordsOf(dialect, scanId, persons)),
    clearMatches: (scanId) => done(() => clearMatches(dialect, scanId)),
    uncertainAttempts: async (scanId, afterDeliveryId, limit) => {
      const until = { moment: await store.each(beginningOfScan(scanId)), sender };
      const page = { campaignId, scanId, afterDeliveryId, limit };
      return each(uncertainAttempts(dialect, leases, page, until));
    },
    reach: (scanId) => each(scanReach(scanId)),
    controls: (scanId, fromAt) => each(controlsSince(workspace, scanId, fromAt)),
    listedBefore: (attemptIds) => each(listedBefore(dialect, attemptIds)),
    openedAt: () => each(openedAt(campaignId)),
    acceptedCount: () => each(acceptedCount(campaignId)),
    findings: (scanId, cursor, complete) =>
      each(auditFindings(dialect, { campaignId, scanId, complete }, cursor)),
  };
}
