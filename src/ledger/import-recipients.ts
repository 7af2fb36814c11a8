import type { Statement } from 'better-sqlite3';
import type { DeliveryStatus } from '../core/counts.js';
import type { Recipient, Rejection, RowVerdict } from '../core/recipient.js';
import type { Standing } from '../core/standing.js';
import type { LedgerDatabase } from './open-ledger.js';

/** A recipients file about to be imported. */
export interface ImportSource {
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly fileDigest: string;
  /** SHA-256 of the settings that decide what the rows become. */
  readonly settingsDigest: string;
  readonly columns: readonly string[];
}

/** What an import came to. `removed`: pending people whose row is gone from the file. */
export interface ImportSummary {
  readonly rows: number;
  readonly recipients: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly removed: number;
}

/** Told of every batch with what its rows mean to the ledger; `standings[i]` is null for a rejected row. */
export type OnBatch = (verdicts: readonly RowVerdict[], standings: readonly (Standing | null)[]) => void;

interface KnownRow {
  id: number;
  status: DeliveryStatus;
  reason: string | null;
  import_id: number;
  line: number;
}

/** Whether this very file was already imported with these settings: then nothing needs to be read again. */
export function isImported(db: LedgerDatabase, campaignId: number, source: ImportSource): boolean {
  const last = db
    .prepare(
      'SELECT file_digest, settings_digest FROM imports WHERE campaign_id = ? ORDER BY id DESC LIMIT 1',
    )
    .get(campaignId) as { file_digest: string; settings_digest: string } | undefined;
  return last?.file_digest === source.fileDigest && last.settings_digest === source.settingsDigest;
}

/**
 * Takes a file into the ledger: rows, digests and counts in one synced transaction, all or nothing. People
 * already known keep their status; those not yet sent get the new values. If `batches` throws, the ledger is as
 * before.
 */
export async function importRecipients(
  db: LedgerDatabase,
  campaignId: number,
  source: ImportSource,
  batches: AsyncIterable<readonly RowVerdict[]>,
  at: number,
  onBatch: OnBatch,
): Promise<ImportSummary> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const writer = new ImportWriter(db, campaignId, source, at);
    for await (const verdicts of batches) onBatch(verdicts, writer.writeBatch(verdicts));
    const summary = writer.finish(source.columns);
    db.exec('COMMIT');
    return summary;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

class ImportWriter {
  readonly #db: LedgerDatabase;
  readonly #campaignId: number;
  readonly #importId: number;
  readonly #statements: ReturnType<typeof prepare>;
  #recipients = 0;
  #new = 0;
  #duplicates = 0;
  #rejected = 0;

  constructor(db: LedgerDatabase, campaignId: number, source: ImportSource, at: number) {
    this.#db = db;
    this.#campaignId = campaignId;
    const started = db
      .prepare(
        `INSERT INTO imports (campaign_id, file, file_digest, settings_digest, rows, recipients, duplicates,
           rejected, imported_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)`,
      )
      .run(campaignId, source.file, source.fileDigest, source.settingsDigest, at);
    this.#importId = Number(started.lastInsertRowid);
    db.prepare('DELETE FROM rejections WHERE campaign_id = ?').run(campaignId);
    db.prepare('DELETE FROM duplicates WHERE campaign_id = ?').run(campaignId);
    this.#statements = prepare(db);
  }

  writeBatch(verdicts: readonly RowVerdict[]): (Standing | null)[] {
    return verdicts.map((verdict) => {
      if (verdict.kind === 'recipient') return this.#writeRecipient(verdict.recipient);
      this.#writeRejection(verdict.rejection);
      return null;
    });
  }

