import type { Statement } from 'better-sqlite3';
import type { Counts } from '../core/counts.js';
import type { Dispatch, Settlement } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import type { Claim, Control, LedgerFailure, RunLedger, Wait, Written } from '../core/ports.js';
import { countDeliveries } from './counts.js';
import type { FrequencyLimit } from './frequency.js';
import { Reserve } from './grow-wal.js';
import { ledgerProblem, sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { recoverDeadRuns } from './recover.js';

/** Settlements wait at most this long for company. */
const FLUSH_MS = 50;
/** A settlement that could not be written is tried again after this. */
const RETRY_MS = 250;

/** A run that was entered in the ledger. */
export interface StartedRun {
  readonly runId: number;
  readonly campaignId: number;
  readonly workspace: string;
  /** Looked at again at every claim: one person may stand in a campaign with several keys. */
  readonly limit: FrequencyLimit | null;
}

/**
 * One run's hold on the ledger. Outcomes that arrive between two claims share the claim's commit: one sync
 * serves both directions, which is what makes a synced intent per message affordable.
 */
export class SqliteRunLedger implements RunLedger {
  readonly #db: LedgerDatabase;
  readonly #campaignId: number;
  readonly #runId: number;
  readonly #waiting: Settlement[] = [];
  #control: Control = 'go';
  #timer: NodeJS.Timeout | null = null;
  /** Set by an error after which nothing may be written any more. */
  #dead: LedgerFailure | null = null;
  readonly #reserve: Reserve;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #run: StartedRun;
  readonly #claimBatch: (max: number, at: number) => Dispatch[];
  readonly #settleBatch: () => void;

  constructor(db: LedgerDatabase, run: StartedRun) {
    this.#db = db;
    this.#campaignId = run.campaignId;
    this.#runId = run.runId;
    this.#run = run;
    this.#reserve = new Reserve(db);
    this.#statements = prepare(db);
    const claimBatch = db.transaction((max: number, at: number) => {
      this.#writeSettlements();
      return this.#writeIntents(max, at);
    });
    this.#claimBatch = (max, at) => claimBatch.immediate(max, at);
    const settleBatch = db.transaction(() => this.#writeSettlements());
    this.#settleBatch = () => settleBatch.immediate();
  }

  recover(at: number): Promise<number> {
    return Promise.resolve(recoverDeadRuns(this.#db, this.#campaignId, this.#runId, at));
  }

  counts(): Promise<Counts> {
    return Promise.resolve(countDeliveries(this.#db, this.#campaignId));
  }

  claim(max: number, at: number): Promise<Claim> {
    if (this.#dead !== null) return Promise.resolve(this.#dead);
    try {
      this.#reserve.keep();
      const dispatches = this.#claimBatch(max, at);
      this.#forgetWritten();
      return Promise.resolve({ kind: 'claimed', dispatches });
    } catch (error) {
      return Promise.resolve(this.#failed(error));
    }
  }

  settle(settlement: Settlement): void {
    this.#waiting.push(settlement);
    this.#timer ??= setTimeout(() => this.#flushSoon(), FLUSH_MS);
  }

  flush(): Promise<Written> {
    return Promise.resolve(this.#flushNow());
  }

  nextDueAt(): Promise<number | null> {
    const due = this.#statements.nextDue.get(this.#campaignId);
    return Promise.resolve(typeof due === 'number' ? due : null);
  }

  control(): Promise<Control> {
    try {
      this.#control = this.#statements.control.get(this.#campaignId) as Control;
    } catch (error) {
      // The last word holds: a ledger that cannot be read shows itself at the next claim.
      if (sqliteCode(error) === null) throw error;
    }
    return Promise.resolve(this.#control);
  }

  showWaiting(wait: Wait | null): Promise<void> {
    try {
      this.#statements.waiting.run(wait === null ? null : JSON.stringify(wait), this.#campaignId);
    } catch (error) {
      // Only a display: a ledger that cannot be written shows itself at the next claim.
      if (sqliteCode(error) === null) throw error;
    }
    return Promise.resolve();
  }

  end(at: number, halt: Halt | null): Promise<Written> {
    const flushed = this.#flushNow();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (flushed.kind === 'failed') return Promise.resolve(flushed);
    try {
      const text = halt === null ? null : JSON.stringify(halt);
      this.#db
        .transaction(() => {
          this.#statements.cancelRest.run({ campaignId: this.#campaignId });
          this.#statements.endRun.run(at, text, this.#runId);
          this.#statements.endCampaign.run(text, this.#campaignId);
        })
        .immediate();
      return Promise.resolve({ kind: 'written' });
    } catch (error) {
      return Promise.resolve(this.#failed(error));
    }
  }

  #flushSoon(): void {
    this.#timer = null;
    const written = this.#flushNow();
    if (written.kind === 'failed' && !written.fatal) {
      this.#timer ??= setTimeout(() => this.#flushSoon(), RETRY_MS);
    }
  }

  #flushNow(): Written {
    if (this.#dead !== null) return this.#dead;
    if (this.#waiting.length === 0) return { kind: 'written' };
    try {
      this.#settleBatch();
      this.#forgetWritten();
      return { kind: 'written' };
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): LedgerFailure {
    const failure = failureOf(error, this.#db.name);
    if (failure.fatal) this.#dead = failure;
    if (failure.problem.code === 'ledger.full') this.#reserve.free();
    return failure;
  }

  #forgetWritten(): void {
    this.#waiting.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Whole batches at a time: a statement per row would cost more than the rows themselves. */
  #writeIntents(max: number, at: number): Dispatch[] {
    const { capped, intend, claimIntended, intended } = this.#statements;
    const { workspace, limit } = this.#run;
    if (limit !== null) {
      capped.run({ campaignId: this.#campaignId, workspace, at, max, since: at - limit.perMs, count: limit.count });
    }
    const { changes, lastInsertRowid } = intend.run(this.#runId, at, this.#campaignId, at, max);
    if (changes === 0) return [];
    const before = Number(lastInsertRowid) - changes;
    claimIntended.run(at, at, before);
    return intended.all(before) as Dispatch[];
  }

  #writeSettlements(): void {
    const accepted = this.#waiting.filter(({ status }) => status === 'accepted');
    if (accepted.length > 0) this.#writeAccepted(accepted);
    if (accepted.length === this.#waiting.length) return;
    for (const settlement of this.#waiting) if (settlement.status !== 'accepted') this.#writeOther(settlement);
  }

  /** What nearly all settlements are: one statement for the whole batch, no index to touch. */
  #writeAccepted(accepted: readonly Settlement[]): void {
    const rows = accepted.map((s) => [s.attemptId, s.deliveryId, s.endedAt, s.answer.httpStatus, s.contactId]);
    const batch = { batch: JSON.stringify(rows), runId: this.#runId };
    this.#statements.acceptAttempts.run(batch);
    this.#statements.acceptDeliveries.run(batch);
  }

  #writeOther(s: Settlement): void {
    const { endAttempt, settleDelivery } = this.#statements;
    const { httpStatus, errorCode, errorMessage } = s.answer;
    const onWire = s.onWire ? 1 : 0;
    const live = s.outcome === 'uncertain' ? 1 : null;
    const ended = endAttempt.run(
      s.endedAt, s.outcome, live, onWire, httpStatus, errorCode, errorMessage, s.attemptId, this.#runId,
    );
    if (ended.changes !== 1) return;
    settleDelivery.run(
      s.status, s.reason, s.dueAt, onWire, s.transientRefusals, s.deferrals,
      httpStatus, errorCode, errorMessage, s.deliveryId,
    );
  }
}

/** Statements of a run, prepared once. */
function prepare(db: LedgerDatabase): Record<StatementName, Statement> {
  return {
    capped: db.prepare(CAP_DUE),
    intend: db.prepare(`
      INSERT INTO attempts (delivery_id, run_id, started_at)
      SELECT id, ?, ? FROM deliveries WHERE campaign_id = ? AND status = 'pending' AND due_at <= ?
      ORDER BY due_at, id LIMIT ?`),
    claimIntended: db.prepare(`
      UPDATE deliveries SET status = 'sending', reason = NULL, last_attempt_at = ?,
        first_attempt_at = coalesce(first_attempt_at, ?)
      WHERE id IN (SELECT delivery_id FROM attempts WHERE id > ?)`),
    intended: db.prepare(`
      SELECT a.id AS attemptId, d.id AS deliveryId, d.phone, d.person, d.country, c.body AS bodyJson,
        c.header AS headerJson, c.attachment AS attachmentJson,
        d.transient_refusals AS transientRefusals, d.deferrals
      FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN contents c ON c.delivery_id = d.id
      WHERE a.id > ? ORDER BY a.id`),
    endAttempt: db.prepare(`
      UPDATE attempts SET ended_at = ?, outcome = ?, live = ?, on_wire = ?, http_status = ?, error_code = ?,
        error_message = ? WHERE id = ? AND run_id = ? AND outcome = 'in-flight'`),
    settleDelivery: db.prepare(`
      UPDATE deliveries SET status = ?, reason = ?, due_at = ?, attempts = attempts + ?,
        transient_refusals = ?, deferrals = ?, http_status = ?, error_code = ?, error_message = ?
        WHERE id = ? AND status = 'sending'`),
    acceptAttempts: db.prepare(`
      UPDATE attempts SET ended_at = s.value ->> 2, outcome = 'accepted', http_status = s.value ->> 3
      FROM json_each(@batch) AS s
      WHERE attempts.id = s.value ->> 0 AND run_id = @runId AND outcome = 'in-flight'`),
    acceptDeliveries: db.prepare(`
      UPDATE deliveries SET status = 'accepted', attempts = deliveries.attempts + 1, http_status = s.value ->> 3,
        error_code = NULL, error_message = NULL, contact_id = s.value ->> 4
      FROM json_each(@batch) AS s JOIN attempts a ON a.id = s.value ->> 0
      WHERE deliveries.id = s.value ->> 1 AND deliveries.status = 'sending'
        AND a.run_id = @runId AND a.outcome = 'accepted'`),
    nextDue: db
      .prepare("SELECT min(due_at) FROM deliveries WHERE campaign_id = ? AND status = 'pending'")
      .pluck(),
    control: db.prepare('SELECT control FROM campaigns WHERE id = ?').pluck(),
    waiting: db.prepare('UPDATE campaigns SET waiting = ? WHERE id = ?'),
    // Deferred ones that came back to pending after the cancel.
    cancelRest: db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'canceled' WHERE campaign_id = @campaignId
        AND status = 'pending' AND (SELECT control FROM campaigns WHERE id = @campaignId) = 'canceled'`),
    endRun: db.prepare('UPDATE runs SET ended_at = ?, halt = ? WHERE id = ?'),
    endCampaign: db.prepare('UPDATE campaigns SET halt = ?, waiting = NULL WHERE id = ?'),
  };
}

type StatementName =
  | 'capped'
  | 'intend'
  | 'claimIntended'
  | 'intended'
  | 'endAttempt'
  | 'settleDelivery'
  | 'acceptAttempts'
  | 'acceptDeliveries'
  | 'nextDue'
  | 'control'
  | 'waiting'
  | 'cancelRest'
  | 'endRun'
  | 'endCampaign';

/** Skips those of the next due whose person got enough, counting earlier ones of the same claim, too. */
const CAP_DUE = `
  UPDATE deliveries SET status = 'skipped', reason = 'capped' WHERE id IN (
    SELECT id FROM (
      SELECT id, person, row_number() OVER (PARTITION BY person ORDER BY due_at, id) - 1 AS earlier FROM (
        SELECT id, person, due_at FROM deliveries
        WHERE campaign_id = @campaignId AND status = 'pending' AND due_at <= @at
        ORDER BY due_at, id LIMIT @max)) AS due
    WHERE due.earlier + (
      SELECT count(*) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
      WHERE o.person = due.person AND c.workspace = @workspace
        AND o.status IN ('accepted', 'uncertain', 'sending') AND o.last_attempt_at > @since) >= @count)`;

/** After a failed sync the pages on disk are unknown: https://www.sqlite.org/rescode.html#ioerr_fsync. */
function failureOf(error: unknown, file: string): LedgerFailure {
  const code = sqliteCode(error) ?? '';
  const fatal = code === 'SQLITE_IOERR_FSYNC' || code === 'SQLITE_IOERR_DIR_FSYNC' || code.startsWith('SQLITE_CORRUPT');
  return { kind: 'failed', fatal, problem: ledgerProblem(error, file) };
}
