import type { CampaignType } from '../../core/campaign.js';
import type { DeliveryStatus } from '../../core/counts.js';
import type { SendTry } from '../../core/match.js';
import type { Variable } from '../../core/recipient.js';
import type { KnownSend, SendStanding } from '../../core/reconcile-assign.js';
import { type SentValues, sentValues } from '../../core/sent-values.js';
import type { Dialect } from './dialect.js';
import { type Fingerprint, isFingerprint, knownFingerprint } from './fingerprint.js';
import { rows, type Steps } from './steps.js';

/** Every send of a workspace to these persons that may have been executed: deliveries and test messages. */
export function* sendsTo(
  dialect: Dialect,
  workspace: string,
  persons: readonly string[],
): Steps<readonly KnownSend[]> {
  const under = standingUnder(persons, yield* knownFingerprint());
  const wanted = { workspace, persons: [...under.keys()] };
  const attempts = yield* rows<AttemptSent>(attemptsSentSql(dialect), wanted);
  return knownSends(attempts, yield* rows<TestSent>(testsSentSql(dialect), wanted), under);
}

/** An attempt that may have been executed, under the names that its campaign had then. */
interface AttemptSent {
  readonly deliveryId: number;
  readonly campaignId: number;
  readonly person: string;
  readonly status: DeliveryStatus;
  readonly attemptId: number;
  readonly outcome: 'in-flight' | 'accepted' | 'uncertain' | 'absent';
  readonly startedAt: number;
  /** null: no answer said that it was taken; what evidence settled was not answered. */
  readonly answeredAt: number | null;
  readonly template: string;
  readonly type: CampaignType;
  readonly campaignName: string | null;
  readonly recordId: string | null;
  /** JSON text of `[body, header]`, each JSON text again; null: another import may have changed it, or it was erased. */
  readonly texts: string | null;
  readonly keptValues: string | null;
}

/** A test message. */
interface TestSent {
  readonly id: number;
  readonly person: string;
  readonly template: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: string;
  readonly keptValues: string | null;
}

/** Attempts to `@persons` that may have been executed. */
function attemptsSentSql(dialect: Dialect): string {
  const { array, member } = dialect;
  const live = {
    // While an attempt is live, no import touches what it sent.
    attempts: 'a.live = 1',
    answeredAt: `CASE WHEN a.outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.attempt_id = a.id)
      THEN coalesce(a.ended_at, a.started_at) END`,
    // Of somebody who was forgotten they were erased.
    texts: `CASE WHEN length(d.person) < 19
      THEN (SELECT ${array('v.body', 'v.header')} FROM contents v WHERE v.delivery_id = d.id) END`,
    keptValues: 'NULL',
  };
  const absent = {
    // Afterwards another import may; the evidence of its absence keeps fingerprints.
    attempts: "a.outcome = 'absent'",
    answeredAt: 'NULL',
    texts: 'NULL',
    keptValues: `(SELECT ${member('e.detail', 'values')} FROM evidence e
      WHERE e.attempt_id = a.id AND (e.kind = 'absent' OR e.kind = 'declared-absent') ORDER BY e.id DESC LIMIT 1)`,
  };
  return `${attemptsOf(dialect, live)} UNION ALL ${attemptsOf(dialect, absent)} ORDER BY "startedAt", "attemptId"`;
}

type Those = Readonly<Record<'attempts' | 'answeredAt' | 'texts' | 'keptValues', string>>;

const attemptsOf = (
  { texts: listOf, member }: Dialect,
  { attempts, answeredAt, texts, keptValues }: Those,
): string => `
  SELECT d.id AS "deliveryId", d.campaign_id AS "campaignId", d.person, d.status, a.id AS "attemptId", a.outcome,
    a.started_at AS "startedAt", ${answeredAt} AS "answeredAt", coalesce(f.template, c.template) AS template,
    coalesce(f.type, c.type) AS type,
    CASE WHEN f.campaign_id IS NULL THEN c.campaign_name ELSE f.campaign_name END AS "campaignName",
    (SELECT ${member('e.detail', 'record', 'id')} FROM evidence e
      WHERE e.attempt_id = a.id AND e.kind = 'listed' ORDER BY e.id LIMIT 1) AS "recordId",
    ${texts} AS texts, ${keptValues} AS "keptValues"
  FROM ${listOf('persons')} CROSS JOIN deliveries d
  JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace
  JOIN attempts a ON a.delivery_id = d.id AND ${attempts}
  LEFT JOIN former_identities f ON f.campaign_id = d.campaign_id AND f.last_attempt_id = (
    SELECT min(last_attempt_id) FROM former_identities WHERE campaign_id = d.campaign_id AND last_attempt_id >= a.id)
  WHERE d.person = wanted.value`;

