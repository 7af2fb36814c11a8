import type { ListedSend } from '../../core/match.js';
import { personOf } from '../../core/phone.js';
import type { ListedPage } from '../../core/reconcile-ports.js';
import type { ClockReading } from '../../core/steady-time.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

/** Writes by which clocks a scan begins, and which attempts had begun by then. */
export function noteBeginning(
  db: LedgerDatabase,
  scanId: number,
  { bootId, monotonicMs }: ClockReading,
): void {
  db.prepare(
    `UPDATE scans SET boot_id = ?, monotonic_ms = ?,
       after_attempt_id = (SELECT coalesce(max(id), 0) FROM attempts) WHERE id = ?`,
  ).run(bootId, monotonicMs, scanId);
}

/**
 * Writes how far back the list reaches, before a page is counted. The provider's clock is told by the first page
 * alone, which comes right after the beginning: later ones may come after somebody set this machine's clock.
 */
export function noteReach(db: LedgerDatabase, scanId: number, page: ListedPage, offsetMs: number): void {
  const moments = page.records.flatMap(({ createdAt }) => createdAt ?? []);
  const oldestAt = moments.length === 0 ? null : Math.round(Math.min(...moments) - offsetMs);
  prepared(db, REACH).run({ scanId, oldestAt, offsetMs: page.clockOffsetMs });
}

const REACH = `
  UPDATE scans SET oldest_at = coalesce(min(oldest_at, @oldestAt), oldest_at, @oldestAt),
    first_offset_ms = CASE WHEN pages = 0 THEN @offsetMs ELSE first_offset_ms END WHERE id = @scanId`;

/** When the oldest record of a scan was created, by this machine's clock; null: none that can be read. */
export function oldestRecordAt(db: LedgerDatabase, scanId: number): number | null {
  return db.prepare('SELECT oldest_at FROM scans WHERE id = ?').pluck().get(scanId) as number | null;
}

/** Uncertain, or waiting to be sent again because it was called absent. */
const OPEN = `
  SELECT DISTINCT d.person FROM json_each(?) AS listed CROSS JOIN deliveries d ON d.person = listed.value
  WHERE d.status = 'uncertain' OR (d.status = 'pending' AND (d.reason = 'absent' OR d.reason = 'declared-absent'))`;

/**
 * Whose fate is open of those whom these records name. All their records count, of whatever age: a record may belong
 * to an earlier message, or be older than its own because a clock was wrong.
 */
export function openPersonsIn(db: LedgerDatabase, records: readonly ListedSend[]): ReadonlySet<string> {
  const persons = new Set(records.flatMap(({ numbers }) => numbers.map(personOf)));
  return new Set(
    prepared(db, OPEN)
      .pluck()
      .all(JSON.stringify([...persons])) as string[],
  );
}
