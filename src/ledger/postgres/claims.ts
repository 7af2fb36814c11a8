import type { ClaimedDelivery } from '../../core/delivery.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import { namesOf, REACHED } from '../sql/frequency.js';
import { TAKEN_OUT_REASON } from '../sql/taken-out.js';
import type { Sql } from './database.js';
import { callOf, type Stored } from './stored.js';

/** What is planned once is planned for this many: more are taken bit by bit. */
const MOST_AT_ONCE = 100;

/** A claim about to be made. */
export interface ClaimAsked {
  /** Its number in its run: one more than the last that was answered. */
  readonly number: number;
  readonly max: number;
  readonly at: number;
}

/**
 * Takes up to `max` who are due: `pending → sending` and an attempt each, in the order in which they are due. Who was taken
 * out, or got enough, is skipped, and others move up.
 *
 * The run's row and the lock against taking out must be held, so that this looks at what is true now.
 */
export async function claimDue(
  sql: Sql,
  { campaignId, runId, workspace, limit }: StartedRun,
  { number, max, at }: ClaimAsked,
): Promise<readonly ClaimedDelivery[]> {
  const claimed: ClaimedDelivery[] = [];
  const [count, since] = limit === null ? [null, 0] : [limit.count, at - limit.perMs];
  const due = { campaignId, runId, workspace, at, count, since, claim: number };
  for (;;) {
    const most = Math.min(max - claimed.length, MOST_AT_ONCE);
    const looked = await sql.rows<LookedAt>(TAKE, { ...due, max: most });
    claimed.push(...looked.flatMap(deliveryOf));
    if (looked.length < most || claimed.length >= max) return claimed;
  }
}

/** What a claim of this number brought that was committed already; `afterAttemptId`: nothing of it has a lower id. */
export async function claimedBefore(
  sql: Sql,
  runId: number,
  number: number,
  afterAttemptId: number,
): Promise<readonly ClaimedDelivery[]> {
  const rows = await sql.rows<LookedAt>(CLAIMED, { runId, claim: number, afterAttemptId });
  return rows.flatMap(deliveryOf);
}

/**
 * Lets go of those whom a claim took without anybody hearing of it: they are pending again, and their attempts say that
 * nothing left.
 */
export async function releaseUnheard(
  sql: Sql,
  runId: number,
  number: number,
  afterAttemptId: number,
): Promise<void> {
  await sql.run(RELEASE, { runId, claim: number, afterAttemptId });
}

interface LookedAt extends Omit<ClaimedDelivery, 'attemptId'> {
  /** null: skipped. */
  readonly attemptId: number | null;
}

function deliveryOf({ attemptId, ...delivery }: LookedAt): readonly ClaimedDelivery[] {
  return attemptId === null ? [] : [{ ...delivery, attemptId }];
}

const COLUMNS = `d.id AS "deliveryId", d.phone, d.person, d.country, c.body AS "bodyJson", c.header AS "headerJson",
    c.attachment AS "attachmentJson", d.transient_refusals AS "transientRefusals", d.deferrals`;

/** Counting earlier ones of the same claim, too. */
const GOT_ENOUGH = `
  @count IS NOT NULL AND (row_number() OVER (PARTITION BY j.person, j.taken IS NULL ORDER BY j.due_at, j.id)) - 1 + (
    SELECT count(*) FROM deliveries o JOIN campaigns c ON c.id = o.campaign_id
    WHERE o.person IN ${namesOf('j.person')} AND c.workspace = @workspace AND o.status IN (${REACHED}) AND o.last_attempt_at > @since)
    >= @count`;

/** One statement, so that it is one look: the rows that it locks are those that it judges and takes. */
export const CLAIM_DUE: Stored = {
  name: 'claim_due',
  params: {
    campaignId: 'bigint',
    runId: 'bigint',
    workspace: 'text',
    at: 'bigint',
    count: 'bigint',
    since: 'bigint',
    claim: 'bigint',
    max: 'bigint',
  },
  returns: `TABLE ("deliveryId" bigint, phone text, person text, country text, "bodyJson" text, "headerJson" text,
    "attachmentJson" text, "transientRefusals" bigint, deferrals bigint, "attemptId" bigint)`,
  body: `
BEGIN RETURN QUERY
  WITH due AS MATERIALIZED (
    SELECT id, person, import_id, due_at FROM (
      SELECT id, person, import_id, due_at FROM deliveries
      WHERE campaign_id = @campaignId AND status = 'pending' AND due_at <= @at
      ORDER BY due_at, id LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED) AS next
    LIMIT @max),
  judged AS MATERIALIZED (SELECT d.id, d.person, d.due_at, ${TAKEN_OUT_REASON} AS taken FROM due AS d),
  decided AS MATERIALIZED (
    SELECT j.id, j.due_at, coalesce(j.taken, CASE WHEN ${GOT_ENOUGH} THEN 'capped' END) AS reason FROM judged AS j),
  written AS (
    UPDATE deliveries AS d SET
      status = CASE WHEN decided.reason IS NULL THEN 'sending' ELSE 'skipped' END, reason = decided.reason,
      last_attempt_at = CASE WHEN decided.reason IS NULL THEN @at ELSE d.last_attempt_at END,
      first_attempt_at = CASE WHEN decided.reason IS NULL THEN coalesce(d.first_attempt_at, @at) ELSE d.first_attempt_at END
    FROM decided WHERE d.id = decided.id
    RETURNING d.id, d.phone, d.person, d.country, d.transient_refusals, d.deferrals),
  intended AS (
    INSERT INTO attempts (delivery_id, run_id, started_at, claim)
    SELECT id, @runId, @at, @claim FROM decided WHERE reason IS NULL ORDER BY due_at, id
    RETURNING id, delivery_id)
  SELECT ${COLUMNS}, a.id AS "attemptId"
  FROM written d LEFT JOIN intended a ON a.delivery_id = d.id LEFT JOIN contents c ON c.delivery_id = d.id
  ORDER BY a.id;
END`,
};

const TAKE = `SELECT * FROM ${callOf(CLAIM_DUE)}`;

const CLAIMED = `
  SELECT ${COLUMNS}, a.id AS "attemptId"
  FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN contents c ON c.delivery_id = d.id
  WHERE a.id > @afterAttemptId AND a.run_id = @runId AND a.claim = @claim AND a.outcome = 'in-flight' ORDER BY a.id`;

const RELEASE = `
  WITH ended AS (
    UPDATE attempts SET outcome = 'not-sent', live = NULL, on_wire = 0, ended_at = started_at
    WHERE id > @afterAttemptId AND run_id = @runId AND claim = @claim AND outcome = 'in-flight' RETURNING delivery_id)
  UPDATE deliveries SET status = 'pending', reason = NULL FROM ended
  WHERE deliveries.id = ended.delivery_id AND deliveries.status = 'sending'`;
