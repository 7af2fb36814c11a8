import { createHash } from 'node:crypto';
import type { ListedSend, SeenRecord } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { Problem } from '../../core/problem.js';
import type {
  ListedPage,
  OpenScan,
  PageAdded,
  ScanEnd,
  ScanNeed,
  ScanPurpose,
} from '../../core/reconcile-ports.js';
import type { ClockReading } from '../../core/steady-time.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { noteBeginning, noteReach, openPersonsIn } from './scan-reach.js';

/** An unfinished scan older than this is not gone on with: what a token means after so long is unknown. */
const OLDEST_RESUMED_MS = 2 * 3_600_000;

/** A scan as `status` shows it. Moments are epoch milliseconds. */
export interface ScanRecord {
  readonly id: number;
  readonly startedAt: number;
  /** null: it goes on, or was cut short. */
  readonly endedAt: number | null;
  readonly complete: boolean;
  readonly pages: number;
  readonly records: number;
  readonly problem: Problem | null;
}

interface ScanRow {
  id: number;
  from_at: number;
  started_at: number;
  ended_at: number | null;
  complete: number;
  problem: string | null;
  token: string | null;
  pages: number;
  records: number;
  stale_pages: number;
  clock_offset_ms: number | null;
}

/** The last scan of a sender, or null. */
export function lastScan(db: LedgerDatabase, sender: string): ScanRecord | null {
  const row = lastRow(db, sender, null);
  if (row === null) return null;
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    complete: row.complete === 1,
    pages: row.pages,
    records: row.records,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
  };
}

function lastRow(db: LedgerDatabase, sender: string, purpose: ScanPurpose | null): ScanRow | null {
  const last =
    'SELECT * FROM scans WHERE sender = ? AND purpose = coalesce(?, purpose) ORDER BY id DESC LIMIT 1';
  return (prepared(db, last).get(sender, purpose) as ScanRow | undefined) ?? null;
}

/** Goes on with the sender's unfinished scan of that purpose if it is young and wide enough, else begins one by these clocks. */
export function openScan(db: LedgerDatabase, sender: string, need: ScanNeed, clock: ClockReading): OpenScan {
  const { purpose, at, fromAt } = need;
  const last = lastRow(db, sender, purpose);
  if (last !== null && serves(last, need)) return openOf(last, true);
  return db
    .transaction(() => {
      const old = 'scan_id IN (SELECT id FROM scans WHERE sender = ? AND purpose = ?)';
      for (const table of SCAN_DATA) db.prepare(`DELETE FROM ${table} WHERE ${old}`).run(sender, purpose);
      db.prepare('UPDATE scans SET ended_at = ? WHERE sender = ? AND purpose = ? AND ended_at IS NULL').run(
        at,
        sender,
        purpose,
      );
      db.prepare('INSERT INTO scans (sender, purpose, from_at, started_at) VALUES (?, ?, ?, ?)').run(
        sender,
        purpose,
        fromAt,
        at,
      );
      const begun = lastRow(db, sender, purpose);
      if (begun === null) throw new Error('a scan that was written cannot be read');
      noteBeginning(db, begun.id, clock);
      return openOf(begun, false);
    })
    .immediate();
}

const SCAN_DATA = ['scan_records', 'scan_persons', 'scan_tokens', 'scan_matches'] as const;

function serves(scan: ScanRow, need: ScanNeed): boolean {
  return (
    scan.ended_at === null &&
    scan.token !== null &&
    scan.started_at > need.startedAfter &&
    scan.started_at <= need.at &&
    scan.started_at >= need.at - OLDEST_RESUMED_MS &&
    scan.from_at <= need.fromAt
  );
}

function openOf(row: ScanRow, resumed: boolean): OpenScan {
  const { id, token, pages, records } = row;
  return { id, startedAt: row.started_at, token, pages, records, resumed };
}

/** Takes one page into a scan, in one commit: new ids, the records that may matter, the next token. */
export function addPage(db: LedgerDatabase, scanId: number, page: ListedPage): PageAdded {
  const add = db.transaction((): PageAdded => {
    const scan = prepared(db, 'SELECT * FROM scans WHERE id = ?').get(scanId) as ScanRow;
    const offsetMs = page.clockOffsetMs ?? scan.clock_offset_ms;
    const newRecords = addRecords(db, scan, page.records, offsetMs ?? 0);
    noteReach(db, scanId, page, offsetMs ?? 0);
    const stalePages = newRecords === 0 ? scan.stale_pages + 1 : 0;
    prepared(db, ADVANCE).run(
      newRecords,
      stalePages,
      offsetMs,
      page.tokenIsSecret === true ? null : page.nextToken,
      scanId,
    );
    const given =
      page.nextToken === null || prepared(db, ADD_TOKEN).run(scanId, digestOf(page.nextToken)).changes === 1;
    return { newRecords, stalePages, tokenRepeated: !given };
  });
  return unsynced(db, () => add.immediate());
}

