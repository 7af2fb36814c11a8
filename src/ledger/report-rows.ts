import type { ReportRow, ReportStatus } from '../core/report-data.js';
import type { LedgerDatabase } from './open-ledger.js';

const PAGE_ROWS = 2_000;

interface Position {
  readonly line: number;
  readonly id: number;
}

interface StoredRow {
  id: number;
  line: number;
  phone: string;
  status: ReportStatus;
  reason: string | null;
  attempts: number;
  contactId: string | null;
  firstAttemptAt: number | null;
  lastAttemptAt: number | null;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  confirmation: 'listed' | 'failed' | null;
  cells: string;
}

const NOTHING_SENT = `0 AS attempts, NULL AS contactId, NULL AS firstAttemptAt, NULL AS lastAttemptAt,
  NULL AS httpStatus, NULL AS errorCode, NULL AS errorMessage, NULL AS confirmation, cells`;

/** For people held back by `limits.perRecipient`: the moment from which they may get a message again. */
const ISO_DUE = "strftime('%Y-%m-%dT%H:%M:%fZ', d.due_at / 1000.0, 'unixepoch')";

/** The three tables that a file's rows end in, each in order of line. */
const SOURCES = [
  `SELECT d.id, d.line, d.phone, d.status, d.reason, d.attempts, d.contact_id AS contactId,
     d.first_attempt_at AS firstAttemptAt, d.last_attempt_at AS lastAttemptAt, d.http_status AS httpStatus,
     d.error_code AS errorCode,
     CASE WHEN d.reason = 'capped' AND d.due_at > 0 THEN ${ISO_DUE} ELSE d.error_message END AS errorMessage, d.confirmation, c.cells
   FROM deliveries d JOIN contents c ON c.delivery_id = d.id
   WHERE d.campaign_id = @campaignId AND (d.line, d.id) > (@line, @id)
   ORDER BY d.line, d.id LIMIT ${PAGE_ROWS}`,
  `SELECT id, line, phone, 'skipped' AS status, 'duplicate' AS reason, ${NOTHING_SENT} FROM duplicates
   WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT ${PAGE_ROWS}`,
  `SELECT id, line, phone, 'rejected' AS status, reason, ${NOTHING_SENT} FROM rejections
   WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT ${PAGE_ROWS}`,
];

/**
 * Every row of a campaign's file in order of line, with what became of it: paged by key, so that memory stays
 * flat and a run that goes on is not held up.
 */
export async function* reportRows(
  db: LedgerDatabase,
  campaignId: number,
  statuses: readonly ReportStatus[] | null,
): AsyncGenerator<readonly ReportRow[]> {
  const wanted = statuses === null ? null : new Set(statuses);
  const streams = SOURCES.map((sql) => new PagedSource(db, sql, campaignId));
  let batch: ReportRow[] = [];
  for (;;) {
    const next = earliest(streams);
    if (next === null) break;
    const row = next.take();
    if (wanted === null || wanted.has(row.status)) batch.push(rowOf(row));
    if (batch.length >= PAGE_ROWS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** One source, a page at a time. */
class PagedSource {
  readonly #page: (after: Position) => StoredRow[];
  #rows: StoredRow[] = [];
  #next = 0;
  #after: Position = { line: -1, id: -1 };
  #ended = false;

  constructor(db: LedgerDatabase, sql: string, campaignId: number) {
    const statement = db.prepare(sql);
    this.#page = (after) => statement.all({ campaignId, ...after }) as StoredRow[];
  }

  /** The next row, or null at the end. */
  peek(): StoredRow | null {
    if (this.#next >= this.#rows.length && !this.#ended) {
      this.#rows = this.#page(this.#after);
      this.#next = 0;
      this.#ended = this.#rows.length === 0;
      this.#after = this.#rows.at(-1) ?? this.#after;
      this.#after = { line: this.#after.line, id: this.#after.id };
    }
    return this.#rows[this.#next] ?? null;
  }

  take(): StoredRow {
    const row = this.peek();
    if (row === null) throw new Error('take() after the end of a source');
    this.#next += 1;
    return row;
  }
}

function earliest(sources: readonly PagedSource[]): PagedSource | null {
  let first: PagedSource | null = null;
  let firstLine = Number.POSITIVE_INFINITY;
  for (const source of sources) {
    const line = source.peek()?.line ?? Number.POSITIVE_INFINITY;
    if (line < firstLine) [first, firstLine] = [source, line];
  }
  return first;
}

function rowOf({ id: _, cells, ...row }: StoredRow): ReportRow {
  return { ...row, cells: JSON.parse(cells) as string[] };
}
