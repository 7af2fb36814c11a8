import type { ReportRow, ReportStatus } from '../../core/report-data.js';
import { phoneShown } from '../sql/fingerprint.js';
import type { LedgerDatabase } from './open-ledger.js';

const PAGE_ROWS = 2_000;

interface Position {
  readonly line: number;
  readonly id: number;
}

/** A row as SQLite gives it, in the order of the queries: an object for each row costs as much as the rest of the query. */
type StoredRow = readonly [
  id: number,
  line: number,
  phone: string,
  status: ReportStatus,
  reason: string | null,
  attempts: number,
  contactId: string | null,
  firstAttemptAt: number | null,
  lastAttemptAt: number | null,
  httpStatus: number | null,
  errorCode: string | null,
  errorMessage: string | null,
  confirmation: 'listed' | 'failed' | null,
  cells: string,
  repaired: string | null,
];

const NOTHING_SENT = '0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, cells, NULL';

/** For people held back by `limits.perRecipient`: the moment from which they may get a message again. */
const ISO_DUE = "strftime('%Y-%m-%dT%H:%M:%fZ', d.due_at / 1000.0, 'unixepoch')";

/** The three tables that a file's rows end in, each in order of line. */
const SOURCES = [
  `SELECT d.id, d.line, d.phone, d.status, d.reason, d.attempts, d.contact_id,
     d.first_attempt_at, d.last_attempt_at, d.http_status, d.error_code,
     CASE WHEN d.reason = 'capped' AND d.due_at > 0 THEN ${ISO_DUE} ELSE d.error_message END, d.confirmation, c.cells,
     c.repaired
   FROM deliveries d JOIN contents c ON c.delivery_id = d.id
   WHERE d.campaign_id = @campaignId AND (d.line, d.id) > (@line, @id)
   ORDER BY d.line, d.id LIMIT ${PAGE_ROWS}`,
  `SELECT id, line, phone, 'skipped', 'duplicate', ${NOTHING_SENT} FROM duplicates
   WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT ${PAGE_ROWS}`,
  `SELECT id, line, phone, 'rejected', reason, ${NOTHING_SENT} FROM rejections
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
  const sources = SOURCES.map((sql) => new PagedSource(db, sql, campaignId, wanted));
  let batch: ReportRow[] = [];
  for (;;) {
    const next = earliest(sources);
    if (next === null) break;
    batch.push(next.take());
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
  readonly #wanted: ReadonlySet<ReportStatus> | null;
  #rows: readonly ReportRow[] = [];
  #next = 0;
  #after: Position = { line: -1, id: -1 };
  #ended = false;

  constructor(
    db: LedgerDatabase,
    sql: string,
    campaignId: number,
    /** Statuses of the rows to give; null: all. */
    wanted: ReadonlySet<ReportStatus> | null,
  ) {
    const statement = db.prepare(sql).raw();
    this.#page = (after) => statement.all({ campaignId, ...after }) as StoredRow[];
    this.#wanted = wanted;
  }

  /** The next row, or null at the end. */
  peek(): ReportRow | null {
    while (this.#next >= this.#rows.length && !this.#ended) this.#read();
    return this.#rows[this.#next] ?? null;
  }

  take(): ReportRow {
    const row = this.peek();
    if (row === null) throw new Error('take() after the end of a source');
    this.#next += 1;
    return row;
  }

  #read(): void {
    const stored = this.#page(this.#after);
    const [id, line] = stored.at(-1) ?? [];
    if (id === undefined || line === undefined) this.#ended = true;
    else this.#after = { line, id };
    const wanted = this.#wanted;
    this.#rows = rowsOf(wanted === null ? stored : stored.filter((row) => wanted.has(row[3])));
    this.#next = 0;
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

/** The cells of a whole page are parsed at once: a call of the parser for each row costs more than the parsing. */
function rowsOf(stored: readonly StoredRow[]): readonly ReportRow[] {
  const cells = JSON.parse(`[${stored.map((row) => row[13]).join(',')}]`) as string[][];
  return stored.map((row, index) => {
    const read = rowOf(row, cells[index] ?? []);
    return row[14] === null ? read : { ...read, repaired: JSON.parse(row[14]) as string[] };
  });
}

function rowOf(row: StoredRow, cells: readonly string[]): ReportRow {
  return {
    line: row[1],
    phone: phoneShown(row[2]),
    status: row[3],
    reason: row[4],
    attempts: row[5],
    contactId: row[6],
    firstAttemptAt: row[7],
    lastAttemptAt: row[8],
    httpStatus: row[9],
    errorCode: row[10],
    errorMessage: row[11],
    confirmation: row[12],
    cells,
  };
}
