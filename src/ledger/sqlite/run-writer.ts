import type { ClaimedDelivery, OutcomeRecord } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { LedgerFailure, Written } from '../../core/ports.js';
import type { ClockReading } from '../../core/steady-time.js';
import { CAP_DUE } from '../sql/frequency.js';
import { SKIP_OPTED_OUT, SUPPRESS_OPTED_OUT } from '../sql/suppressions.js';
import { Reserve } from './grow-wal.js';
import { ledgerProblem, sqliteCode } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { prepareSkipTakenOut } from './taken-out.js';

/** Outcomes on their way into the ledger. Accepted ones, which nearly all are, are text already: SQLite reads it. */
export interface OutcomeBatch {
  /** JSON text of `[[attemptId, deliveryId, endedAt, httpStatus, contactId]]`. */
  readonly accepted: string;
  readonly others: readonly OutcomeRecord[];
  /** A reading of the clocks that the ledger does not know yet: what is claimed from here on begins under it. */
  readonly clock: ClockReading | null;
}

/** A claimed delivery in the order of its names: names would cost more than the values. */
type DeliveryValues = readonly [
  deliveryId: number,
  attemptId: number,
  phone: string,
  person: string,
  country: string,
  bodyJson: string,
  headerJson: string,
  attachmentJson: string | null,
  transientRefusals: number,
  deferrals: number,
];

/** What a claim wrote: JSON text of the claimed deliveries, which is all that has to cross from thread to thread. */
export type ClaimText = { readonly kind: 'claimed'; readonly deliveries: string } | LedgerFailure;

/** The deliveries of a claim's text. */
export function deliveriesIn(text: string): readonly ClaimedDelivery[] {
  return (JSON.parse(text) as readonly DeliveryValues[]).map(deliveryOf);
}

function deliveryOf(values: DeliveryValues): ClaimedDelivery {
  return {
    deliveryId: values[0],
    attemptId: values[1],
    phone: values[2],
    person: values[3],
    country: values[4],
    bodyJson: values[5],
    headerJson: values[6],
    attachmentJson: values[7],
    transientRefusals: values[8],
    deferrals: values[9],
  };
}

/** Rows of a step that takes the processor for long enough to be felt, some 0.1 ms. At usual rates a step has a few. */
const LARGE_STEP = 64;

/** Nothing is on its way. */
const NO_OUTCOMES: OutcomeBatch = { accepted: '[]', others: [], clock: null };

/**
 * Writes what a run does for each message: intents and outcomes, whole batches in one commit. Synchronous, because
 * SQLite is; errors of SQLite come back as values.
 */
export class RunWriter {
  readonly #db: LedgerDatabase;
  readonly #run: StartedRun;
  readonly #reserve: Reserve;
  readonly #statements: ReturnType<typeof prepareRunStatements>;
  readonly #stepAside: () => void;
  readonly #claimBatch: (outcomes: OutcomeBatch, max: number, at: number) => string;
  readonly #recordBatch: (outcomes: OutcomeBatch) => void;

