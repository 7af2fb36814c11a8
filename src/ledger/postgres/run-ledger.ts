import type { Counts } from '../../core/counts.js';
import type { ClaimedDelivery, OutcomeRecord } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { Claim, Control, LedgerFailure, RunLedger, Wait, Written } from '../../core/ports.js';
import type { Halt } from '../../core/problem.js';
import { OutcomeQueue, type WaitingOutcomes } from '../sql/outcome-queue.js';
import type { RunClock } from '../sql/run-clock.js';
import { type ClaimAsked, claimDue, claimedBefore, releaseUnheard } from './claims.js';
import type { Database, Patience, Sql } from './database.js';
import { takeOverDeadRuns } from './fence.js';
import type { Lease } from './lease.js';
import type { LeaseKeeper } from './lease-keeper.js';
import { followOutcomes, noteClock, takesOut } from './outcomes.js';
import { failureOf, guarded } from './postgres-problem.js';
import { beginClaim, endRun, type Hold, lockRun } from './run-lease.js';
import { lockTakingOut } from './taking-out.js';
import { writeOutcomes } from './write-outcomes.js';

/** What a run stands on. */
export interface RunParts {
  readonly db: Database;
  /** How people know the ledger. */
  readonly file: string;
  readonly run: StartedRun;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  readonly clock: RunClock;
  readonly counts: () => Promise<Counts>;
}

/**
 * Whoever takes people out is waited for so long, then the lease is renewed and it is asked again; and a connection that
 * does not answer is given up while there is time to renew the lease on another.
 */
const PATIENCE: Patience = { lockMs: 2_000, answerMs: 6_000 };

/**
 * One run's hold on the ledger. What it writes for messages is written by one transaction after the other, each of which
 * begins with the run's own row: so a transaction whose answer was lost is over, in whatever way, before the next looks.
 */
export class PostgresRunLedger implements RunLedger {
  readonly #parts: RunParts;
  readonly #outcomes: OutcomeQueue;
  /** The last transaction of this run that was begun. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Number of the last claim whose answer is known. */
  #answered = 0;
  /** The claim after it was asked for, and whether it was committed is not known. */
  #isUnheard = false;
  /** Nobody with a higher id was heard of. */
  #lastAttemptId: number;
  #control: Control = 'go';
  #takenOut = 0;

  constructor(parts: RunParts, lastAttemptId: number) {
    this.#parts = parts;
    this.#lastAttemptId = lastAttemptId;
    this.#outcomes = new OutcomeQueue((waiting) => this.#record(waiting), parts.clock);
  }

  recover(at: number): Promise<number> {
    const { db, file, run, keeper } = this.#parts;
    const asked = { campaignId: run.campaignId, runId: run.runId, at };
    return guarded(file, () => takeOverDeadRuns(db, asked, keeper.terms));
  }

