import type { ReportRow, ReportStatus } from '../../core/report-data.js';
import { phoneShown } from './fingerprint.js';

/** Rows that a page has. */
const PAGE_ROWS = 2_000;

/** After which row a page begins. */
export interface Position {
  readonly line: number;
  readonly id: number;
}

/** A row as the database gives it, in the order of the queries: an object for each row costs as much as the rest of the query. */
export type StoredRow = readonly [
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

/** @param message the SQL of what stands in place of a provider's message */
function nothingSent(message: string): string {
  return `0, NULL, NULL, NULL, NULL, NULL, ${message}, NULL, cells, NULL`;
}

/**
 * The three tables that a file's rows end in, each in order of line: pages after `line` and `id`.
 *
 * @param isoDue the moment `d.due_at` in ISO 8601: for people held back by `limits.perRecipient`, from when they may get a
 *   message again
 */
export function reportSources(isoDue: string): readonly string[] {
  return [
    `SELECT d.id, d.line, d.phone, d.status, d.reason, d.attempts, d.contact_id,
       d.first_attempt_at, d.last_attempt_at, d.http_status, d.error_code,
       CASE WHEN d.reason = 'capped' AND d.due_at > 0 THEN ${isoDue} ELSE d.error_message END, d.confirmation, c.cells,
       c.repaired
     FROM deliveries d JOIN contents c ON c.delivery_id = d.id
     WHERE d.campaign_id = @campaignId AND (d.line, d.id) > (@line, @id)
     ORDER BY d.line, d.id LIMIT ${PAGE_ROWS}`,
    `SELECT id, line, phone, 'skipped', 'duplicate', ${nothingSent("'line ' || first_line")} FROM duplicates
     WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT ${PAGE_ROWS}`,
    `SELECT id, line, phone, 'rejected', reason, ${nothingSent('NULL')} FROM rejections
     WHERE campaign_id = @campaignId AND (line, id) > (@line, @id) ORDER BY line, id LIMIT ${PAGE_ROWS}`,
  ];
}

/** Gives the next rows of one source; none at its end. */
export type Page = (after: Position) => readonly StoredRow[] | Promise<readonly StoredRow[]>;

/**
 * Every row of a campaign's file in order of line, with what became of it: paged by key, so that memory stays
 * flat and a run that goes on is not held up.
 *
 * @param statuses statuses of the rows to give; null: all
 */
export async function* reportRowsOf(
  pages: readonly Page[],
  statuses: readonly ReportStatus[] | null,
): AsyncGenerator<readonly ReportRow[]> {
  const wanted = statuses === null ? null : new Set(statuses);
  const sources = pages.map((page) => new PagedSource(page, wanted));
  let batch: ReportRow[] = [];
  for (;;) {
    for (const source of sources) if (source.isDry) await source.fill();
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
  readonly #page: Page;
  readonly #wanted: ReadonlySet<ReportStatus> | null;
  #rows: readonly ReportRow[] = [];
  #next = 0;
  #after: Position = { line: -1, id: -1 };
  #ended = false;

  constructor(page: Page, wanted: ReadonlySet<ReportStatus> | null) {
    this.#page = page;
    this.#wanted = wanted;
  }

  /** Whether it has to be filled before it can be asked. */
  get isDry(): boolean {
    return this.#next >= this.#rows.length && !this.#ended;
  }

  /** The line of the next row; infinity at the end. */
  get line(): number {
    return this.#rows[this.#next]?.line ?? Number.POSITIVE_INFINITY;
  }

  take(): ReportRow {
    const row = this.#rows[this.#next];
    if (row === undefined) throw new Error('take() after the end of a source');
    this.#next += 1;
    return row;
  }

  /** Reads on until there is a row that is wanted, or the end. */
  async fill(): Promise<void> {
    while (this.isDry) {
      const stored = await this.#page(this.#after);
      const [id, line] = stored.at(-1) ?? [];
      if (id === undefined || line === undefined) this.#ended = true;
      else this.#after = { line, id };
      const wanted = this.#wanted;
      this.#rows = rowsOf(wanted === null ? stored : stored.filter((row) => wanted.has(row[3])));
      this.#next = 0;
    }
  }
}

function earliest(sources: readonly PagedSource[]): PagedSource | null {
  let first: PagedSource | null = null;
  let firstLine = Number.POSITIVE_INFINITY;
  for (const source of sources) {
    const { line } = source;
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
