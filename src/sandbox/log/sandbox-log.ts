import Database from 'better-sqlite3';
import type { ListedExecution, LogEntry } from './records.js';
import { CREATE_TABLES, LISTED_COLUMNS } from './schema.js';

/** Which part of the list is asked for. */
interface ListQuery {
  readonly workspace: string;
  readonly now: number;
  readonly newestFirst: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** What the sandbox remembers, in SQLite. */
export interface SandboxLog {
  /**
   * Resolves once the entry is committed and would survive the death of this process. Entries of one turn of
   * the event loop share a commit. Rejects when the commit failed or the log is closed.
   */
  record(entry: LogEntry): Promise<void>;
  /** Records that are visible at `now`, in order. */
  listed(query: ListQuery): readonly ListedExecution[];
  /** Distinct templates that were sent in a workspace. */
  templates(workspace: string): readonly string[];
  /** Phones written to, newest first, with the moment of the last send. */
  latestSends(limit: number): readonly { readonly destination: string; readonly at: number }[];
  /** Commits what waits, and closes. */
  close(): void;
}

interface Waiting {
  readonly entry: LogEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens or creates the log; `:memory:` is allowed. `lagMs` is the list's usual lag. Throws SQLite's errors.
 */
export function openSandboxLog(file: string, lagMs: number): SandboxLog {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  // The commit outlives this process, not a power cut: the sandbox is a witness, not a ledger.
  database.pragma('synchronous = NORMAL');
  database.exec(CREATE_TABLES);
  const write = preparedWriter(database, lagMs);
  let waiting: Waiting[] = [];

  function commit(): void {
    const batch = waiting;
    waiting = [];
    try {
      write.immediate(batch.map(({ entry }) => entry));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function record(entry: LogEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!database.open) return reject(new Error('the log of the sandbox is closed'));
      if (waiting.push({ entry, resolve, reject }) === 1) setImmediate(() => database.open && commit());
    });
  }

  return {
    record,
    ...readers(database),
    close() {
      if (!database.open) return;
      if (waiting.length > 0) commit();
      database.close();
    },
  };
}

function preparedWriter(database: Database.Database, lagMs: number) {
  const insertRequest = database.prepare(
    'INSERT INTO requests (at, method, path, destination, status, fault) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertExecution = database.prepare(`INSERT INTO executions
    (at, workspace, api, template, destination, type, campaign_name, variables, contact_id, request_body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertListing = database.prepare(
    'INSERT INTO listings (execution_id, workspace, visible_at, failed_at) VALUES (?, ?, ?, ?)',
  );
  return database.transaction((entries: readonly LogEntry[]) => {
    for (const { request: r, execution } of entries) {
      if (r !== null) insertRequest.run(r.at, r.method, r.path, r.destination, r.status, r.fault);
      if (execution === null) continue;
      const { record: e, listing } = execution;
      const { lastInsertRowid } = insertExecution.run(
        ...[e.at, e.workspace, e.api, e.template, e.destination, e.type],
        ...[e.campaignName, e.variables, e.contactId, e.requestBody],
      );
      const failedAt = listing.failedAfterMs === null ? null : e.at + listing.failedAfterMs;
      for (let copy = 0; copy < listing.times; copy += 1) {
        insertListing.run(lastInsertRowid, e.workspace, e.at + lagMs + listing.lagMs, failedAt);
      }
    }
  });
}

function readers(database: Database.Database): Pick<SandboxLog, 'listed' | 'templates' | 'latestSends'> {
  const page = (direction: 'ASC' | 'DESC') =>
    database.prepare<
      [number, string, number, number, number],
      Omit<ListedExecution, 'failed'> & { readonly failed: number }
    >(
      `SELECT ${LISTED_COLUMNS} FROM
         (SELECT id, execution_id, failed_at IS NOT NULL AND failed_at <= ? AS failed FROM listings
           WHERE workspace = ? AND visible_at <= ? ORDER BY id ${direction} LIMIT ? OFFSET ?) AS page
       JOIN executions ON executions.id = page.execution_id ORDER BY page.id ${direction}`,
    );
  const [oldestFirst, newestFirst] = [page('ASC'), page('DESC')];
  const templates = database
    .prepare<[string], string>(
      'SELECT DISTINCT template FROM executions WHERE workspace = ? ORDER BY template',
    )
    .pluck();
  const latest = database.prepare<[number], { destination: string; at: number }>(
    `SELECT destination, max(at) AS at FROM (SELECT destination, at FROM executions ORDER BY id DESC LIMIT ?)
     GROUP BY destination ORDER BY at DESC, destination`,
  );
  return {
    listed(query) {
      const { workspace, now, limit, offset } = query;
      const rows = (query.newestFirst ? newestFirst : oldestFirst).all(now, workspace, now, limit, offset);
      return rows.map((row) => ({ ...row, failed: Boolean(row.failed) }));
    },
    templates: (workspace) => templates.all(workspace),
    latestSends: (limit) => latest.all(limit),
  };
}
