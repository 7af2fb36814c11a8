import { createHash } from 'node:crypto';
import type { ScanReach } from '../../core/absence.js';
import type { ListedSend, SeenRecord } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { ListedPage, OpenScan, ScanEnd, ScanNeed } from '../../core/reconcile-ports.js';
import type { Dialect } from './dialect.js';
import { oneRow, rows, run, type Steps } from './steps.js';

/** An unfinished scan older than this is not gone on with: what a token means after so long is unknown. */
const OLDEST_RESUMED_MS = 2 * 3_600_000;
/** How many records are looked at that name nobody; of those that name somebody, all. */
const MOST_NAMELESS = 1_000;
const ALL = 2_147_483_647;

/** A row of `scans`. */
export interface ScanRow {
  readonly id: number;
  readonly from_at: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly complete: number;
  readonly problem: string | null;
  readonly token: string | null;
  readonly pages: number;
  readonly records: number;
  readonly stale_pages: number;
  readonly clock_offset_ms: number | null;
}

/** A scan of which nobody else writes what it saw and whose it is, until the end of the transaction. */
export function lockedScan({ forUpdate }: Dialect, scanId: number): Steps<ScanRow> {
  return oneRow(`SELECT * FROM scans WHERE id = @scanId ${forUpdate}`, { scanId });
}

/** Ends a scan, unless it may go on from its token later. */
export function endScan(scanId: number, end: ScanEnd, at: number): Steps<number> {
  return run(END_SCAN, scanEnd(scanId, end, at));
}

/** Drops the records of a scan, which cannot be gone on with then; the scan itself and what it proved stay. */
export function* forgetRecords(dialect: Dialect, scanId: number): Steps<void> {
  yield* lockedScan(dialect, scanId);
  for (const table of SCAN_DATA) yield* run(`DELETE FROM ${table} WHERE scan_id = @scanId`, { scanId });
  yield* run(FORGET_TOKEN, { scanId });
}

/** Forgets whose the records of a scan are. */
export function* clearMatches(dialect: Dialect, scanId: number): Steps<void> {
  yield* lockedScan(dialect, scanId);
  yield* run('DELETE FROM scan_matches WHERE scan_id = @scanId', { scanId });
}

/** How far back a scan saw. */
export function scanReach(scanId: number): Steps<ScanReach> {
  return oneRow(REACH_OF, { scanId });
}

/** Records of a scan that name one of these persons; `''`: those that name nobody, at most 1,000. */
export function* recordsOf(
  dialect: Dialect,
  scanId: number,
  persons: readonly string[],
): Steps<readonly SeenRecord[]> {
  const wanted = { scanId, persons, limit: mostRecords(persons) };
  const found = yield* rows<{ record: string; at: number | null }>(recordsSql(dialect), wanted);
  return found.map(seenRecord);
}

/** Persons of a scan, in order after `after`, to whom the workspace sent something. */
export function* listedPersons(wanted: {
  readonly scanId: number;
  readonly workspace: string;
  readonly after: string;
  readonly limit: number;
}): Steps<readonly string[]> {
  return (yield* rows<{ person: string }>(LISTED_PERSONS, wanted)).map(({ person }) => person);
}

/** The last scan of a sender, of one purpose or of any. */
export const LAST_SCAN =
  'SELECT * FROM scans WHERE sender = @sender AND purpose = @purpose ORDER BY id DESC LIMIT 1';
/** What hangs on scans and is dropped when it has served. */
export const SCAN_DATA = ['scan_records', 'scan_persons', 'scan_tokens', 'scan_matches'] as const;
/** The scans of a sender for one purpose. */
export const OWN_SCANS = 'SELECT id FROM scans WHERE sender = @sender AND purpose = @purpose';
/** Those of them end that were cut short. */
export const END_OLD_SCANS =
  'UPDATE scans SET ended_at = @at WHERE sender = @sender AND purpose = @purpose AND ended_at IS NULL';
export const BEGIN_SCAN = `
  INSERT INTO scans (sender, purpose, from_at, started_at, boot_id, monotonic_ms)
  VALUES (@sender, @purpose, @fromAt, @at, @bootId, @monotonicMs) RETURNING *`;
const END_SCAN =
  'UPDATE scans SET ended_at = @at, complete = @complete, problem = @problem WHERE id = @scanId';
/** A scan without its records cannot be gone on with. */
const FORGET_TOKEN = 'UPDATE scans SET token = NULL WHERE id = @scanId';
/** A page was read: before it is counted, REACH. */
export const ADVANCE = `
  UPDATE scans SET pages = pages + 1, records = records + @newRecords, stale_pages = @stalePages,
    clock_offset_ms = @offsetMs, token = @token WHERE id = @scanId`;
/**
 * How far back the list reaches. The provider's clock is told by the first page alone, which comes right after the
 * beginning: later ones may come after somebody set this machine's clock.
 */
export const REACH = `
  UPDATE scans SET oldest_at = CASE WHEN oldest_at <= @oldestAt THEN oldest_at ELSE coalesce(@oldestAt, oldest_at) END,
    first_offset_ms = CASE WHEN pages = 0 THEN @offsetMs ELSE first_offset_ms END WHERE id = @scanId`;
