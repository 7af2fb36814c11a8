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
  keptRecords,
  LAST_SCAN,
  lockedScan,
  OWN_SCANS,
  openOf,
  personsIn,
  REACH,
  reachOf,
  SCAN_DATA,
  type ScanRow,
  serves,
} from '../sql/scans.js';
import { jsonText } from './copy-text.js';
import type { Sql } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { takeSteps } from './store.js';

/** Who reads a list: a sender, of whose workspace. */
export interface Reader {
  readonly sender: string;
  readonly workspace: string;
}

/** The scans of one sender. */
export function scansIn(
  owned: OwnedWrites,
  reader: Reader,
  readClocks: ReadClocks,
): Pick<ScanStore, 'openScan' | 'addPage'> {
  return {
    openScan: async (need) => ok(await owned.transaction((sql) => openScan(sql, reader, need, readClocks()))),
    addPage: async (scanId, page) => ok(await owned.transaction((sql) => addPage(sql, scanId, page))),
  };
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
  const scan = await takeSteps(sql, lockedScan(POSTGRES, scanId));
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