/**
 * Commits without waiting for the disk. A process that dies loses nothing by it; a power cut may take the last pages
 * with the token behind them, so that they are read again. A wait here would hold up the requests of a run.
 */
function unsynced<T>(db: LedgerDatabase, work: () => T): T {
  db.pragma('synchronous = NORMAL');
  try {
    return work();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

const ADVANCE = `
  UPDATE scans SET pages = pages + 1, records = records + ?, stale_pages = ?, clock_offset_ms = ?, token = ?
  WHERE id = ?`;
const ADD_TOKEN = 'INSERT OR IGNORE INTO scan_tokens VALUES (?, ?)';
const ADD_RECORDS = `
  INSERT OR IGNORE INTO scan_records (scan_id, record_id, created_at, record)
  SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`;
const ADD_PERSONS = 'INSERT OR IGNORE INTO scan_persons SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)';

/** Tokens are as long as a provider likes, and only ever compared. */
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

/**
 * Whole pages at a time. Returns how many are new to the scan. Old ones are remembered by id alone, but for people
 * whose fate is open.
 */
function addRecords(
  db: LedgerDatabase,
  scan: ScanRow,
  records: readonly ListedSend[],
  offsetMs: number,
): number {
  const open = openPersonsIn(db, records);
  const rows: unknown[] = [];
  const persons: (readonly [person: string, recordId: string])[] = [];
  for (const record of records) {
    const at = record.createdAt === null ? null : Math.round(record.createdAt - offsetMs);
    const named = personsOf(record);
    const kept = at === null || at >= scan.from_at || named.some((person) => open.has(person));
    rows.push([record.id, at, kept ? JSON.stringify(record) : null]);
    if (kept) for (const person of named) persons.push([person, record.id]);
  }
  const { changes } = prepared(db, ADD_RECORDS).run(scan.id, JSON.stringify(rows));
  if (changes > 0 && persons.length > 0) prepared(db, ADD_PERSONS).run(scan.id, JSON.stringify(persons));
  return changes;
}

function personsOf(record: ListedSend): readonly string[] {
  return record.numbers.length === 0 ? [''] : record.numbers.map(personOf);
}

/** Ends a scan, unless it may go on from its token later. */
export function endScan(db: LedgerDatabase, scanId: number, end: ScanEnd, at: number): void {
  const complete = end.kind === 'complete' ? 1 : 0;
  const problem = end.kind === 'broken' ? JSON.stringify(end.problem) : null;
  const endedAt = end.kind === 'broken' && end.resumable ? null : at;
  db.prepare('UPDATE scans SET ended_at = ?, complete = ?, problem = ? WHERE id = ?').run(
    endedAt,
    complete,
    problem,
    scanId,
  );
}

/** Drops the records of a scan, which cannot be gone on with then; the scan itself and what it proved stay. */
export function forgetRecords(db: LedgerDatabase, scanId: number): void {
  db.transaction(() => {
    for (const table of SCAN_DATA) db.prepare(`DELETE FROM ${table} WHERE scan_id = ?`).run(scanId);
    db.prepare('UPDATE scans SET token = NULL WHERE id = ?').run(scanId);
  }).immediate();
}

const MOST_NAMELESS = 1_000;

/** Records of a scan that name one of these persons; `''`: those that name nobody, at most 1,000. */
export function recordsOf(
  db: LedgerDatabase,
  scanId: number,
  persons: readonly string[],
): readonly SeenRecord[] {
  const rows = db
    .prepare(
      `SELECT DISTINCT r.record, r.created_at AS at FROM json_each(?) AS wanted
       CROSS JOIN scan_persons p ON p.scan_id = ? AND p.person = wanted.value
       JOIN scan_records r ON r.scan_id = p.scan_id AND r.record_id = p.record_id
       WHERE r.record IS NOT NULL LIMIT ?`,
    )
    .all(JSON.stringify(persons), scanId, persons.includes('') ? MOST_NAMELESS : -1);
  return (rows as { record: string; at: number | null }[]).map(({ record, at }) => {
    const listed = JSON.parse(record) as ListedSend;
    return { ...listed, at, persons: listed.numbers.map(personOf) };
  });
}

/** Persons of a scan, in order after `after`, to whom the workspace sent something. */
export function listedPersons(
  db: LedgerDatabase,
  scanId: number,
  workspace: string,
  after: string,
  limit: number,
): readonly string[] {
  const rows = db
    .prepare(
      `SELECT DISTINCT p.person FROM scan_persons p
       WHERE p.scan_id = @scanId AND p.person > @after AND (
         EXISTS (SELECT 1 FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
           WHERE d.person = p.person AND c.workspace = @workspace AND d.first_attempt_at IS NOT NULL)
         OR EXISTS (SELECT 1 FROM test_sends t WHERE t.workspace = @workspace AND t.person = p.person))
       ORDER BY p.person LIMIT @limit`,
    )
    .pluck()
    .all({ scanId, after, workspace, limit });
  return rows as string[];
}
