import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countDeliveries } from '../../src/ledger/sqlite/counts.js';
import { checkIntegrity, type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { MIGRATIONS } from '../../src/ledger/sqlite/schema.js';
import { unwrapped } from '../support/results.js';

/** A ledger as the first version left it: somebody accepted, somebody uncertain, somebody pending. */
function firstLedger(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ledger.db');
  const db = new Database(file);
  db.exec(MIGRATIONS[0] ?? '');
  db.exec(`
    INSERT INTO campaigns (id, workspace, name, base_url, file, template, type, imported, created_at)
    VALUES (1, 'w', 'sale', 'http://127.0.0.1', '/sale', 't', 'campaign', 3, 1);
    INSERT INTO deliveries (id, campaign_id, person, key, phone, country, line, import_id, status, attempts)
    VALUES (1, 1, '51900000001', '', '51900000001', 'PE', 2, 1, 'accepted', 1),
      (2, 1, '51900000002', '', '51900000002', 'PE', 3, 1, 'uncertain', 1),
      (3, 1, '51900000003', '', '51900000003', 'PE', 4, 1, 'pending', 0);
    INSERT INTO attempts (delivery_id, run_id, started_at, outcome) VALUES (1, 1, 5, 'accepted'), (2, 1, 6, 'uncertain');`);
  db.pragma('application_id = 0x504c5a43');
  db.pragma('user_version = 1');
  db.close();
  return file;
}

function opened(): LedgerDatabase {
  const db = unwrapped(openLedger(firstLedger(), { mode: 'existing' }));
  onTestFinished(() => void db.close());
  return db;
}

describe('a ledger of the first version', () => {
  test('keeps everybody and every attempt, and holds together', () => {
    const db = opened();
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(countDeliveries(db, 1)).toMatchObject({ recipients: 3, accepted: 1, uncertain: 1, pending: 1 });
    expect(db.prepare('SELECT delivery_id, outcome FROM attempts ORDER BY id').raw().all()).toEqual([
      [1, 'accepted'],
      [2, 'uncertain'],
    ]);
    expect(checkIntegrity(db, 'full')).toEqual({ ok: true, value: null });
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  test.each([
    ['an accepted delivery is final', "UPDATE deliveries SET status = 'pending' WHERE id = 1"],
    ['live attempt cannot go back', "UPDATE deliveries SET status = 'pending' WHERE id = 2"],
    ['an attempt ends once', "UPDATE attempts SET outcome = 'refused', live = NULL WHERE delivery_id = 1"],
    [
      'absence needs stored evidence',
      "UPDATE attempts SET outcome = 'absent', live = NULL WHERE delivery_id = 2",
    ],
    ['never deleted', 'DELETE FROM attempts'],
    ['UNIQUE constraint failed', 'INSERT INTO attempts (delivery_id, run_id, started_at) VALUES (2, 2, 7)'],
    ['CHECK constraint failed', "UPDATE deliveries SET status = 'sent' WHERE id = 3"],
    ['CHECK constraint failed', "UPDATE deliveries SET phone = '+51900000003' WHERE id = 3"],
    ['CHECK constraint failed', 'UPDATE attempts SET live = NULL WHERE delivery_id = 2'],
  ])('still refuses: %s', (message, sql) => {
    expect(() => opened().exec(sql)).toThrow(message);
  });

  test('remembers the names that an edited campaign had', () => {
    const db = opened();
    db.exec("UPDATE campaigns SET template = 'other' WHERE id = 1");
    expect(db.prepare('SELECT template, last_attempt_id FROM former_identities').raw().all()).toEqual([
      ['t', 2],
    ]);
  });
});

describe('the tables that every row goes through', () => {
  test.each(['deliveries', 'attempts'])('%s: no insert or update builds a list for each row', (table) => {
    const db = opened();
    const row = table === 'deliveries' ? INSERT_DELIVERY : INSERT_ATTEMPT;
    for (const sql of [
      row,
      `UPDATE ${table} SET ${table === 'deliveries' ? 'status' : 'outcome'} = 'x' WHERE id = 1`,
    ]) {
      const steps = db.prepare(`EXPLAIN ${sql}`).all() as { opcode: string; p2: number }[];
      // One list with more than a row to update: the rowids themselves.
      const lists = steps.filter(({ opcode }) => opcode === 'OpenEphemeral');
      expect(lists.length).toBeLessThanOrEqual(1);
    }
  });
});

const INSERT_DELIVERY = `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id)
  VALUES (1, '5', '', '5', 'PE', 9, 1)`;
const INSERT_ATTEMPT = 'INSERT INTO attempts (delivery_id, run_id, started_at) VALUES (3, 1, 7)';
