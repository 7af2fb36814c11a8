import type { Statement } from 'better-sqlite3';
import type { LedgerDatabase } from './open-ledger.js';
import { prepareSkipTakenOut } from './taken-out.js';

/**
 * Statements that write each message, prepared once. `+?`: the planner looks into a bare parameter of a range or a
 * limit, for which SQLite compiles the statement anew at every run.
 */
export function prepareRunStatements(db: LedgerDatabase): Record<RunStatementName, Statement> {
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
    suppress: db.prepare(`
      INSERT INTO suppressions (workspace, person, campaign_id, phone, reason, source, added_at, expires_at)
      SELECT @workspace, person, 0, phone, 'opted-out', 'whatsapp', @at, NULL FROM deliveries
      WHERE id = @deliveryId
      ON CONFLICT (workspace, person, campaign_id) DO UPDATE SET expires_at = NULL`),
    skipSuppressed: db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'suppressed'
      WHERE person = (SELECT person FROM deliveries WHERE id = @deliveryId) AND status = 'pending'
        AND campaign_id IN (SELECT id FROM campaigns WHERE workspace = @workspace)`),
  };
}

/** Statements around a run's writing, prepared once. */
export function prepareRunEndStatements(db: LedgerDatabase): Record<RunEndStatementName, Statement> {
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

type RunStatementName =
  | 'takenOutDue'
  | 'takenOutOne'
  | 'capped'
  | 'intend'
  | 'claimIntended'
  | 'intended'
  | 'endAttempt'
  | 'settleDelivery'
  | 'acceptAttempts'
  | 'acceptDeliveries'
  | 'noteClock'
  | 'suppress'
  | 'skipSuppressed';

type RunEndStatementName =
  | 'nextDue'
  | 'control'
  | 'takenOut'
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
        WHERE campaign_id = +@campaignId AND status = 'pending' AND due_at <= +@at
        ORDER BY due_at, id LIMIT +@max)) AS due
    WHERE due.earlier + (
      SELECT count(*) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
      WHERE o.person = due.person AND c.workspace = +@workspace
        AND o.status IN ('accepted', 'uncertain', 'sending') AND o.last_attempt_at > +@since) >= +@count)`;