  /** @param stepAside called between the steps of a large batch, where a thread of its own may let others have the processor */
  constructor(db: LedgerDatabase, run: StartedRun, stepAside: () => void = () => undefined) {
    this.#db = db;
    this.#run = run;
    this.#stepAside = stepAside;
    this.#reserve = new Reserve(db);
    this.#statements = prepareRunStatements(db);
    const claimBatch = db.transaction((outcomes: OutcomeBatch, max: number, at: number) => {
      this.#writeOutcomes(outcomes);
      return this.#writeIntents(max, at);
    });
    this.#claimBatch = (outcomes, max, at) => claimBatch.immediate(outcomes, max, at);
    const recordBatch = db.transaction((outcomes: OutcomeBatch) => this.#writeOutcomes(outcomes));
    this.#recordBatch = (outcomes) => recordBatch.immediate(outcomes);
  }

  /** Outcomes, and intents of up to `max` deliveries that are due, in one synced commit. */
  claim(outcomes: OutcomeBatch, max: number, at: number): ClaimText {
    try {
      this.#reserve.keep();
      return { kind: 'claimed', deliveries: this.#claimBatch(outcomes, max, at) };
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Outcomes alone, in one synced commit. */
  record(outcomes: OutcomeBatch): Written {
    try {
      this.#recordBatch(outcomes);
      return { kind: 'written' };
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): LedgerFailure {
    const failure = failureOf(error, this.#db.name);
    if (failure.problem.code === 'ledger.full') this.#reserve.free();
    return failure;
  }

  /** Whole batches at a time: a statement per row would cost more than the rows themselves. */
  #writeIntents(max: number, at: number): string {
    const { intend, claimIntended, intended } = this.#statements;
    const { campaignId, runId } = this.#run;
    // Others move up into the places of those who are skipped, and are looked at, too.
    while (this.#skipDue(max, at) > 0);
    const { changes, lastInsertRowid } = intend.run(runId, at, campaignId, at, max);
    if (changes === 0) return '[]';
    const before = Number(lastInsertRowid) - changes;
    claimIntended.run(at, at, before);
    this.#stepAsideAfter(changes);
    return intended.get(before) as string;
  }

  /** The last word before an intent, whatever brought people back to pending. Returns how many it skipped. */
  #skipDue(max: number, at: number): number {
    const { takenOutDue, capped } = this.#statements;
    const { workspace, limit, campaignId } = this.#run;
    const { changes } = takenOutDue.run({ campaignId, at, max });
    if (limit === null) return changes;
    const due = { campaignId, workspace, at, max, since: at - limit.perMs, count: limit.count };
    return changes + capped.run(due).changes;
  }

  #writeOutcomes({ accepted, others, clock }: OutcomeBatch): void {
    if (clock !== null) this.#statements.noteClock.run({ ...clock, runId: this.#run.runId });
    if (accepted !== NO_OUTCOMES.accepted) {
      const batch = { batch: accepted, runId: this.#run.runId };
      this.#stepAsideAfter(this.#statements.acceptAttempts.run(batch).changes);
      this.#stepAsideAfter(this.#statements.acceptDeliveries.run(batch).changes);
    }
    for (const record of others) this.#writeOther(record);
  }

  #stepAsideAfter(rows: number): void {
    if (rows >= LARGE_STEP) this.#stepAside();
  }

  #writeOther(record: OutcomeRecord): void {
    const { endAttempt, settleDelivery, takenOutOne } = this.#statements;
    const { httpStatus, errorCode, errorMessage } = record.answer;
    const onWire = record.onWire ? 1 : 0;
    const live = record.outcome === 'uncertain' ? 1 : null;
    const ended = endAttempt.run(
      record.endedAt,
      record.outcome,
      live,
      onWire,
      httpStatus,
      errorCode,
      errorMessage,
      record.attemptId,
      this.#run.runId,
    );
    if (ended.changes !== 1) return;
    settleDelivery.run(
      record.status,
      record.reason,
      record.dueAt,
      onWire,
      record.transientRefusals,
      record.deferrals,
      httpStatus,
      errorCode,
      errorMessage,
      record.deliveryId,
    );
    // Taken out while the request was out: nobody has to wait for the next try to learn it.
    if (record.status === 'pending') {
      takenOutOne.run({
        deliveryId: record.deliveryId,
        campaignId: this.#run.campaignId,
        at: record.endedAt,
      });
    }
    if (record.reason === 'opted-out') this.#keepOptOut(record);
  }

  /** Who opted out at WhatsApp is left alone by every campaign of the workspace from here on. */
  #keepOptOut(record: OutcomeRecord): void {
    const who = { deliveryId: record.deliveryId, workspace: this.#run.workspace };
    this.#statements.suppress.run({ ...who, at: record.endedAt });
    this.#statements.skipSuppressed.run(who);
  }
}

/**
 * What an error of SQLite means for a run; anything else is a bug and is thrown again. After a failed sync the pages
 * on disk are unknown: https://www.sqlite.org/rescode.html#ioerr_fsync.
 */
export function failureOf(error: unknown, file: string): LedgerFailure {
  const code = sqliteCode(error) ?? '';
  const fatal =
    code === 'SQLITE_IOERR_FSYNC' || code === 'SQLITE_IOERR_DIR_FSYNC' || code.startsWith('SQLITE_CORRUPT');
  return { kind: 'failed', fatal, problem: ledgerProblem(error, file) };
}

/**
 * Statements that write each message, prepared once. `+?`: the planner looks into a bare parameter of a range or a
 * limit, for which SQLite compiles the statement anew at every run.
 */
function prepareRunStatements(db: LedgerDatabase) {
  return {
    takenOutDue: prepareSkipTakenOut(db, 'due'),
    takenOutOne: prepareSkipTakenOut(db, 'one'),
    capped: db.prepare(CAP_DUE),
    intend: db.prepare(`
      INSERT INTO attempts (delivery_id, run_id, started_at)
      SELECT id, ?, ? FROM deliveries WHERE campaign_id = +? AND status = 'pending' AND due_at <= +?
      ORDER BY due_at, id LIMIT +?`),
    claimIntended: db.prepare(`
      UPDATE deliveries SET status = 'sending', reason = NULL, last_attempt_at = ?,
        first_attempt_at = coalesce(first_attempt_at, ?)
      WHERE id IN (SELECT delivery_id FROM attempts WHERE id > ?)`),
    intended: db
      .prepare(`
      SELECT json_group_array(json_array(d.id, a.id, d.phone, d.person, d.country, c.body, c.header, c.attachment,
        d.transient_refusals, d.deferrals))
      FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN contents c ON c.delivery_id = d.id
      WHERE a.id > ?`)
      .pluck(),
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
    noteClock: db.prepare(`
      INSERT OR REPLACE INTO run_clocks
      SELECT @runId, coalesce(max(id), 0), @at, @bootId, @monotonicMs, @providerOffsetMs FROM attempts`),
    suppress: db.prepare(SUPPRESS_OPTED_OUT),
    skipSuppressed: db.prepare(SKIP_OPTED_OUT),
  };
}
