import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkIntegrity, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { LAST_UNRELEASED, SCHEMA_VERSION } from '../../src/ledger/sqlite/schema.js';
import { emptyLedger } from '../support/filled-ledger.js';
import { problemsOf, unwrapped } from '../support/results.js';

/** A place for a ledger, and the ledger there with its number and the mark of plazcast set to these. */
function ledgerFile(marks: { readonly version: number; readonly application?: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-schema-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ledger.db');
  unwrapped(openLedger(file, { mode: 'create' })).close();
  const db = new Database(file);
  db.pragma('journal_mode = DELETE');
  db.pragma(`user_version = ${marks.version}`);
  if (marks.application !== undefined) db.pragma(`application_id = ${marks.application}`);
  db.close();
  return file;
}

const MODES = ['create', 'existing', 'read'] as const;

describe('the schema of a ledger', () => {
  test('holds together when it is new, and is not made a second time', () => {
    const file = ledgerFile({ version: SCHEMA_VERSION });
    const db = unwrapped(openLedger(file, { mode: 'existing' }));
    onTestFinished(() => void db.close());
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(checkIntegrity(db, 'full')).toEqual({ ok: true, value: null });
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM ledger_identity').pluck().get()).toBe(1);
  });

  test.each([
    ['a newer version', { version: SCHEMA_VERSION + 1 }, 'ledger.newer'],
    ['the first unreleased version', { version: 1 }, 'ledger.unreleased'],
    ['the last unreleased version', { version: LAST_UNRELEASED }, 'ledger.unreleased'],
    ['no version at all', { version: 0 }, 'ledger.unreleased'],
    ['something else', { version: SCHEMA_VERSION + 1, application: 0 }, 'ledger.not-a-ledger'],
  ])('of %s is refused, and the file stays as it is', (_whose, marks, code) => {
    const file = ledgerFile(marks);
    const before = readFileSync(file);
    for (const mode of MODES) {
      expect(problemsOf(openLedger(file, { mode }))).toMatchObject([{ code, params: { file } }]);
    }
    expect(readFileSync(file)).toEqual(before);
  });

  test('remembers the names that an edited campaign had', () => {
    const db = emptyLedger();
    db.exec(`
      INSERT INTO campaigns (id, workspace, name, base_url, file, template, type, created_at)
      VALUES (1, 'w', 'sale', 'http://127.0.0.1', '/sale', 't', 'campaign', 1);
      INSERT INTO attempts (id, delivery_id, run_id, started_at) VALUES (7, 1, 1, 5);
      UPDATE campaigns SET template = 'other' WHERE id = 1;`);
    expect(db.prepare('SELECT template, last_attempt_id FROM former_identities').raw().all()).toEqual([
      ['t', 7],
    ]);
  });
});

describe('the tables that every row goes through', () => {
  test.each([
    [
      'deliveries',
      "INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id) VALUES (1, '5', '', '5', 'PE', 9, 1)",
    ],
    ['deliveries', "UPDATE deliveries SET status = 'x' WHERE id = 1"],
    ['attempts', 'INSERT INTO attempts (delivery_id, run_id, started_at) VALUES (3, 1, 7)'],
    ['attempts', "UPDATE attempts SET outcome = 'x' WHERE id = 1"],
  ])('%s: no insert or update builds a list for each row: %s', (_table, sql) => {
    const steps = emptyLedger().prepare(`EXPLAIN ${sql}`).all() as { opcode: string }[];
    // One list with more than a row to update: the rowids themselves.
    expect(steps.filter(({ opcode }) => opcode === 'OpenEphemeral').length).toBeLessThanOrEqual(1);
  });
});