  finish(columns: readonly string[]): ImportSummary {
    const removed = this.#statements.removed.run(this.#campaignId, this.#importId).changes;
    const rows = this.#recipients + this.#duplicates + this.#rejected;
    this.#db
      .prepare('UPDATE imports SET rows = ?, recipients = ?, duplicates = ?, rejected = ? WHERE id = ?')
      .run(rows, this.#recipients, this.#duplicates, this.#rejected, this.#importId);
    this.#db
      .prepare('UPDATE campaigns SET columns = ?, imported = imported + ? WHERE id = ?')
      .run(JSON.stringify(columns), this.#new, this.#campaignId);
    return {
      rows,
      recipients: this.#recipients,
      duplicates: this.#duplicates,
      rejected: this.#rejected,
      removed,
    };
  }

  #writeRecipient(r: Recipient): Standing {
    const { insert, content, known, duplicate } = this.#statements;
    const inserted = insert.run(
      this.#campaignId,
      r.person,
      r.key,
      r.phone,
      r.country,
      r.line,
      this.#importId,
    );
    if (inserted.changes === 1) {
      this.#recipients += 1;
      this.#new += 1;
      content.run(inserted.lastInsertRowid, ...contentOf(r));
      return { kind: 'new' };
    }
    const row = known.get(r.person, this.#campaignId, r.key) as KnownRow;
    if (row.import_id === this.#importId) {
      this.#duplicates += 1;
      duplicate.run(this.#campaignId, r.line, row.line, r.phone, JSON.stringify(r.cells));
      return { kind: 'duplicate', firstLine: row.line };
    }
    this.#recipients += 1;
    return this.#meetAgain(row, r);
  }

  /** A person whom an earlier import brought: keeps the status; gets the new values while nothing went out. */
  #meetAgain(row: KnownRow, r: Recipient): Standing {
    const { seen, sameContent, content, phone, cells } = this.#statements;
    const [body, header, attachment, repaired, cellsJson] = contentOf(r);
    const changed = sameContent.get(row.id, body, header, attachment) === undefined;
    const back = row.status === 'skipped' && row.reason === 'removed';
    const status = back ? 'pending' : row.status;
    seen.run(this.#importId, r.line, status, back ? null : row.reason, row.id);
    const open =
      status === 'pending' || status === 'refused' || status === 'exhausted' || status === 'skipped';
    if (open) {
      content.run(row.id, body, header, attachment, repaired, cellsJson);
      phone.run(r.phone, row.id);
    } else cells.run(cellsJson, row.id);
    return { kind: 'known', status, reason: back ? null : row.reason, changed };
  }

  #writeRejection(r: Rejection): void {
    this.#rejected += 1;
    this.#statements.reject.run(
      this.#campaignId,
      r.line,
      r.phone,
      r.reason,
      r.column,
      r.value,
      JSON.stringify(r.cells),
    );
  }
}

type Content = readonly [
  body: string,
  header: string,
  attachment: string | null,
  repaired: string | null,
  cells: string,
];

/** The wide half of a delivery: request parts already as JSON text, so that a send needs no second parse. */
function contentOf(r: Recipient): Content {
  return [
    JSON.stringify(r.body),
    JSON.stringify(r.header),
    r.attachment === null ? null : JSON.stringify(r.attachment),
    r.repaired.length === 0 ? null : JSON.stringify(r.repaired),
    JSON.stringify(r.cells),
  ];
}

function prepare(db: LedgerDatabase): Record<StatementName, Statement> {
  return {
    insert: db.prepare(`
      INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    content: db.prepare(`
      INSERT OR REPLACE INTO contents (delivery_id, body, header, attachment, repaired, cells)
      VALUES (?, ?, ?, ?, ?, ?)`),
    known: db.prepare(`
      SELECT id, status, reason, import_id, line FROM deliveries
      WHERE person = ? AND campaign_id = ? AND key = ?`),
    duplicate: db.prepare(`
      INSERT INTO duplicates (campaign_id, line, first_line, phone, cells) VALUES (?, ?, ?, ?, ?)`),
    seen: db.prepare('UPDATE deliveries SET import_id = ?, line = ?, status = ?, reason = ? WHERE id = ?'),
    phone: db.prepare('UPDATE deliveries SET phone = ? WHERE id = ?'),
    sameContent: db.prepare(`
      SELECT 1 FROM contents WHERE delivery_id = ? AND body = ? AND header = ? AND attachment IS ?`),
    cells: db.prepare('UPDATE contents SET cells = ? WHERE delivery_id = ?'),
    reject: db.prepare(`
      INSERT INTO rejections (campaign_id, line, phone, reason, column_name, value, cells)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    removed: db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'removed'
      WHERE campaign_id = ? AND status = 'pending' AND import_id <> ?`),
  };
}

type StatementName =
  | 'insert'
  | 'content'
  | 'known'
  | 'duplicate'
  | 'seen'
  | 'phone'
  | 'sameContent'
  | 'cells'
  | 'reject'
  | 'removed';
