import type { Statement } from 'better-sqlite3';
import type { DeliveryStatus } from '../../core/counts.js';
import type { ImportSummary, ImportTarget } from '../../core/ledger/imports.js';
import { ForgottenRows } from './import-forgotten.js';
import { type ImportBatch, NO_REST, type RecipientRow } from './import-row.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Ids that one statement looks at: what it changes takes a few megabytes at most. */
const IDS_AT_A_TIME = 20_000;

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
  readonly #statements: ReturnType<typeof prepareImportStatements>;
  readonly #forgotten: ForgottenRows | null;
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
    this.#statements = prepareImportStatements(db, campaignId, this.#importId);
    this.#forgotten = ForgottenRows.of(db, campaignId);
  }

  write(batch: ImportBatch): void {
    const { rejected } = batch;
    const recipients = this.#forgotten?.without(batch.recipients) ?? batch.recipients;
    const { insert, insertBlock } = this.#statements;
    const inBlocks = recipients.length - (recipients.length % BLOCK_ROWS);
    for (let start = 0; start < inBlocks; start += BLOCK_ROWS) {
      this.#meet(recipients.slice(start, start + BLOCK_ROWS), insertBlock);
    }
    for (const row of recipients.slice(inBlocks)) this.#meet([row], insert);
    for (const row of rejected) this.#statements.reject.run(this.#target.campaignId, ...row);
    this.#rejected += rejected.length;
  }

  /** Marks who is gone from the file, writes the counts and commits. */
  finish(): ImportSummary {
    const { campaignId, source } = this.#target;
    this.#forgotten?.finish();
    const removed = this.#isFirst(campaignId) ? 0 : this.#skipRemoved(campaignId);
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

  /** Some ids at a time: what one statement changes is copied aside first, in memory. */
  #skipRemoved(campaignId: number): number {
    const { idRange, removed } = this.#statements;
    const { first, last } = idRange.get(campaignId) as { first: number | null; last: number | null };
    if (first === null || last === null) return 0;
    let changes = 0;
    for (let from = first; from <= last; from += IDS_AT_A_TIME) {
      changes += removed.run(from, from + IDS_AT_A_TIME - 1, campaignId, this.#importId).changes;
    }
    return changes;
  }

  /** Takes in rows in the order of the file: who is new is inserted by one statement, the others one by one. */
  #meet(rows: readonly RecipientRow[], insert: Statement): void {
    const { changes, lastInsertRowid } = insert.run(identitiesOf(rows));
    const before = Number(lastInsertRowid) - changes;
    if (changes === rows.length) {
      this.#welcome(rows, before + 1);
      return;
    }
    const newLines = changes === 0 ? [] : this.#statements.newLines.all(before);
    let found = 0;
    for (const row of rows) {
      if (row[0] !== newLines[found]) {
        this.#meetKnown(row);
        continue;
      }
      found += 1;
      this.#welcome([row], before + found);
    }
  }

  /** People whom the campaign did not know; their ids follow each other. */
  #welcome(rows: readonly RecipientRow[], firstId: number): void {
    const { firstContent, firstContents, plainContents } = this.#statements;
    this.#recipients += rows.length;
    this.#new += rows.length;
    if (rows.length < BLOCK_ROWS) firstContent.run(contentsOf(rows, firstId));
    else if (rows.some((row) => row[6] !== null)) firstContents.run(contentsOf(rows, firstId));
    else plainContents.run(plainContentsOf(rows, firstId));
  }

  /** Somebody who stands in this file twice, or whom an earlier import brought. */
  #meetKnown(row: RecipientRow): void {
    const [line, person, phone, , , cells, rest] = row;
    const { known, duplicate } = this.#statements;
    const { campaignId } = this.#target;
    const before = known.get(person, campaignId, (rest ?? NO_REST)[0]) as KnownRow;
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
    const { seen, sameContent, content, phone: newPhone, cells: newCells, newer } = this.#statements;
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
    if (status === 'accepted') newCells.run(cells, before.id);
    else newer.run(JSON.stringify([body, header, attachment, repaired]), cells, before.id);
  }
}

/** Gives an import up, however far it came: the ledger is as before. */
export function abortImport(db: LedgerDatabase): void {
  if (db.inTransaction) db.exec('ROLLBACK');
}

/**
 * Rows that one statement takes in. A statement opens five b-trees and goes down each from its root, whether it brings
 * one row or many; 128 at a time gain nothing more. `OR ROLLBACK`: a row that breaks a rule of the schema ends the
 * import anyway, and so nothing has to be kept for undoing the one statement.
 */
const BLOCK_ROWS = 32;

/** Statements of one import. Both ids stand in their text: of a row, only what differs is bound. */
function prepareImportStatements(db: LedgerDatabase, campaignId: number, importId: number) {
  const insert = (rows: number): Statement =>
    db.prepare(`
      INSERT OR ROLLBACK INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
      VALUES ${valuesOf(rows, `(${campaignId}, ?, ?, ?, ?, ?, ${importId})`)} ON CONFLICT DO NOTHING`);
  const contents = (verb: string, rows: number, values: string): Statement =>
    db.prepare(`
      ${verb} INTO contents (delivery_id, body, header, attachment, repaired, cells)
      VALUES ${valuesOf(rows, values)}`);
  return {
    insert: insert(1),
    insertBlock: insert(BLOCK_ROWS),
    plainContents: contents('INSERT OR ROLLBACK', BLOCK_ROWS, "(?, ?, '[]', NULL, NULL, ?)"),
    firstContents: contents('INSERT OR ROLLBACK', BLOCK_ROWS, '(?, ?, ?, ?, ?, ?)'),
    firstContent: contents('INSERT', 1, '(?, ?, ?, ?, ?, ?)'),
    content: contents('INSERT OR REPLACE', 1, '(?, ?, ?, ?, ?, ?)'),
    newLines: db.prepare('SELECT line FROM deliveries WHERE id > ? ORDER BY id').pluck(),
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
    newer: db.prepare('UPDATE contents SET newer = ?, cells = ? WHERE delivery_id = ?'),
    reject: db.prepare(`
      INSERT INTO rejections (campaign_id, line, row_number, phone, reason, column_name, value, cells)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    idRange: db.prepare('SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE campaign_id = ?'),
    removed: db.prepare(`
      UPDATE deliveries SET status = 'skipped', reason = 'removed'
      WHERE id BETWEEN ? AND ? AND +campaign_id = ? AND status = 'pending' AND import_id <> ?`),
  };
}

/** What `insert` takes for these rows. */
export function identitiesOf(rows: readonly RecipientRow[]): unknown[] {
  const values: unknown[] = [];
  for (const [line, person, phone, country, , , rest] of rows) {
    values.push(person, (rest ?? NO_REST)[0], phone, country, line);
  }
  return values;
}

/** What `plainContents` takes for rows that have nothing but values for the body; their ids follow each other. */
function plainContentsOf(rows: readonly RecipientRow[], firstId: number): unknown[] {
  const values: unknown[] = [];
  let id = firstId;
  for (const [, , , , body, cells] of rows) values.push(id++, body, cells);
  return values;
}

/** What `firstContents` takes. */
function contentsOf(rows: readonly RecipientRow[], firstId: number): unknown[] {
  const values: unknown[] = [];
  let id = firstId;
  for (const [, , , , body, cells, rest] of rows) {
    const [, header, attachment, repaired] = rest ?? NO_REST;
    values.push(id++, body, header, attachment, repaired, cells);
  }
  return values;
}

function valuesOf(rows: number, values: string): string {
  return Array.from({ length: rows }, () => values).join(', ');
}
