import type { ScanReach, SettlePolicy } from '../../core/absence.js';
import type { Campaigns } from '../../core/ledger/ledger.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import type { StatusReads } from '../../core/ledger/status.js';
import { ok, type Result } from '../../core/problem.js';
import type { AuditLedger, ReconcileLedger, ScanStore } from '../../core/reconcile-ports.js';
import type { ScanNews } from '../../core/scan-timing.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { acceptedCount, auditFindings, openedAt } from '../sql/audit-findings.js';
import { controlsSince } from '../sql/controls.js';
import { POSTGRES } from '../sql/dialect.js';
import { listedBefore } from '../sql/hold-listed.js';
import { sendsTo } from '../sql/known-sends.js';
import { awaitedSql, LAST_CONTROL, MARK_READ, newsSql } from '../sql/scan-news.js';
import { REACH_OF } from '../sql/scans.js';
import type { Steps } from '../sql/steps.js';
import { markConfirmed, shownOf, unconfirmed, unconfirmedSettledAt } from '../sql/unconfirmed.js';
import { recordAbsence, requeueAbsent } from './absence.js';
import type { Database, Sql } from './database.js';
import { declare } from './declare.js';
import { holdListed } from './hold-listed.js';
import { LEASES } from './leases-ended.js';
import type { OwnedWrites } from './owned-writes.js';
import { writePresence } from './presence.js';
import { listedPersons, lockScan, recordsOf, scansIn } from './scans.js';
import { beginningOfScan } from './steady-clocks.js';
import { takeSteps } from './store.js';
import { noteLeft, uncertainAttempts, uncertainSpan, whatWouldSettle } from './unsettled.js';

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
  return {
    ...scansIn(owned, scope, readClocks),
    ...readingIn(db, scope),
    ...judgingIn(db, owned, scope),
    ...markingIn(db, owned, scope),
    openedAt: () => taken(db, openedAt(campaignId)),
    acceptedCount: () => taken(db, acceptedCount(campaignId)),
    holdListed: async (scanId, by) => ok(await holdListed(db, owned, scope, { scanId, recorded: by })),
    findings: (scanId, cursor, complete) =>
      taken(db, auditFindings(POSTGRES, { campaignId, scanId, complete }, cursor)),
  };
}

/** What settling says outside of it: an operator's word, and what others read of it. */
export function settlingReadsIn(
  db: Database,
  owned: OwnedWrites,
): Pick<Campaigns, 'declare'> & Pick<StatusReads, 'whatWouldSettle'> {
  return {
    declare: (campaignId, declaration, recorded) => declare(owned, campaignId, declaration, recorded),
    whatWouldSettle: (campaignId, policy, now) => whatWouldSettle(db, campaignId, policy, now),
  };
}

async function only<Row>(
  sql: Sql,
  text: string,
  params: Readonly<Record<string, number | string>>,
): Promise<Row> {
  const row = await sql.row<Row>(text, params);
  if (row === undefined) throw new Error('what is settled is not in the ledger');
  return row;
}

type Reading = 'awaited' | 'listedPersons' | 'sendsTo' | 'recordsOf' | 'reach' | 'controls' | 'listedBefore';

const AWAITED = awaitedSql(POSTGRES);

function readingIn(db: Database, { campaignId, workspace }: ReconcileScope): Pick<ReconcileLedger, Reading> {
  return {
    awaited: async (persons, accepted) => {
      const wanted = { persons, workspace, acceptedOf: accepted ? campaignId : null };
      const rows = await db.rows<{ person: string }>(AWAITED, wanted);
      return ok(rows.map(({ person }) => person));
    },
    listedPersons: async (scanId, after, limit) =>
      ok(await listedPersons(db, { scanId, workspace, after, limit })),
    sendsTo: (persons) => taken(db, sendsTo(POSTGRES, workspace, persons)),
    recordsOf: async (scanId, persons) => ok(await recordsOf(db, scanId, persons)),
    reach: async (scanId) => ok(await only<ScanReach>(db, REACH_OF, { scanId })),
    controls: (scanId, fromAt) => taken(db, controlsSince(workspace, scanId, fromAt)),
    listedBefore: (attemptIds) => taken(db, listedBefore(POSTGRES, attemptIds)),
  };
}

type Judging =
  | 'clearMatches'
  | 'writePresence'
  | 'uncertainAttempts'
  | 'recordAbsence'
  | 'requeueAbsent'
  | 'noteLeft';

function judgingIn(
  db: Database,
  owned: OwnedWrites,
  { campaignId, sender }: ReconcileScope,
): Pick<ReconcileLedger, Judging> {
  return {
    clearMatches: (scanId) =>
      done(owned, async (sql) => {
        await lockScan(sql, scanId);
        await sql.run('DELETE FROM scan_matches WHERE scan_id = @scanId', { scanId });
      }),
    writePresence: async (scanId, found, settle, recorded) => {
      const judged = { scanId, campaignId, settle, recorded };
      return ok(await owned.transaction((sql) => writePresence(sql, judged, found)));
    },
    uncertainAttempts: async (scanId, afterDeliveryId, limit) => {
      const until = { moment: await beginningOfScan(db, scanId), sender };
      return ok(await uncertainAttempts(db, { campaignId, scanId, afterDeliveryId, limit }, until));
    },
    recordAbsence: (scanId, proofs, by) => done(owned, (sql) => recordAbsence(sql, scanId, proofs, by)),
    requeueAbsent: async (scanId) =>
      ok(await owned.transaction((sql) => requeueAbsent(sql, campaignId, scanId))),
    noteLeft: (scanId, left, at) => done(owned, (sql) => noteLeft(sql, scanId, left, at)),
  };
}

type Marking = Exclude<keyof ReconcileLedger, Reading | Judging | keyof ScanStore>;

function markingIn(db: Database, owned: OwnedWrites, scope: ReconcileScope): Pick<ReconcileLedger, Marking> {
  const { campaignId } = scope;
  return {
    uncertainSpan: async (policy, at) => ok(await uncertainSpan(db, campaignId, policy, at)),
    scanNews: async (policy, at) => ok(await scanNews(db, scope, policy, at)),
    markRead: (startedAt) => done(owned, (sql) => sql.run(MARK_READ, { campaignId, startedAt })),
    unconfirmedSettledAt: (settleMs) => taken(db, unconfirmedSettledAt(campaignId, settleMs)),
    unconfirmed: (settleMs, at) => taken(db, unconfirmed(campaignId, settleMs, at)),
    shownOf: (scanId, whom) => taken(db, shownOf(campaignId, scanId, whom)),
    markConfirmed: (lastId, startedAt) =>
      done(owned, (sql) => takeSteps(sql, markConfirmed(campaignId, lastId, startedAt))),
  };
}

const NEWS = newsSql(POSTGRES, LEASES);

async function scanNews(
  sql: Sql,
  { campaignId, workspace }: ReconcileScope,
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): Promise<ScanNews | null> {
  const found = await only<ScanNews>(sql, NEWS, { campaignId, settleMs, timeoutMs, at });
  if (found.uncertain === 0) return null;
  return { ...found, ...(await only<Pick<ScanNews, 'lastControlAt'>>(sql, LAST_CONTROL, { workspace })) };
}

async function taken<T>(db: Database, steps: Steps<T>): Promise<Result<T>> {
  return ok(await takeSteps(db, steps));
}

async function done(owned: OwnedWrites, work: (sql: Sql) => Promise<unknown>): Promise<Result<null>> {
  await owned.transaction(work);
  return ok(null);
}
