import type { Statement } from 'better-sqlite3';
import { NO_REST, type RecipientRow } from './import-row.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Rows that one statement takes in. A statement opens five b-trees and goes down each from its root, whether it brings
 * one row or many; 128 at a time gain nothing more. `OR ROLLBACK`: a row that breaks a rule of the schema ends the
 * import anyway, and so nothing has to be kept for undoing the one statement.
 */
export const BLOCK_ROWS = 32;

/** Statements of one import. Both ids stand in their text: of a row, only what differs is bound. */
export function prepareImportStatements(
  db: LedgerDatabase,
  campaignId: number,
  importId: number,
): Record<StatementName, Statement> {
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
export function plainContentsOf(rows: readonly RecipientRow[], firstId: number): unknown[] {
  const values: unknown[] = [];
  let id = firstId;
  for (const [, , , , body, cells] of rows) values.push(id++, body, cells);
  return values;
}

/** What `firstContents` takes. */
export function contentsOf(rows: readonly RecipientRow[], firstId: number): unknown[] {
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

type StatementName =
  | 'insert'
  | 'insertBlock'
  | 'plainContents'
  | 'firstContents'
  | 'firstContent'
  | 'content'
  | 'newLines'
  | 'known'
  | 'duplicate'
  | 'seen'
  | 'phone'
  | 'sameContent'
  | 'cells'
  | 'reject'
  | 'idRange'
  | 'removed';
