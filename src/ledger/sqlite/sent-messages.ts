import type { Controls } from '../../core/absence.js';
import type { CampaignType } from '../../core/campaign.js';
import type { DeliveryStatus } from '../../core/counts.js';
import type { TestSend } from '../../core/ledger/runs.js';
import type { SendTry } from '../../core/match.js';
import type { AnswerFacts, OutcomeKind } from '../../core/outcome.js';
import type { Variable } from '../../core/recipient.js';
import type { KnownSend, SendStanding } from '../../core/reconcile-assign.js';
import { type SentValues, sentValues } from '../../core/sent-values.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Writes the intent of a test message, synced, before it leaves. Returns its id. */
export function beginTestSend(db: LedgerDatabase, { body, header, ...test }: TestSend, at: number): number {
  const begun = db
    .prepare(
      `INSERT INTO test_sends (workspace, campaign, template, phone, person, started_at, sent_values)
       VALUES (@workspace, @campaign, @template, @phone, @person, @at, @values)`,
    )
    .run({ ...test, at, values: JSON.stringify(sentValues(body, header)) });
  return Number(begun.lastInsertRowid);
}

/** Writes what became of a test message. An accepted one is a control for `reconcile`. */
export function endTestSend(
  db: LedgerDatabase,
  id: number,
  outcome: OutcomeKind,
  answer: AnswerFacts,
  at: number,
): void {
  db.prepare(
    `UPDATE test_sends SET ended_at = @at, outcome = @outcome, http_status = @httpStatus, error_code = @errorCode,
       error_message = @errorMessage WHERE id = @id AND outcome = 'in-flight'`,
  ).run({ ...answer, id, outcome, at });
}

interface AttemptRow {
  deliveryId: number;
  campaignId: number;
  person: string;
  status: DeliveryStatus;
  attemptId: number;
  outcome: 'in-flight' | 'accepted' | 'uncertain' | 'absent';
  startedAt: number;
  /** null: no answer said that it was taken; what evidence settled was not answered. */
  answeredAt: number | null;
  template: string;
  type: CampaignType;
  campaignName: string | null;
  recordId: string | null;
  /** JSON text of `[body, header]`, each JSON text again; null: another import may have changed it, or it was erased. */
  texts: string | null;
  keptValues: string | null;
}

/** While an attempt is live, no import touches what it sent. */
const LIVE = {
  attempts: 'a.live = 1',
  answeredAt: `CASE WHEN a.outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)
    THEN coalesce(a.ended_at, a.started_at) END`,
  values: `(SELECT json_array(v.body, v.header) FROM contents v WHERE v.delivery_id = d.id)`,
  keptValues: 'NULL',
};
/** Afterwards another import may; the evidence of its absence keeps fingerprints. */
const ABSENT = {
  attempts: "a.outcome = 'absent'",
  answeredAt: 'NULL',
  values: 'NULL',
  keptValues: `(SELECT json_extract(e.detail, '$.values') FROM evidence e
    WHERE e.attempt_id = a.id AND (e.kind = 'absent' OR e.kind = 'declared-absent') ORDER BY e.id DESC LIMIT 1)`,
};

/** Attempts that may have been executed, under the names that their campaign had then. */
const attemptsOf = ({ attempts, answeredAt, values, keptValues }: typeof LIVE): string => `
  SELECT d.id AS deliveryId, d.campaign_id AS campaignId, d.person, d.status, a.id AS attemptId, a.outcome,
    a.started_at AS startedAt, ${answeredAt} AS answeredAt, coalesce(f.template, c.template) AS template,
    coalesce(f.type, c.type) AS type,
    CASE WHEN f.campaign_id IS NULL THEN c.campaign_name ELSE f.campaign_name END AS campaignName,
    (SELECT json_extract(e.detail, '$.record.id') FROM evidence e WHERE e.attempt_id = a.id AND e.kind = 'listed') AS recordId,
    ${values} AS texts, ${keptValues} AS keptValues
  FROM json_each(@persons) AS wanted
  CROSS JOIN deliveries d ON d.person = wanted.value
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
  JOIN attempts a ON a.delivery_id = d.id AND ${attempts}
  LEFT JOIN former_identities f ON f.campaign_id = d.campaign_id AND f.last_attempt_id = (
    SELECT min(last_attempt_id) FROM former_identities WHERE campaign_id = d.campaign_id AND last_attempt_id >= a.id)`;

const LIVE_AND_ABSENT = `${attemptsOf(LIVE)} UNION ALL ${attemptsOf(ABSENT)} ORDER BY startedAt, attemptId`;

/** Every send of a workspace to these persons that may have been executed: deliveries and test messages. */
export function sendsTo(
  db: LedgerDatabase,
  workspace: string,
  persons: readonly string[],
): readonly KnownSend[] {
  const wanted = { persons: JSON.stringify(persons), workspace };
  const attempts = db.prepare(LIVE_AND_ABSENT).all(wanted) as AttemptRow[];
  const tests = db
    .prepare(
      `SELECT t.id, t.person, t.template, t.started_at AS startedAt, t.ended_at AS endedAt, t.outcome,
         t.sent_values AS keptValues FROM json_each(@persons) AS wanted
       CROSS JOIN test_sends t ON t.workspace = @workspace AND t.person = wanted.value
       WHERE t.outcome IN ('in-flight', 'accepted', 'uncertain')`,
    )
    .all(wanted) as TestRow[];
  return [...deliveriesOf(attempts), ...tests.map(testOf)];
}

