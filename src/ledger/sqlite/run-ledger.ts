import type { Counts } from '../../core/counts.js';
import type { OutcomeRecord } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { Claim, Control, RunLedger, Wait, Written } from '../../core/ports.js';
import type { Halt } from '../../core/problem.js';
import { countDeliveries } from '../sql/counts.js';
import { OutcomeQueue, type WaitingOutcomes } from '../sql/outcome-queue.js';
import type { RunClock } from '../sql/run-clock.js';
import { guarded, sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { recoverDeadRuns } from './recover.js';
import { type ClaimText, deliveriesIn, failureOf, type OutcomeBatch, RunWriter } from './run-writer.js';
import { takeSteps } from './store.js';

/** Where intents and outcomes are written: in this thread or in one of its own. Calls are done in their order. */
export interface RunWriting {
  claim(outcomes: OutcomeBatch, max: number, at: number): Promise<ClaimText>;
  record(outcomes: OutcomeBatch): Promise<Written>;
}

/** Writes in this thread: for ledgers in memory, and for tests that own the time. */
export function writingHere(db: LedgerDatabase, run: StartedRun): RunWriting {
  const writer = new RunWriter(db, run);
  return {
    claim: (outcomes, max, at) => Promise.resolve(writer.claim(outcomes, max, at)),
    record: (outcomes) => Promise.resolve(writer.record(outcomes)),
  };
}

/**
 * One run's hold on the ledger. Outcomes that arrive between two claims share the claim's commit: one sync
 * serves both directions, which is what makes a synced intent per message affordable.
 */
export class SqliteRunLedger implements RunLedger {
  readonly #db: LedgerDatabase;
  readonly #run: StartedRun;
  readonly #writing: RunWriting;
  readonly #statements: ReturnType<typeof prepareRunEndStatements>;
  readonly #outcomes: OutcomeQueue;
  #control: Control = 'go';
  #takenOut = 0;

  /** @param clock left out: when its attempts began is known by the wall clock alone, which proves nothing later */
  constructor(
    db: LedgerDatabase,
    run: StartedRun,
    writing: RunWriting = writingHere(db, run),
    clock: RunClock | null = null,
  ) {
    this.#db = db;
    this.#run = run;
    this.#writing = writing;
    this.#outcomes = new OutcomeQueue((waiting) => writing.record(outcomeBatchOf(waiting)), clock);
    this.#statements = prepareRunEndStatements(db);
  }

  recover(at: number): Promise<number> {
    return this.#asked((db) => recoverDeadRuns(db, this.#run.campaignId, this.#run.runId, at));
  }

  counts(): Promise<Counts> {
    return this.#asked((db) => takeSteps(db, countDeliveries(this.#run.campaignId)));
  }

  async claim(max: number, at: number): Promise<Claim> {
    if (this.#outcomes.dead !== null) return this.#outcomes.dead;
    const claimed = await this.#outcomes.write((waiting) =>
      this.#writing.claim(outcomeBatchOf(waiting), max, at),
    );
    if (claimed.kind === 'failed') return claimed;
    return { kind: 'claimed', deliveries: deliveriesIn(claimed.deliveries) };
  }

  /** A kernel's lock holds as long as this process lives. */
  mayStillSend(): boolean {
    return true;
  }

  recordOutcome(outcomeRecord: OutcomeRecord): void {
    this.#outcomes.add(outcomeRecord);
  }

  flush(): Promise<Written> {
    return this.#outcomes.flush();
  }

  nextDueAt(): Promise<number | null> {
    return this.#asked(() => this.#statements.nextDue.get(this.#run.campaignId) as number | null);
  }

  control(): Promise<Control> {
    try {
      this.#control = this.#statements.control.get(this.#run.campaignId) as Control;
    } catch (error) {
      // The last word holds: a ledger that cannot be read shows itself at the next claim.
      if (sqliteCode(error) === null) throw error;
    }
    return Promise.resolve(this.#control);
  }

  takenOut(): Promise<number> {
    try {
      this.#takenOut = Number(this.#statements.takenOut.get(this.#run.campaignId));
    } catch (error) {
      // As with the control.
      if (sqliteCode(error) === null) throw error;
    }
    return Promise.resolve(this.#takenOut);
  }

  showWaiting(wait: Wait | null): Promise<void> {
    try {
      this.#statements.waiting.run(wait === null ? null : JSON.stringify(wait), this.#run.campaignId);
    } catch (error) {
      // Only a display: a ledger that cannot be written shows itself at the next claim.
      if (sqliteCode(error) === null) throw error;
    }
    return Promise.resolve();
  }

  async end(at: number, halt: Halt | null, ending: 'finished' | 'interrupted'): Promise<Written> {
    const flushed = await this.flush();
    this.#outcomes.rest();
    if (flushed.kind === 'failed') return flushed;
    const { control, cancelRest, endRun, endCampaign } = this.#statements;
    const { campaignId, runId } = this.#run;
    try {
      const text = halt === null ? null : JSON.stringify(halt);
      this.#db
        .transaction(() => {
          if (control.get(campaignId) === 'canceled') cancelRest.run(campaignId);
          endRun.run(at, text, ending, runId);
          endCampaign.run(text, campaignId);
        })
        .immediate();
      return { kind: 'written' };
    } catch (error) {
      return this.#outcomes.noted(failureOf(error, this.#db.name));
    }
  }

  #asked<T>(work: (db: LedgerDatabase) => T): Promise<T> {
    return guarded(this.#db.name, () => work(this.#db));
  }
}

function outcomeBatchOf({ records: batch, clock }: WaitingOutcomes): OutcomeBatch {
  const accepted = batch.filter(({ status }) => status === 'accepted');
  const rows = accepted.map(({ attemptId, deliveryId, endedAt, answer, contactId }) => [
    attemptId,
    deliveryId,
    endedAt,
    answer.httpStatus,
    contactId,
  ]);
  const others = batch.length === accepted.length ? [] : batch.filter(({ status }) => status !== 'accepted');
  return { accepted: JSON.stringify(rows), others, clock };
}

/** Statements around a run's writing, prepared once. */
function prepareRunEndStatements(db: LedgerDatabase) {
  return {
    nextDue: db
      .prepare("SELECT min(due_at) FROM deliveries WHERE campaign_id = ? AND status = 'pending'")
      .pluck(),
    control: db.prepare('SELECT control FROM campaigns WHERE id = ?').pluck(),
    takenOut: db.prepare('SELECT taken_out FROM campaigns WHERE id = ?').pluck(),
    waiting: db.prepare('UPDATE campaigns SET waiting = ? WHERE id = ?'),
    // Whoever came back to pending after the cancel.
    cancelRest: db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'canceled' WHERE campaign_id = ? AND status = 'pending'`),
    // A run that left anything in flight, whatever failed, did not end: the next one must find it.
    endRun: db.prepare(`
      UPDATE runs SET ended_at = CASE WHEN EXISTS (
          SELECT 1 FROM attempts WHERE id > after_attempt_id AND run_id = runs.id AND outcome = 'in-flight'
        ) THEN NULL ELSE ? END, halt = ?, ending = ? WHERE id = ?`),
    endCampaign: db.prepare('UPDATE campaigns SET halt = ?, waiting = NULL WHERE id = ?'),
  };
}
