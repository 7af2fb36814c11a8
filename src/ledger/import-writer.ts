import type { Statement } from 'better-sqlite3';
import type { DeliveryStatus } from '../core/counts.js';
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

/** Into which campaign which file is imported. */
export interface ImportTarget {
  readonly campaignId: number;
  readonly source: ImportSource;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What an import came to. */
export interface ImportSummary {
  readonly rows: number;
  readonly recipients: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Pending people whose row is gone from the file. */
  readonly removed: number;
  /** People accepted already whose row has other values now: they are not sent again. */
  readonly changedAfterAccepted: number;
}

/**
 * One person of a file, as the ledger keeps it: request parts are JSON text, so that a send needs no second parse.
 * `rest` is null for a row that has none of it, as nearly all rows: each value that crosses to another thread and
 * into SQLite costs a tenth of a microsecond and more.
 */
export type RecipientRow = readonly [
  line: number,
  person: string,
  phone: string,
  country: string,
  body: string,
  cells: string,
  rest: RestOfRow | null,
];

/** What few rows have: null stands for a key of '', no header variables, no attachment and nothing repaired. */
export type RestOfRow = readonly [
  key: string,
  header: string,
  attachment: string | null,
  repaired: string | null,
];

/** The rest of a row that has none of it. */
export const NO_REST: RestOfRow = ['', '[]', null, null];

/** One row that cannot be sent. */
export type RejectedRow = readonly [
  line: number,
  phone: string,
  reason: string,
  column: string,
  value: string,
  cells: string,
];

/** Some rows of a file, in order within each kind. */
export interface ImportBatch {
  readonly recipients: readonly RecipientRow[];
  readonly rejected: readonly RejectedRow[];
}

interface KnownRow {
  id: number;
  status: DeliveryStatus;
  reason: string | null;
  import_id: number;
  line: number;
}

/**
 * Writes one import: a transaction from the first row to `finish`, all or nothing. People already known keep their
 * status; those not yet sent get the new values. Synchronous; errors are SQLite's.
 */
export class ImportWriter {
  readonly #db: LedgerDatabase;
  readonly #target: ImportTarget;
  readonly #importId: number;
  readonly #statements: ReturnType<typeof prepare>;
  #recipients = 0;
  #new = 0;
  #changedAfterAccepted = 0;
  #duplicates = 0;
  #rejected = 0;

  constructor(db: LedgerDatabase, target: ImportTarget) {
    db.exec('BEGIN IMMEDIATE');
    this.#db = db;
    this.#target = target;
    const { campaignId, source, at } = target;
    const started = db
      .prepare(
        `INSERT INTO imports (campaign_id, file, file_digest, settings_digest, rows, recipients, duplicates,
           rejected, imported_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)`,
      )
      .run(campaignId, source.file, source.fileDigest, source.settingsDigest, at);
    this.#importId = Number(started.lastInsertRowid);
    db.prepare('DELETE FROM rejections WHERE campaign_id = ?').run(campaignId);
    db.prepare('DELETE FROM duplicates WHERE campaign_id = ?').run(campaignId);
    this.#statements = prepare(db, campaignId, this.#importId);
  }

  write({ recipients, rejected }: ImportBatch): void {
    for (const row of recipients) this.#writeRecipient(row);
    for (const row of rejected) this.#statements.reject.run(this.#target.campaignId, ...row);
    this.#rejected += rejected.length;
  }