export const ADD_TOKEN = 'INSERT INTO scan_tokens VALUES (@scanId, @token) ON CONFLICT DO NOTHING';
const REACH_OF =
  'SELECT oldest_at AS "oldestAt", first_offset_ms AS "providerOffsetMs" FROM scans WHERE id = @scanId';

/** Persons of a scan, in order after `@after`, to whom the workspace sent something. */
const LISTED_PERSONS = `
  SELECT DISTINCT p.person FROM scan_persons p
  WHERE p.scan_id = @scanId AND p.person > @after AND (
    EXISTS (SELECT 1 FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
      WHERE d.person = p.person AND c.workspace = @workspace AND d.first_attempt_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM test_sends t WHERE t.workspace = @workspace AND t.person = p.person))
  ORDER BY p.person LIMIT @limit`;

/** Records of a scan that name one of `@persons`. */
function recordsSql({ texts }: Dialect): string {
  return `
    SELECT DISTINCT r.record, r.created_at AS at FROM ${texts('persons')}
    CROSS JOIN scan_persons p JOIN scan_records r ON r.scan_id = p.scan_id AND r.record_id = p.record_id
    WHERE p.scan_id = @scanId AND p.person = wanted.value AND r.record IS NOT NULL LIMIT @limit`;
}

/** How many of them are read: of those that name nobody (`''`) there may be any number. */
function mostRecords(persons: readonly string[]): number {
  return persons.includes('') ? MOST_NAMELESS : ALL;
}

/** A record as the scan saw it. */
function seenRecord({ record, at }: { readonly record: string; readonly at: number | null }): SeenRecord {
  const listed = JSON.parse(record) as ListedSend;
  return { ...listed, at, persons: listed.numbers.map(personOf) };
}

/** Whether an unfinished scan is young and wide enough to be gone on with. */
export function serves(scan: ScanRow, need: ScanNeed): boolean {
  return (
    scan.ended_at === null &&
    scan.token !== null &&
    scan.started_at > need.startedAfter &&
    scan.started_at <= need.at &&
    scan.started_at >= need.at - OLDEST_RESUMED_MS &&
    scan.from_at <= need.fromAt
  );
}

/** A scan that goes on. */
export function openOf(row: ScanRow, resumed: boolean): OpenScan {
  const { id, token, pages, records } = row;
  return { id, startedAt: row.started_at, token, pages, records, resumed };
}

/** What ends a scan; one that may go on from its token later has no end. */
function scanEnd(scanId: number, end: ScanEnd, at: number) {
  return {
    scanId,
    complete: end.kind === 'complete' ? 1 : 0,
    problem: end.kind === 'broken' ? JSON.stringify(end.problem) : null,
    at: end.kind === 'broken' && end.resumable ? null : at,
  };
}

/** Where a scan stands after a page. */
export function advanceOf(scan: ScanRow, page: ListedPage, newRecords: number) {
  return {
    scanId: scan.id,
    newRecords,
    stalePages: newRecords === 0 ? scan.stale_pages + 1 : 0,
    offsetMs: page.clockOffsetMs ?? scan.clock_offset_ms,
    token: page.tokenIsSecret === true ? null : page.nextToken,
  };
}

/** How far back a page reaches, by this machine's clock. */
export function reachOf(scan: ScanRow, page: ListedPage) {
  const offsetMs = page.clockOffsetMs ?? scan.clock_offset_ms ?? 0;
  const moments = page.records.flatMap(({ createdAt }) => createdAt ?? []);
  const oldestAt = moments.length === 0 ? null : Math.round(Math.min(...moments) - offsetMs);
  return { scanId: scan.id, oldestAt, offsetMs: page.clockOffsetMs };
}

/** Tokens are as long as a provider likes, and only ever compared. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

/** A record of a page as it is kept: `at` by this machine's clock; `record` null: it is known by its id alone. */
export interface KeptRecord {
  readonly id: string;
  readonly at: number | null;
  readonly record: ListedSend | null;
  /** Who is in it, where it is kept; `''` where it names nobody. */
  readonly persons: readonly string[];
}

/** Which records of a page matter: recent ones, and those of people whose fate is open, of whatever age. */
export function keptRecords(
  { from_at, clock_offset_ms }: ScanRow,
  { records, clockOffsetMs }: ListedPage,
  open: ReadonlySet<string>,
): readonly KeptRecord[] {
  const offsetMs = clockOffsetMs ?? clock_offset_ms ?? 0;
  return records.map((record) => {
    const at = record.createdAt === null ? null : Math.round(record.createdAt - offsetMs);
    const named = record.numbers.length === 0 ? [''] : record.numbers.map(personOf);
    const kept = at === null || at >= from_at || named.some((person) => open.has(person));
    return { id: record.id, at, record: kept ? record : null, persons: kept ? named : [] };
  });
}

/** Everybody whom these records name. */
export function personsIn(records: readonly ListedSend[]): readonly string[] {
  return [...new Set(records.flatMap(({ numbers }) => numbers.map(personOf)))];
}
