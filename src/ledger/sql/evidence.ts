import type { Match } from '../../core/reconcile-assign.js';
import type { PresenceWritten } from '../../core/reconcile-ports.js';
import type { ReportEvidence } from '../../core/report-data.js';
import type { Dialect } from './dialect.js';
import { phoneShown } from './fingerprint.js';
import { rows, type Steps, type Store } from './steps.js';

/** All evidence of a campaign, page by page. */
export async function* allEvidence(store: Store, campaignId: number): AsyncGenerator<ReportEvidence> {
  let after = 0;
  for (;;) {
    const page = await store.each(listEvidence(campaignId, after, EVIDENCE_PAGE));
    yield* page.map(reportEvidence);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** Evidence of a campaign, in order after `afterId`. */
export function* listEvidence(
  campaignId: number,
  afterId: number,
  limit: number,
): Steps<readonly EvidenceRecord[]> {
  return (yield* rows<EvidenceRow>(EVIDENCE, { campaignId, afterId, limit })).map(evidenceRecord);
}

/** What kinds of evidence there are: what the list said, or what an operator declared. */
export type EvidenceKind = 'listed' | 'absent' | 'declared-accepted' | 'declared-absent' | 'answered-late';

/** One piece of evidence about an attempt, as `status --json` and the report show it. */
export interface EvidenceRecord {
  readonly id: number;
  readonly deliveryId: number;
  readonly attemptId: number;
  readonly phone: string;
  readonly line: number;
  readonly kind: EvidenceKind;
  /** The record, the scan, or the operator's note. Free of credentials. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly recordedBy: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
}

/** Evidence of a campaign, in order after `@afterId`. */
const EVIDENCE = `
  SELECT e.id, e.delivery_id AS "deliveryId", e.attempt_id AS "attemptId", d.phone, d.line, e.kind, e.detail,
    e.recorded_by AS "recordedBy", e.recorded_at AS "recordedAt"
  FROM evidence e JOIN deliveries d ON d.id = e.delivery_id
  WHERE d.campaign_id = @campaignId AND e.id > @afterId ORDER BY e.id LIMIT @limit`;

/** How many rows of it are read at a time. */
const EVIDENCE_PAGE = 500;

/** A row of it. */
type EvidenceRow = Omit<EvidenceRecord, 'detail'> & { readonly detail: string };

/** A piece of evidence as a row has it. */
function evidenceRecord(row: EvidenceRow): EvidenceRecord {
  return { ...row, detail: JSON.parse(row.detail) as EvidenceRecord['detail'] };
}

/** The same as a report shows it. */
function reportEvidence(record: EvidenceRecord): ReportEvidence {
  const { line, phone, kind, detail, recordedBy, recordedAt } = record;
  return { line, phone: phoneShown(phone), kind, detail, recordedBy, recordedAt };
}

/** Nothing was written yet of what a batch found. */
export const NOTHING: Readonly<Record<keyof PresenceWritten, number>> = {
  accepted: 0,
  failed: 0,
  acceptedElsewhere: 0,
  confirmed: 0,
  shown: 0,
};

/**
 * Whether a record that is found settles a send: its fate is unknown, or it was called absent. Also where it is not to be
 * sent again by now: a row that returns, or a retry, would send it again.
 */
export function isSettledBy({ send }: Match): boolean {
  const { standing, attemptId } = send;
  return attemptId !== null && standing !== 'accepted' && standing !== 'other';
}

/** What the list says of a message that it shows. */
export function confirmationOf({ record }: Match): 'failed' | 'listed' {
  return record.failed === true ? 'failed' : 'listed';
}

/** What evidence keeps of the record that settled a send. */
export function listedDetail(scanId: number, { record, likeness }: Match) {
  const { persons: _persons, ...listed } = record;
  return { scanId, likeness, record: listed };
}

/** What evidence of absence keeps of the scan that proved it. */
export const SCAN_PROOF = `
  SELECT started_at AS "scanStartedAt", ended_at AS "scanEndedAt", pages, records,
    clock_offset_ms AS "clockOffsetMs" FROM scans WHERE id = @scanId`;

/**
 * What a file brought for some deliveries while the fate of their messages was open, to be called once those are absent: from
 * then on that is sent. What was sent is known by the evidence of its absence.
 *
 * @param parameter names the list of their ids
 */
export function newerContentsSql({ numbers, member }: Dialect, parameter: string): string {
  const of = (place: number): string => member('newer', place);
  return `
    UPDATE contents SET body = ${of(0)}, header = ${of(1)}, attachment = ${of(2)}, repaired = ${of(3)}, newer = NULL
    WHERE newer IS NOT NULL AND delivery_id IN (SELECT wanted.value FROM ${numbers(parameter)})`;
}
