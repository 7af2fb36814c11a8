import type { CampaignIdentity } from '../../core/campaign.js';
import { LATEST_RECORD_MS } from '../../core/claims.js';
import { hasLoosely, type ListedSend, UNCLEAR_BEFORE_MS } from '../../core/match.js';
import { compareValues } from '../../core/sent-values.js';
import type { Dialect } from './dialect.js';
import { valuesOf } from './known-sends.js';
import { rows, type Steps } from './steps.js';

/** The reason of a delivery that an audit found in the list although this ledger had not sent it. */
export const IN_LIST = 'in-list';
/** Stands in an attempt for the run that it was not part of: somebody else's POST. */
export const NO_RUN = 0;
/** Persons at a time. */
export const HOLD_BATCH = 200;

/** The names under which a campaign's messages stand in the list: those that it has now first, then those that it had. */
export function identitiesOf(campaignId: number): Steps<readonly CampaignIdentity[]> {
  return rows(IDENTITIES, { campaignId });
}

const IDENTITIES = `
  SELECT template, type, campaign_name AS "campaignName", 0 AS former FROM campaigns WHERE id = @campaignId
  UNION ALL
  SELECT template, type, campaign_name, 1 FROM former_identities WHERE campaign_id = @campaignId
  ORDER BY former`;

/** Whether the delivery of `d` was refused or given up: a retry sends it again. */
const IS_ENDED = "(d.status = 'refused' OR d.status = 'exhausted')";
/**
 * Whether the delivery of `d` may still be sent: it is pending, or was taken out, which a resume, a row that returns or an end
 * of a list takes back, or a retry may bring it back.
 */
export const IS_HOLDABLE = `(d.status = 'pending' OR d.status = 'skipped' AND d.reason <> 'forgotten' OR ${IS_ENDED})`;

/** Persons of a scan with something holdable in the campaign, in order. */
export const HOLDABLE_PERSONS = `
  SELECT DISTINCT p.person FROM scan_persons p CROSS JOIN deliveries d
  WHERE p.scan_id = @scanId AND p.person > @after AND d.person = p.person AND d.campaign_id = @campaignId
    AND ${IS_HOLDABLE}
  ORDER BY p.person LIMIT @limit`;

/** Records of `@persons` with their owners: records that are one too many for their owner count as nobody's. */
export function heldRecordsSql({ texts }: Dialect): string {
  return `
    SELECT p.person, r.record_id AS id, r.created_at AS at, r.record, o.status AS "ownerStatus", m.kind
    FROM ${texts('persons')} CROSS JOIN scan_persons p
    JOIN scan_records r ON r.scan_id = p.scan_id AND r.record_id = p.record_id
    LEFT JOIN scan_matches m ON m.scan_id = r.scan_id AND m.record_id = r.record_id AND m.extra = 0
    LEFT JOIN deliveries o ON m.kind = 'delivery' AND o.id = m.sent_id
    WHERE p.scan_id = @scanId AND p.person = wanted.value AND r.record IS NOT NULL
    ORDER BY r.created_at NULLS FIRST, r.record_id`;
}

/**
 * What is holdable for `@persons` in a campaign, and what is pending under its names in others: they cannot be told apart in
 * the list.
 */
export function heldPendingSql({ texts, array }: Dialect): string {
  return `
    SELECT d.person, d.id, d.campaign_id AS "campaignId", CASE WHEN ${IS_ENDED} THEN d.last_attempt_at END AS "endedAt",
      (SELECT ${array('v.body', 'v.header')} FROM contents v WHERE v.delivery_id = d.id) AS texts
    FROM ${texts('persons')} CROSS JOIN deliveries d
    JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace AND c.template = @template AND c.type = @type
      AND c.campaign_name IS NOT DISTINCT FROM @campaignName
    WHERE d.person = wanted.value AND (d.status = 'pending' OR d.campaign_id = @campaignId AND ${IS_HOLDABLE}) ORDER BY d.id`;
}

/** Those of `@persons` with a message of this template that went out, or may have, and whose record this scan did not find. */
export function astraySql({ texts }: Dialect): string {
  return `
    SELECT wanted.value AS person FROM ${texts('persons')} WHERE EXISTS (
      SELECT 1 FROM deliveries d
      JOIN campaigns c ON c.id = d.campaign_id AND c.workspace = @workspace AND c.template = @template
      JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
      LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'delivery' AND m.sent_id = d.id AND m.extra = 0
      WHERE d.person = wanted.value AND m.record_id IS NULL
      UNION ALL
      SELECT 1 FROM test_sends t
      LEFT JOIN scan_matches m ON m.scan_id = @scanId AND m.kind = 'test' AND m.sent_id = t.id AND m.extra = 0
      WHERE t.workspace = @workspace AND t.person = wanted.value AND t.template = @template
        AND t.outcome IN ('in-flight', 'accepted', 'uncertain') AND m.record_id IS NULL)`;
}

/** A record of somebody who may be held. */
export interface HeldRecord {
  readonly person: string;
  readonly id: string;
  readonly at: number | null;
  readonly record: string;
  readonly kind: 'delivery' | 'test' | null;
  readonly ownerStatus: string | null;
}

/** A delivery that is still to be sent, or may be. */
export interface HeldPending {
  readonly person: string;
  readonly id: number;
  readonly campaignId: number;
  /** When it was refused or given up; null: it was not. */
  readonly endedAt: number | null;
  /** What it says: JSON text of `[body, header]`, each JSON text again. */
  readonly texts: string;
}

