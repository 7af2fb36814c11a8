import type { Controls, LeftReason, SettlePolicy, UncertainAttempt } from '../../core/absence.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import type { SeenRecord } from '../../core/match.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { KnownSend } from '../../core/reconcile-assign.js';
import type {
  AbsenceProof,
  AuditBatch,
  AuditCursor,
  AuditLedger,
  ListedPage,
  OpenScan,
  PageAdded,
  Presence,
  PresenceWritten,
  Recorded,
  ScanEnd,
  ScanNeed,
  UncertainSpan,
} from '../../core/reconcile-ports.js';
import type { ScanNews } from '../../core/scan-timing.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { auditFindings } from './audit-findings.js';
import { clearMatches, recordAbsence, requeueAbsent, writePresence } from './evidence.js';
import { holdListed, listedBefore } from './hold-listed.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { awaited, markRead, scanNews } from './scan-news.js';
import { oldestRecordAt } from './scan-reach.js';
import { addPage, endScan, forgetRecords, listedPersons, openScan, recordsOf } from './scans.js';
import { controlsSince, sendsTo } from './sent-messages.js';
import { beginningOfScan, PassedTime } from './steady-clocks.js';
import { noteLeft, uncertainAttempts, uncertainSpan } from './unsettled.js';

/** Settling and the audit on SQLite. The campaign's and the sender's lock must be held. */
export class SqliteReconcileLedger implements AuditLedger {
  readonly #db: LedgerDatabase;
  readonly #scope: ReconcileScope;
  readonly #readClocks: ReadClocks;

  constructor(db: LedgerDatabase, scope: ReconcileScope, readClocks: ReadClocks) {
    this.#db = db;
    this.#scope = scope;
    this.#readClocks = readClocks;
  }

  openScan(need: ScanNeed): Promise<Result<OpenScan>> {
    return this.#guard(() => openScan(this.#db, this.#scope.sender, need, this.#readClocks()));
  }

  addPage(scanId: number, page: ListedPage): Promise<Result<PageAdded>> {
    return this.#guard(() => addPage(this.#db, scanId, page));
  }

  endScan(scanId: number, end: ScanEnd, at: number): Promise<Result<null>> {
    return this.#done(() => endScan(this.#db, scanId, end, at));
  }

  forgetRecords(scanId: number): Promise<Result<null>> {
    return this.#done(() => forgetRecords(this.#db, scanId));
  }

  uncertainSpan(policy: SettlePolicy, at: number): Promise<Result<UncertainSpan | null>> {
    return this.#guard(() => uncertainSpan(this.#db, this.#scope.campaignId, policy, at));
  }

  scanNews(policy: SettlePolicy, at: number): Promise<Result<ScanNews | null>> {
    return this.#guard(() => scanNews(this.#db, this.#scope, policy, at));
  }

  markRead(startedAt: number): Promise<Result<null>> {
    return this.#done(() => markRead(this.#db, this.#scope.campaignId, startedAt));
  }

  awaited(persons: readonly string[]): Promise<Result<readonly string[]>> {
    return this.#guard(() => awaited(this.#db, this.#scope.workspace, persons));
  }

  listedPersons(scanId: number, after: string, limit: number): Promise<Result<readonly string[]>> {
    return this.#guard(() => listedPersons(this.#db, scanId, this.#scope.workspace, after, limit));
  }

  sendsTo(persons: readonly string[]): Promise<Result<readonly KnownSend[]>> {
    return this.#guard(() => sendsTo(this.#db, this.#scope.workspace, persons));
  }

  recordsOf(scanId: number, persons: readonly string[]): Promise<Result<readonly SeenRecord[]>> {
    return this.#guard(() => recordsOf(this.#db, scanId, persons));
  }

  clearMatches(scanId: number): Promise<Result<null>> {
    return this.#done(() => clearMatches(this.#db, scanId));
  }

  writePresence(
    scanId: number,
    found: Presence,
    settle: boolean,
    by: Recorded,
  ): Promise<Result<PresenceWritten>> {
    return this.#guard(() => writePresence(this.#db, scanId, this.#scope.campaignId, found, settle, by));
  }

  uncertainAttempts(
    scanId: number,
    afterDeliveryId: number,
    limit: number,
  ): Promise<Result<readonly UncertainAttempt[]>> {
    return this.#guard(() => {
      const { campaignId, sender } = this.#scope;
      const passed = new PassedTime(this.#db, beginningOfScan(this.#db, scanId), sender);
      return uncertainAttempts(this.#db, campaignId, passed, afterDeliveryId, limit);
    });
  }

  oldestRecordAt(scanId: number): Promise<Result<number | null>> {
    return this.#guard(() => oldestRecordAt(this.#db, scanId));
  }

  controls(scanId: number, fromAt: number): Promise<Result<Controls>> {
    return this.#guard(() => controlsSince(this.#db, this.#scope.workspace, scanId, fromAt));
  }

  listedBefore(attemptIds: readonly number[]): Promise<Result<readonly number[]>> {
    return this.#guard(() => listedBefore(this.#db, attemptIds));
  }

  recordAbsence(scanId: number, proofs: readonly AbsenceProof[], by: Recorded): Promise<Result<null>> {
    return this.#done(() => recordAbsence(this.#db, scanId, proofs, by));
  }

  requeueAbsent(scanId: number): Promise<Result<number>> {
    return this.#guard(() => requeueAbsent(this.#db, this.#scope.campaignId, scanId));
  }

  noteLeft(
    scanId: number,
    left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
    at: number,
  ): Promise<Result<null>> {
    return this.#done(() => noteLeft(this.#db, scanId, left, at));
  }

  openedAt(): Promise<Result<number>> {
    return this.#guard(() => {
      const opened = this.#db.prepare('SELECT created_at FROM campaigns WHERE id = ?').pluck();
      return opened.get(this.#scope.campaignId) as number;
    });
  }

  holdListed(scanId: number, by: Recorded): Promise<Result<number>> {
    return this.#guard(() => holdListed(this.#db, this.#scope, scanId, by));
  }

  acceptedCount(): Promise<Result<number>> {
    return this.#guard(() => {
      const count = this.#db
        .prepare("SELECT count(*) FROM deliveries WHERE campaign_id = ? AND status = 'accepted'")
        .pluck();
      return count.get(this.#scope.campaignId) as number;
    });
  }

  findings(scanId: number, cursor: AuditCursor, complete: boolean): Promise<Result<AuditBatch>> {
    return this.#guard(() => auditFindings(this.#db, this.#scope.campaignId, scanId, cursor, complete));
  }

  #done(work: () => void): Promise<Result<null>> {
    return this.#guard(() => {
      work();
      return null;
    });
  }

  /** Errors of the database are problems; anything else is a bug and rejects. */
  async #guard<T>(work: () => T): Promise<Result<T>> {
    try {
      return ok(work());
    } catch (error) {
      return failed(ledgerProblem(error, this.#db.name));
    }
  }
}