function deliveriesOf(attempts: readonly AttemptRow[]): readonly KnownSend[] {
  const byDelivery = new Map<number, AttemptRow[]>();
  for (const row of attempts) {
    const known = byDelivery.get(row.deliveryId);
    if (known === undefined) byDelivery.set(row.deliveryId, [row]);
    else known.push(row);
  }
  return [...byDelivery.values()].flatMap((rows) => {
    const about = rows.find((row) => row.outcome !== 'absent') ?? rows.at(-1);
    if (about === undefined) return [];
    const ownRecordId = rows.find((row) => row.recordId !== null)?.recordId ?? null;
    const { deliveryId: id, campaignId, person, attemptId, status } = about;
    const tries = rows.map(tryOf);
    return [
      {
        kind: 'delivery',
        id,
        campaignId,
        person,
        attemptId,
        ownRecordId,
        tries,
        standing: standingOf(status, about.outcome),
      },
    ];
  });
}

function standingOf(status: DeliveryStatus, outcome: AttemptRow['outcome']): SendStanding {
  if (status === 'accepted' || status === 'uncertain') return status;
  if (status === 'pending') return 'requeued';
  return outcome === 'absent' ? 'given-up' : 'other';
}

function tryOf(row: AttemptRow): SendTry {
  const { startedAt, answeredAt, template, type, campaignName, texts, keptValues } = row;
  const values = texts === null ? kept(keptValues) : valuesOf(texts);
  return { startedAt, answeredAt, template, type, campaignName, values };
}

function valuesOf(texts: string): SentValues {
  const [body = '[]', header = '[]'] = JSON.parse(texts) as string[];
  return sentValues(JSON.parse(body) as Variable[], JSON.parse(header) as Variable[]);
}

function kept(values: string | null): SentValues | null {
  return values === null ? null : (JSON.parse(values) as SentValues);
}

/** Fingerprints of what a delivery sends, for evidence that outlives its row; null: it was erased. */
export function valuesSent(db: LedgerDatabase, deliveryId: number): SentValues | null {
  const texts = db.prepare('SELECT json_array(body, header) FROM contents WHERE delivery_id = ?').pluck();
  const found = texts.get(deliveryId) as string | undefined;
  return found === undefined ? null : valuesOf(found);
}

interface TestRow {
  id: number;
  person: string;
  template: string;
  startedAt: number;
  endedAt: number | null;
  outcome: string;
  keptValues: string | null;
}

function testOf({ id, person, template, startedAt, endedAt, outcome, keptValues }: TestRow): KnownSend {
  const standing = outcome === 'accepted' ? 'accepted' : 'other';
  const answeredAt = standing === 'accepted' ? endedAt : null;
  const values = kept(keptValues);
  const only: SendTry = { startedAt, answeredAt, template, type: 'individual', campaignName: null, values };
  return {
    kind: 'test',
    id,
    campaignId: null,
    person,
    attemptId: null,
    ownRecordId: null,
    tries: [only],
    standing,
  };
}

/** A list is asked only about what left before the reading of it began. */
const SCAN_BEGAN = '(SELECT started_at FROM scans WHERE id = @scanId)';

/**
 * Sends that the provider accepted by its answer, seen (record_at, from the scan) or not: an attempt that evidence
 * settled is none, because what the list said cannot vouch for the list; nor is one to somebody who was forgotten.
 */
const CONTROLS = `
  SELECT a.started_at AS startedAt, a.ended_at AS endedAt, m.record_id IS NOT NULL AS listed, r.created_at AS recordAt
  FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
  LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
  WHERE a.started_at >= @fromAt AND a.started_at < ${SCAN_BEGAN} AND a.outcome = 'accepted'
    AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id) AND length(d.person) < 19
  UNION ALL
  SELECT t.started_at, t.ended_at, m.record_id IS NOT NULL, r.created_at
  FROM test_sends t
  LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'test' AND m.sent_id = t.id AND m.extra = 0
  LEFT JOIN scan_records r ON r.scan_id = m.scan_id AND r.record_id = m.record_id
  WHERE t.workspace = @workspace AND t.started_at >= @fromAt AND t.started_at < ${SCAN_BEGAN}
    AND t.outcome = 'accepted' AND length(t.person) < 19`;

const CONTROLS_SUMMARY = `
  SELECT count(*) FILTER (WHERE listed) AS listed, max(startedAt) FILTER (WHERE listed) AS lastListedAt,
    max(startedAt) AS lastAt, coalesce(max(recordAt - coalesce(endedAt, startedAt)), 0) AS longestDelayMs
  FROM (${CONTROLS})`;

/** The controls of a workspace that began at `fromAt` or later, and before the scan. Holds one number for each that is missing. */
export function controlsSince(
  db: LedgerDatabase,
  workspace: string,
  scanId: number,
  fromAt: number,
): Controls {
  const params = { workspace, scanId, fromAt };
  const summary = db.prepare(CONTROLS_SUMMARY).get(params) as Omit<Controls, 'missingAt'>;
  const missingAt = db
    .prepare(`SELECT startedAt FROM (${CONTROLS}) WHERE NOT listed ORDER BY startedAt`)
    .pluck()
    .all(params) as number[];
  return { ...summary, missingAt };
}