/** A delivery to be held. */
export interface Hold {
  readonly deliveryId: number;
  /** When its attempt began, as far as the records tell; where one may be that of an earlier try, the moment of the audit. */
  readonly at: number;
  /** The record, or all that it may be. */
  readonly shown:
    | { readonly record: ListedSend | undefined }
    | { readonly candidates: readonly ListedSend[] };
}

/** Everybody to be held of some persons, and the records that are nobody's by that. */
export interface Held {
  readonly holds: readonly Hold[];
  readonly freed: readonly string[];
}

/** What is known of some persons whom the list shows. */
export interface Holdable {
  readonly campaignId: number;
  /** Those of now first. */
  readonly identities: readonly CampaignIdentity[];
  readonly records: readonly HeldRecord[];
  readonly pending: readonly HeldPending[];
  /** Persons with a message that misses its record. */
  readonly astray: ReadonlySet<string>;
}

/**
 * Whom the list shows although this ledger still means to send to them. Where a record may be of several deliveries, or
 * of a message that misses its own, all are held, and none gets it for its own.
 *
 * @param now where a record does not tell when it was created
 */
export function heldOf(persons: readonly string[], about: Holdable, now: number): Held {
  const held = persons.map((person) => heldPerson(person, about, now));
  return { holds: held.flatMap(({ holds }) => holds), freed: held.flatMap(({ freed }) => freed) };
}

function heldPerson(person: string, about: Holdable, now: number): Held {
  const listed = about.records.filter(
    (row) =>
      row.person === person && isFree(row) && isOfAny(about.identities, JSON.parse(row.record) as ListedSend),
  );
  const pending = about.pending.filter(
    (delivery) =>
      delivery.person === person && listed.some((row) => isAfterEnd(row, delivery, LATEST_RECORD_MS)),
  );
  const own = pending.filter(({ campaignId }) => campaignId === about.campaignId);
  const records = listed.filter((row) => own.some((delivery) => isAfterEnd(row, delivery, LATEST_RECORD_MS)));
  // A clock that was set moves records: a free one may be of a message that misses its own. By a name of earlier, too. And one
  // with other values may be of a message that nobody here knows.
  const certain =
    records.length >= pending.length &&
    !about.astray.has(person) &&
    records.every((row) => isOfNow(about, row)) &&
    records.every((row) => own.every((delivery) => isAfterEnd(row, delivery, UNCLEAR_BEFORE_MS))) &&
    !records.some((row) => own.some((delivery) => saysOther(row, delivery)));
  const holds = own.map((delivery, index) => {
    const record = records[index];
    return holdOf(delivery, certain && record !== undefined ? [record] : records, certain, now);
  });
  const freed = certain ? records.slice(0, own.length) : records;
  return { holds, freed: freed.map(({ id }) => id) };
}

/**
 * Whether a record may be of a message that went out since the delivery was refused or given up, and not of that try: it is
 * later by so much, and says neither that it failed as well nor other values.
 */
function isAfterEnd(row: HeldRecord, delivery: HeldPending, byMs: number): boolean {
  const { endedAt } = delivery;
  if (endedAt === null) return true;
  const { failed } = JSON.parse(row.record) as ListedSend;
  return failed !== true && row.at !== null && row.at > endedAt + byMs && !saysOther(row, delivery);
}

/** Whether a record has other values: it is of another message, or the file changed since this one went out. */
function saysOther({ record }: HeldRecord, { texts }: HeldPending): boolean {
  return compareValues(valuesOf(texts), (JSON.parse(record) as ListedSend).values) === 'different';
}

function holdOf(
  { id, endedAt }: HeldPending,
  records: readonly HeldRecord[],
  certain: boolean,
  now: number,
): Hold {
  const found = records.map(({ record }) => JSON.parse(record) as ListedSend);
  // Begun with the record, it gets it when it is settled: it may be that of the try that was refused.
  const at = certain || endedAt === null ? Math.min(now, ...records.map((record) => record.at ?? now)) : now;
  return { deliveryId: id, at, shown: certain ? { record: found[0] } : { candidates: found } };
}

/** Nobody's, or of a delivery that may be sent again. */
function isFree({ kind, ownerStatus }: HeldRecord): boolean {
  return kind === null || ownerStatus === 'pending' || ownerStatus === 'skipped';
}

function isOfNow({ identities: [now] }: Holdable, { record }: HeldRecord): boolean {
  return now !== undefined && isOf(now, JSON.parse(record) as ListedSend);
}

/** Whether a record says that it belongs to a campaign of these names. */
export function isOfAny(identities: readonly CampaignIdentity[], record: ListedSend): boolean {
  return identities.some((identity) => isOf(identity, record));
}

/** Whether a record says that it belongs to this campaign: template, and the campaign name where there is one, as when it is settled. */
function isOf({ template, campaignName }: CampaignIdentity, record: ListedSend): boolean {
  if (!hasLoosely(record.templates, template)) return false;
  if (campaignName !== null) return hasLoosely(record.campaignNames, campaignName);
  return record.campaignNames.length === 0 && (record.type === null || record.type === 2);
}

/** Those of these attempts that a list showed once: whatever it shows later, they are not absent. */
export function* listedBefore({ numbers }: Dialect, attemptIds: readonly number[]): Steps<readonly number[]> {
  const text = `
    SELECT DISTINCT e.attempt_id AS id FROM ${numbers('attemptIds')} CROSS JOIN evidence e
    WHERE e.attempt_id = wanted.value AND e.kind = 'listed'`;
  return (yield* rows<{ id: number }>(text, { attemptIds })).map(({ id }) => id);
}