/** Test messages to `@persons`. */
function testsSentSql({ texts }: Dialect): string {
  return `
    SELECT t.id, t.person, t.template, t.started_at AS "startedAt", t.ended_at AS "endedAt", t.outcome,
      t.sent_values AS "keptValues" FROM ${texts('persons')} CROSS JOIN test_sends t
    WHERE t.workspace = @workspace AND t.person = wanted.value AND t.outcome IN ('in-flight', 'accepted', 'uncertain')`;
}

/**
 * Under whom sends to these people stand, and to whom they went: what somebody got who was forgotten stands under a
 * fingerprint, and so do its records belong to it when that person is sent to again.
 */
function standingUnder(
  persons: readonly string[],
  fingerprint: Fingerprint | null,
): ReadonlyMap<string, string> {
  const forgotten = fingerprint === null ? [] : persons.map((one) => [fingerprint(one), one] as const);
  return new Map([...persons.map((one) => [one, one] as const), ...forgotten]);
}

/**
 * All of them as sends: an attempt of a delivery is a try of it.
 *
 * @param persons to whom they went, by under whom they stand
 */
function knownSends(
  attempts: readonly AttemptSent[],
  tests: readonly TestSent[],
  persons: ReadonlyMap<string, string>,
): readonly KnownSend[] {
  const sends = [...deliveriesOf(attempts), ...tests.map(testOf)];
  return sends.map((send) => toPerson(send, persons));
}

/** Nothing of a record is kept as evidence about somebody who was forgotten. */
function toPerson(send: KnownSend, persons: ReadonlyMap<string, string>): KnownSend {
  if (!isFingerprint(send.person)) return send;
  return { ...send, person: persons.get(send.person) ?? send.person, attemptId: null };
}

function deliveriesOf(attempts: readonly AttemptSent[]): readonly KnownSend[] {
  const byDelivery = new Map<number, AttemptSent[]>();
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
    const standing = standingOf(status, about.outcome);
    const tries = rows.map(tryOf);
    return [{ kind: 'delivery', id, campaignId, person, attemptId, ownRecordId, tries, standing }];
  });
}

function standingOf(status: DeliveryStatus, outcome: AttemptSent['outcome']): SendStanding {
  if (status === 'accepted' || status === 'uncertain') return status;
  if (status === 'pending') return 'requeued';
  return outcome === 'absent' ? 'given-up' : 'other';
}

function tryOf(row: AttemptSent): SendTry {
  const { startedAt, answeredAt, outcome, template, type, campaignName, texts, keptValues } = row;
  const values = texts === null ? kept(keptValues) : valuesOf(texts);
  return { startedAt, answeredAt, absent: outcome === 'absent', template, type, campaignName, values };
}

/** Fingerprints of the values in a JSON text of `[body, header]`. */
export function valuesOf(texts: string): SentValues {
  const [body = '[]', header = '[]'] = JSON.parse(texts) as string[];
  return sentValues(JSON.parse(body) as Variable[], JSON.parse(header) as Variable[]);
}

function kept(values: string | null): SentValues | null {
  return values === null ? null : (JSON.parse(values) as SentValues);
}

function testOf({ id, person, template, startedAt, endedAt, outcome, keptValues }: TestSent): KnownSend {
  const standing = outcome === 'accepted' ? 'accepted' : 'other';
  const answeredAt = standing === 'accepted' ? endedAt : null;
  const values = kept(keptValues);
  const names = { template, type: 'individual', campaignName: null } as const;
  const only: SendTry = { startedAt, answeredAt, absent: false, ...names, values };
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