  /** Marks who is gone from the file, writes the counts and commits. */
  finish(): ImportSummary {
    const { campaignId, source } = this.#target;
    const removed = this.#isFirst(campaignId)
      ? 0
      : this.#statements.removed.run(campaignId, this.#importId).changes;
    const summary: ImportSummary = {
      rows: this.#recipients + this.#duplicates + this.#rejected,
      recipients: this.#recipients,
      duplicates: this.#duplicates,
      rejected: this.#rejected,
      removed,
      changedAfterAccepted: this.#changedAfterAccepted,
    };
    this.#db
      .prepare(
        `UPDATE imports SET rows = @rows, recipients = @recipients, duplicates = @duplicates,
           rejected = @rejected, changed_after_accepted = @changedAfterAccepted WHERE id = @id`,
      )
      .run({ ...summary, id: this.#importId });
    this.#db
      .prepare('UPDATE campaigns SET columns = ?, imported = imported + ? WHERE id = ?')
      .run(JSON.stringify(source.columns), this.#new, campaignId);
    this.#db.exec('COMMIT');
    return summary;
  }

  /** With no import before it, nobody can be gone: a look at every row less. */
  #isFirst(campaignId: number): boolean {
    const earlier = this.#db.prepare('SELECT 1 FROM imports WHERE campaign_id = ? AND id < ? LIMIT 1');
    return earlier.get(campaignId, this.#importId) === undefined;
  }

  #writeRecipient(row: RecipientRow): void {
    const [line, person, phone, country, body, cells, rest] = row;
    const { insert, plainContent, firstContent, known, duplicate } = this.#statements;
    const { campaignId } = this.#target;
    const [key, header, attachment, repaired] = rest ?? NO_REST;
    const inserted = insert.run(person, key, phone, country, line);
    if (inserted.changes === 1) {
      this.#recipients += 1;
      this.#new += 1;
      if (rest === null) plainContent.run(inserted.lastInsertRowid, body, cells);
      else firstContent.run(inserted.lastInsertRowid, body, header, attachment, repaired, cells);
      return;
    }
    const before = known.get(person, campaignId, key) as KnownRow;
    if (before.import_id === this.#importId) {
      this.#duplicates += 1;
      duplicate.run(campaignId, line, before.line, phone, cells);
      return;
    }
    this.#recipients += 1;
    this.#meetAgain(before, row);
  }

  /** A person whom an earlier import brought: keeps the status; gets the new values while nothing went out. */
  #meetAgain(before: KnownRow, row: RecipientRow): void {
    const [line, , phone, , body, cells, rest] = row;
    const [, header, attachment, repaired] = rest ?? NO_REST;
    const { seen, sameContent, content, phone: newPhone, cells: newCells } = this.#statements;
    const back = before.status === 'skipped' && before.reason === 'removed';
    const status = back ? 'pending' : before.status;
    seen.run(this.#importId, line, status, back ? null : before.reason, before.id);
    const open =
      status === 'pending' || status === 'refused' || status === 'exhausted' || status === 'skipped';
    if (open) {
      content.run(before.id, body, header, attachment, repaired, cells);
      newPhone.run(phone, before.id);
      return;
    }
    if (status === 'accepted' && sameContent.get(before.id, body, header, attachment) === undefined) {
      this.#changedAfterAccepted += 1;
    }
    newCells.run(cells, before.id);
  }
}

/** Gives an import up, however far it came: the ledger is as before. */
export function abortImport(db: LedgerDatabase): void {
  if (db.inTransaction) db.exec('ROLLBACK');
}

/** Both ids stand in the text: of a row, only what differs is bound. */
function prepare(db: LedgerDatabase, campaignId: number, importId: number): Record<StatementName, Statement> {
  return {
    insert: db.prepare(`
      INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
      VALUES (${campaignId}, ?, ?, ?, ?, ?, ${importId}) ON CONFLICT DO NOTHING`),
    plainContent: db.prepare(`
      INSERT INTO contents (delivery_id, body, header, attachment, repaired, cells)
      VALUES (?, ?, '[]', NULL, NULL, ?)`),
    firstContent: db.prepare(`
      INSERT INTO contents (delivery_id, body, header, attachment, repaired, cells)
      VALUES (?, ?, ?, ?, ?, ?)`),
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
  | 'plainContent'
  | 'firstContent'
  | 'content'
  | 'known'
  | 'duplicate'
  | 'seen'
  | 'phone'
  | 'sameContent'
  | 'cells'
  | 'reject'
  | 'removed';