  counts(): Promise<Counts> {
    return guarded(this.#parts.file, this.#parts.counts);
  }

  async claim(max: number, at: number): Promise<Claim> {
    if (this.#outcomes.dead !== null) return this.#outcomes.dead;
    return this.#outcomes.write((waiting) => this.#inTurn(() => this.#claim(waiting, max, at)));
  }

  mayStillSend(): boolean {
    return this.#parts.lease.holds() && this.#parts.keeper.locksHold;
  }

  recordOutcome(outcomeRecord: OutcomeRecord): void {
    this.#outcomes.add(outcomeRecord);
  }

  /** Whom a claim took unheard goes back: the run may wait for hours before it claims again. */
  async flush(): Promise<Written> {
    const flushed = await this.#outcomes.flush();
    if (flushed.kind === 'failed' || !this.#isUnheard) return flushed;
    return this.#outcomes.write((waiting) => this.#record(waiting));
  }

  nextDueAt(): Promise<number | null> {
    const { db, file, run } = this.#parts;
    return guarded(
      file,
      async () =>
        (await db.row<{ at: number | null }>(NEXT_DUE_AT, { campaignId: run.campaignId }))?.at ?? null,
    );
  }

  async control(): Promise<Control> {
    await this.#look();
    return this.#control;
  }

  async takenOut(): Promise<number> {
    await this.#look();
    return this.#takenOut;
  }

  async showWaiting(wait: Wait | null): Promise<void> {
    const {
      db,
      run: { campaignId, runId },
    } = this.#parts;
    const params = { campaignId, runId, waiting: wait === null ? null : JSON.stringify(wait) };
    await this.#lastWordHolds(() => db.run(SHOW_WAITING, params));
  }

  async end(at: number, halt: Halt | null, ending: 'finished' | 'interrupted'): Promise<Written> {
    const flushed = await this.flush();
    this.#outcomes.rest();
    if (flushed.kind === 'failed') return flushed;
    const { db, run, keeper } = this.#parts;
    // First here: nobody leaves by this run from now on, whatever becomes of the transaction.
    keeper.dropRun(run.runId);
    const end = { at, ending, halt: halt === null ? null : JSON.stringify(halt) };
    return this.#inTurn(async () => {
      try {
        await db.transaction((sql) => endRun(sql, run, end));
        return { kind: 'written' };
      } catch (error) {
        return this.#outcomes.noted(failureOf(error, this.#parts.file));
      }
    });
  }

  /** Nobody leaves by it any more, and others need not wait for its lease: another run of this process goes on. */
  retire(): void {
    this.#outcomes.rest();
    this.#parts.keeper.dropRun(this.#parts.run.runId);
  }

  async #claim(waiting: WaitingOutcomes, max: number, at: number): Promise<Claim> {
    const { db, file, lease } = this.#parts;
    const obstacle = lease.isOver ? this.#lost('lost') : await this.#withoutLocks();
    if (obstacle !== null) return obstacle;
    const asked = { number: this.#answered + 1, max, at };
    const again = this.#isUnheard;
    const renewal = lease.ask();
    this.#isUnheard = true;
    try {
      const done = await db.transaction((sql) => this.#claimIn(sql, waiting, asked, again), PATIENCE);
      if (done.hold !== 'held') {
        // One that was asked for before may have come about.
        this.#isUnheard = again;
        return this.#lost(done.hold);
      }
      this.#isUnheard = false;
      this.#answered = asked.number;
      lease.renewed(renewal);
      return { kind: 'claimed', deliveries: this.#heardOf(done.deliveries) };
    } catch (error) {
      return failureOf(error, file);
    }
  }

  /** Why nothing may be claimed: a lock is lost, or not known to be held; null: all are held. */
  async #withoutLocks(): Promise<LedgerFailure | null> {
    const { keeper, file } = this.#parts;
    if (keeper.locksHold) return null;
    await keeper.renew();
    if (keeper.locksHold) return null;
    if (keeper.isLockLost) return this.#lost('lost');
    return {
      kind: 'failed',
      fatal: false,
      problem: { code: 'ledger.db-away', params: { file, detail: 'lease' } },
    };
  }

  async #claimIn(
    sql: Sql,
    { records, clock }: WaitingOutcomes,
    asked: ClaimAsked,
    again: boolean,
  ): Promise<{ readonly hold: Hold; readonly deliveries: readonly ClaimedDelivery[] }> {
    const { run, keeper } = this.#parts;
    const { leaseMs } = keeper.terms;
    // Claims under a limit per person count what other claims of the workspace take, so they go one after the other.
    const alone = run.limit !== null || takesOut(records);
    const begun = await beginClaim(
      sql,
      { runId: run.runId, claim: asked.number, leaseMs, again, alone },
      records,
    );
    if (begun.hold !== 'held') return { hold: begun.hold, deliveries: [] };
    await noteClock(sql, run.runId, clock);
    await followOutcomes(sql, run, records, begun.settled);
    const deliveries = begun.isDone
      ? await claimedBefore(sql, run.runId, asked.number, this.#lastAttemptId)
      : await claimDue(sql, run, asked);
    return { hold: 'held', deliveries };
  }

  #record(waiting: WaitingOutcomes): Promise<Written> {
    return this.#inTurn(async () => {
      const { db, file } = this.#parts;
      const unheard = this.#isUnheard;
      try {
        await db.transaction((sql) => this.#recordIn(sql, waiting, unheard), PATIENCE);
        if (unheard) {
          this.#isUnheard = false;
          this.#answered += 1;
        }
        return { kind: 'written' };
      } catch (error) {
        return failureOf(error, file);
      }
    });
  }

  async #recordIn(sql: Sql, { records, clock }: WaitingOutcomes, unheard: boolean): Promise<void> {
    const { run } = this.#parts;
    if (takesOut(records)) await lockTakingOut(sql);
    await lockRun(sql, run.runId, unheard ? this.#answered + 1 : null);
    await noteClock(sql, run.runId, clock);
    await followOutcomes(sql, run, records, await writeOutcomes(sql, run.runId, records));
    if (unheard) await releaseUnheard(sql, run.runId, this.#answered + 1, this.#lastAttemptId);
  }

  #heardOf(deliveries: readonly ClaimedDelivery[]): readonly ClaimedDelivery[] {
    for (const { attemptId } of deliveries) this.#lastAttemptId = Math.max(this.#lastAttemptId, attemptId);
    return deliveries;
  }

  #lost(hold: Exclude<Hold, 'held'>): LedgerFailure {
    const { file, run, keeper } = this.#parts;
    keeper.dropRun(run.runId);
    const params = { file };
    if (hold === 'other-timeline') {
      const problem = { code: 'ledger.db-failover', params } as const;
      return { kind: 'failed', fatal: false, problem, halt: { code: 'halt.failover', params: {} } };
    }
    const halt = { code: 'halt.lease-lost', params: { seconds: keeper.terms.leaseMs / 1_000 } } as const;
    return { kind: 'failed', fatal: false, problem: { code: 'ledger.lease-lost', params }, halt };
  }

  async #look(): Promise<void> {
    const { db, run } = this.#parts;
    await this.#lastWordHolds(async () => {
      const said = await db.row<{ control: Control; takenOut: number }>(LOOK, { campaignId: run.campaignId });
      if (said === undefined) return;
      this.#control = said.control;
      this.#takenOut = said.takenOut;
    });
  }

  /** A ledger that cannot be read or written shows itself at the next claim. */
  async #lastWordHolds(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      failureOf(error, this.#parts.file);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

const NEXT_DUE_AT =
  "SELECT min(due_at) AS at FROM deliveries WHERE campaign_id = @campaignId AND status = 'pending'";

const LOOK = 'SELECT control, taken_out AS "takenOut" FROM campaigns WHERE id = @campaignId';

/** A run that was taken over says nothing any more. */
const SHOW_WAITING = `
  UPDATE campaigns SET waiting = @waiting WHERE id = @campaignId
    AND EXISTS (SELECT 1 FROM runs WHERE id = @runId AND fenced_at IS NULL)`;
