import type { ListedPage, OpenScan, PageAdded, ScanNeed } from '../../core/reconcile-ports.js';
import type { ClockReading } from '../../core/steady-time.js';
import { SQLITE } from '../sql/dialect.js';
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
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { takeSteps } from './store.js';

/** Goes on with the sender's unfinished scan of that purpose if it is young and wide enough, else begins one by these clocks. */
export function openScan(db: LedgerDatabase, sender: string, need: ScanNeed, clock: ClockReading): OpenScan {
  const { purpose, at, fromAt } = need;
  const last = prepared(db, LAST_SCAN).get({ sender, purpose }) as ScanRow | undefined;
  if (last !== undefined && serves(last, need)) return openOf(last, true);
  return db
    .transaction(() => {
      for (const table of SCAN_DATA) {
        db.prepare(`DELETE FROM ${table} WHERE scan_id IN (${OWN_SCANS})`).run({ sender, purpose });
      }
      db.prepare(END_OLD_SCANS).run({ sender, purpose, at });
      const { bootId, monotonicMs } = clock;
      const begun = db
        .prepare(BEGIN_SCAN)
        .get({ sender, purpose, fromAt, at, bootId, monotonicMs }) as ScanRow;
      db.prepare(
        'UPDATE scans SET after_attempt_id = (SELECT coalesce(max(id), 0) FROM attempts) WHERE id = ?',
      ).run(begun.id);
      return openOf(begun, false);
    })
    .immediate();
}

/** Takes one page into a scan, in one commit: new ids, the records that may matter, the next token. */
export function addPage(db: LedgerDatabase, scanId: number, page: ListedPage): PageAdded {
  const add = db.transaction((): PageAdded => {
    const scan = takeSteps(db, lockedScan(SQLITE, scanId));
    const newRecords = addRecords(db, scan, page);
    prepared(db, REACH).run(reachOf(scan, page));
    const advance = advanceOf(scan, page, newRecords);
    prepared(db, ADVANCE).run(advance);
    const tokenRepeated = page.nextToken !== null && !isNewToken(db, scanId, page.nextToken);
    return { newRecords, stalePages: advance.stalePages, tokenRepeated };
  });
  return unsynced(db, () => add.immediate());
}

function isNewToken(db: LedgerDatabase, scanId: number, token: string): boolean {
  return prepared(db, ADD_TOKEN).run({ scanId, token: digestOf(token) }).changes === 1;
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

const ADD_RECORDS = `
  INSERT OR IGNORE INTO scan_records (scan_id, record_id, created_at, record)
  SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`;
const ADD_PERSONS = 'INSERT OR IGNORE INTO scan_persons SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)';
const OPEN_PERSONS = openPersonsSql(SQLITE);

/** Whole pages at a time. Returns how many are new to the scan. */
function addRecords(db: LedgerDatabase, scan: ScanRow, page: ListedPage): number {
  const persons = JSON.stringify(personsIn(page.records));
  const open = prepared(db, OPEN_PERSONS).all({ persons }) as { person: string }[];
  const kept = keptRecords(scan, page, new Set(open.map(({ person }) => person)));
  const rows = kept.map(({ id, at, record }) => [id, at, record === null ? null : JSON.stringify(record)]);
  const { changes } = prepared(db, ADD_RECORDS).run(scan.id, JSON.stringify(rows));
  const named = kept.flatMap(({ id, persons: all }) => all.map((person) => [person, id]));
  if (changes > 0 && named.length > 0) prepared(db, ADD_PERSONS).run(scan.id, JSON.stringify(named));
  return changes;
}
