import type { SeenRecord } from '../../core/match.js';
import { ok } from '../../core/problem.js';
import type { ListedPage, OpenScan, PageAdded, ScanNeed, ScanStore } from '../../core/reconcile-ports.js';
import type { ClockReading, ReadClocks } from '../../core/steady-time.js';
import { POSTGRES } from '../sql/dialect.js';
import { openPersonsSql } from '../sql/scan-news.js';
import {
  ADD_TOKEN,
  ADVANCE,
  advanceOf,
  BEGIN_SCAN,
  digestOf,
  END_OLD_SCANS,
  END_SCAN,
  FORGET_TOKEN,
  keptRecords,
  LAST_SCAN,
  LISTED_PERSONS,
  mostRecords,
  OWN_SCANS,
  openOf,
  personsIn,
  REACH,
  reachOf,
  recordsSql,
  SCAN_DATA,
  type ScanRow,
  scanEnd,
  seenRecord,
  serves,
} from '../sql/scans.js';
import { jsonText } from './copy-text.js';
import type { Sql } from './database.js';
import type { OwnedWrites } from './owned-writes.js';

/** Who reads a list: a sender, of whose workspace. */
export interface Reader {
  readonly sender: string;
  readonly workspace: string;
}

/** The scans of one sender. */
export function scansIn(owned: OwnedWrites, reader: Reader, readClocks: ReadClocks): ScanStore {
  return {
    openScan: async (need) => ok(await owned.transaction((sql) => openScan(sql, reader, need, readClocks()))),
    addPage: async (scanId, page) => ok(await owned.transaction((sql) => addPage(sql, scanId, page))),
    endScan: async (scanId, end, at) => {
      await owned.transaction((sql) => sql.run(END_SCAN, scanEnd(scanId, end, at)));
      return ok(null);
    },
    forgetRecords: async (scanId) => {
      await owned.transaction(async (sql) => {
        await lockScan(sql, scanId);
        await clear(sql, '@scanId', { scanId });
        await sql.run(FORGET_TOKEN, { scanId });
      });
      return ok(null);
    },
  };
}

/** Only one transaction at a time writes what a scan saw and whose it is. */
export async function lockScan(sql: Sql, scanId: number): Promise<ScanRow> {
  const scan = await sql.row<ScanRow>('SELECT * FROM scans WHERE id = @scanId FOR UPDATE', { scanId });
  if (scan === undefined) throw new Error('a scan that is read is not in the ledger');
  return scan;
}

/**
 * Attempts of the workspace that had begun: of one sender's, which one process claims one after the other. Others
 * claim beside it, so that the highest id of all may be committed before a lower one of its own.
 */
const BEGAN_AFTER = `
  UPDATE scans SET after_attempt_id = coalesce((
    SELECT a.id FROM attempts a WHERE EXISTS (SELECT 1 FROM runs r JOIN campaigns c ON c.id = r.campaign_id
      WHERE r.id = a.run_id AND c.workspace = @workspace)
    ORDER BY a.id DESC LIMIT 1), 0)
  WHERE id = @scanId`;

async function openScan(sql: Sql, reader: Reader, need: ScanNeed, clock: ClockReading): Promise<OpenScan> {
  const { sender, workspace } = reader;
  const { purpose, at, fromAt } = need;
  const last = await sql.row<ScanRow>(LAST_SCAN, { sender, purpose });
  if (last !== undefined && serves(last, need)) return openOf(last, true);
  await clear(sql, OWN_SCANS, { sender, purpose });
  await sql.run(END_OLD_SCANS, { sender, purpose, at });
  const { bootId, monotonicMs } = clock;
  const begun = await sql.row<ScanRow>(BEGIN_SCAN, { sender, purpose, fromAt, at, bootId, monotonicMs });
  if (begun === undefined) throw new Error('a scan that was written cannot be read');
  await sql.run(BEGAN_AFTER, { workspace, scanId: begun.id });
  return openOf(begun, false);
}

async function clear(sql: Sql, scans: string, of: Readonly<Record<string, string | number>>): Promise<void> {
  for (const table of SCAN_DATA) await sql.run(`DELETE FROM ${table} WHERE scan_id IN (${scans})`, of);
}

const OPEN_PERSONS = openPersonsSql(POSTGRES);
const ADD_RECORDS = `
  INSERT INTO scan_records (scan_id, record_id, created_at, record)
  SELECT CAST(@scanId AS bigint), r.id, r.at, r.record
  FROM unnest(@ids::text[], @ats::bigint[], @records::text[]) AS r (id, at, record) ON CONFLICT DO NOTHING`;
const ADD_PERSONS = `
  INSERT INTO scan_persons (scan_id, person, record_id)
  SELECT CAST(@scanId AS bigint), p.person, p.id FROM unnest(@persons::text[], @ids::text[]) AS p (person, id) ON CONFLICT DO NOTHING`;

/** One page in one commit: new ids, the records that may matter, the next token. */
async function addPage(sql: Sql, scanId: number, page: ListedPage): Promise<PageAdded> {
  const scan = await lockScan(sql, scanId);
  const newRecords = await addRecords(sql, scan, page);
  await sql.run(REACH, reachOf(scan, page));
  const advance = advanceOf(scan, page, newRecords);
  await sql.run(ADVANCE, advance);
  const tokenRepeated = page.nextToken !== null && !(await isNewToken(sql, scanId, page.nextToken));
  return { newRecords, stalePages: advance.stalePages, tokenRepeated };
}

async function isNewToken(sql: Sql, scanId: number, token: string): Promise<boolean> {
  return (await sql.run(ADD_TOKEN, { scanId, token: digestOf(token) })) === 1;
}

async function addRecords(sql: Sql, scan: ScanRow, page: ListedPage): Promise<number> {
  const records = page.records.map((record) => ({ ...record, id: idOf(record.id) }));
  const open = await sql.rows<{ person: string }>(OPEN_PERSONS, { persons: personsIn(records) });
  const kept = keptRecords(scan, { ...page, records }, new Set(open.map(({ person }) => person)));
  const changes = await sql.run(ADD_RECORDS, {
    scanId: scan.id,
    ids: kept.map(({ id }) => id),
    ats: kept.map(({ at }) => at),
    records: kept.map(({ record }) => (record === null ? null : jsonText(record))),
  });
  const named = kept.flatMap(({ id, persons }) => persons.map((person) => ({ person, id })));
  if (changes > 0 && named.length > 0) {
    const persons = named.map(({ person }) => person);
    await sql.run(ADD_PERSONS, { scanId: scan.id, persons, ids: named.map(({ id }) => id) });
  }
  return changes;
}

/** Ids are compared with those in JSON texts, and must be the same there. */
function idOf(id: string): string {
  return JSON.parse(jsonText(id)) as string;
}

const RECORDS = recordsSql(POSTGRES);

/** Records of a scan that name one of these persons; `''`: those that name nobody, at most 1,000. */
export async function recordsOf(
  sql: Sql,
  scanId: number,
  persons: readonly string[],
): Promise<readonly SeenRecord[]> {
  const wanted = { scanId, persons, limit: mostRecords(persons) };
  return (await sql.rows<{ record: string; at: number | null }>(RECORDS, wanted)).map(seenRecord);
}

/** Persons of a scan, in order after `after`, to whom the workspace sent something. */
export async function listedPersons(
  sql: Sql,
  wanted: {
    readonly scanId: number;
    readonly workspace: string;
    readonly after: string;
    readonly limit: number;
  },
): Promise<readonly string[]> {
  return (await sql.rows<{ person: string }>(LISTED_PERSONS, wanted)).map(({ person }) => person);
}
