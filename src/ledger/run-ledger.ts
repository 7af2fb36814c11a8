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
import { prepareRunStatements } from './run-statements.js';

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
  readonly #statements: ReturnType<typeof prepareRunStatements>;
  readonly #run: StartedRun;
  readonly #claimBatch: (max: number, at: number) => Dispatch[];
  readonly #settleBatch: () => void;

  constructor(db: LedgerDatabase, run: StartedRun) {
    this.#db = db;
    this.#campaignId = run.campaignId;
    this.#runId = run.runId;
    this.#run = run;
    this.#reserve = new Reserve(db);
    this.#statements = prepareRunStatements(db);
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
      capped.run({
        campaignId: this.#campaignId,
        workspace,
        at,
        max,
        since: at - limit.perMs,
        count: limit.count,
      });
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
    for (const settlement of this.#waiting)
      if (settlement.status !== 'accepted') this.#writeOther(settlement);
  }

  /** What nearly all settlements are: one statement for the whole batch, no index to touch. */
  #writeAccepted(accepted: readonly Settlement[]): void {
    const rows = accepted.map((s) => [
      s.attemptId,
      s.deliveryId,
      s.endedAt,
      s.answer.httpStatus,
      s.contactId,
    ]);
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
      s.endedAt,
      s.outcome,
      live,
      onWire,
      httpStatus,
      errorCode,
      errorMessage,
      s.attemptId,
      this.#runId,
    );
    if (ended.changes !== 1) return;
    settleDelivery.run(
      s.status,
      s.reason,
      s.dueAt,
      onWire,
      s.transientRefusals,
      s.deferrals,
      httpStatus,
      errorCode,
      errorMessage,
      s.deliveryId,
    );
    if (s.reason === 'opted-out') this.#keepOptOut(s);
  }

  /** Who opted out at WhatsApp is left alone by every campaign of the workspace from here on. */
  #keepOptOut(s: Settlement): void {
    const who = { deliveryId: s.deliveryId, workspace: this.#run.workspace };
    this.#statements.suppress.run({ ...who, at: s.endedAt });
    this.#statements.skipSuppressed.run(who);
  }
}

/** After a failed sync the pages on disk are unknown: https://www.sqlite.org/rescode.html#ioerr_fsync. */
function failureOf(error: unknown, file: string): LedgerFailure {
  const code = sqliteCode(error) ?? '';
  const fatal =
    code === 'SQLITE_IOERR_FSYNC' || code === 'SQLITE_IOERR_DIR_FSYNC' || code.startsWith('SQLITE_CORRUPT');
  return { kind: 'failed', fatal, problem: ledgerProblem(error, file) };
}
