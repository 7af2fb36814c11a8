import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Statement } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { networkFilesystemOf } from '../../files/network-filesystem.js';
import { createPrivate, unfitFor } from '../../files/private-file.js';
import { ledgerProblem } from './ledger-problem.js';
import { LAST_UNRELEASED, MIGRATIONS, SCHEMA_VERSION } from './schema.js';

/** An open ledger: one connection, prepared and checked. */
export type LedgerDatabase = Database.Database;

/** Works with the database of a ledger; what goes wrong in it is told as a `LedgerError`. */
export type AskLedger = <T>(work: (db: LedgerDatabase) => T) => Promise<T>;

/** How a ledger is opened. */
export interface OpenLedgerOptions {
  /** `create` makes a new one where none is; `existing` refuses that; `read` opens an existing one for reading. */
  readonly mode: 'create' | 'existing' | 'read';
  /** How long a write waits for the write of another process. */
  readonly busyMs?: number;
  /** Memory for pages of the ledger, in kilobytes; left out: enough for looking things up. */
  readonly cacheKb?: number;
}

const BUSY_MS = 5_000;
const CACHE_KB = 2_000;

/**
 * Opens the ledger at `file` (`:memory:` for one that dies with the process): WAL, `synchronous=FULL` set and
 * read back (every open silently starts with another value), migrations applied, readable by its owner alone.
 * Every way in which a file can be unfit is a problem with what to do.
 */
export function openLedger(file: string, options: OpenLedgerOptions): Result<LedgerDatabase> {
  const inMemory = file === ':memory:';
  const exists = inMemory || existsSync(file);
  if (!inMemory) {
    const unfit = unfitPlace(file, exists, options.mode);
    if (unfit !== null) return unfit;
    const unmade = exists ? null : unmadeProblem(file);
    if (unmade !== null) return failed(unmade);
  }
  let db: LedgerDatabase | null = null;
  try {
    db = new Database(file, { readonly: options.mode === 'read', timeout: options.busyMs ?? BUSY_MS });
    const unfit = unfitSchema(db, file, options.mode);
    if (unfit !== null) return closed(db, failed(unfit));
    if (options.mode !== 'read') prepareForWriting(db);
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${options.cacheKb ?? CACHE_KB}`);
    return ok(db);
  } catch (error) {
    return closed(db, failed(ledgerProblem(error, file)));
  }
}

function unfitPlace(file: string, exists: boolean, mode: OpenLedgerOptions['mode']): Result<never> | null {
  const folder = dirname(file);
  if (!existsSync(folder)) return failed({ code: 'ledger.no-folder', params: { folder } });
  if (!exists && mode !== 'create') return failed({ code: 'ledger.missing', params: { file } });
  // A folder, a device, a pipe: SQLite would read the latter two for ever.
  if (exists && !statSync(file).isFile()) return failed({ code: 'ledger.not-a-ledger', params: { file } });
  if (exists && statSync(file).nlink > 1) return failed({ code: 'ledger.several-names', params: { file } });
  // SQLite opens it for reading alone, without a word, and fails at the first write, in the middle of a run.
  if (exists && mode !== 'read' && !isWritable(file))
    return failed({ code: 'ledger.read-only', params: { file } });
  const network = networkFilesystemOf(exists ? file : folder);
  return network === null
    ? null
    : failed({ code: 'ledger.network-filesystem', params: { file, kind: network } });
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes the file of a new ledger, its owner's alone before SQLite writes a byte. */
function unmadeProblem(file: string): Problem | null {
  try {
    // A link that leads nowhere would put the ledger somewhere else.
    return unfitFor(createPrivate(file), file);
  } catch {
    return { code: 'ledger.cannot-open', params: { file } };
  }
}

/** Marks a SQLite file as a plazcast ledger: "PLZC". */
const APPLICATION_ID = 0x504c5a43;

/**
 * What another version made, or something else: neither is touched. A file in which nothing was made yet is a new ledger.
 * Another program may make it right now, all of it in one commit: once there is a table, the version stands there, too, so
 * it is read last.
 */
function unfitSchema(db: LedgerDatabase, file: string, mode: OpenLedgerOptions['mode']): Problem | null {
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  const version = versionOf(db);
  const params = { file };
  if (isEmpty && version === 0) return mode === 'read' ? { code: 'ledger.missing', params } : null;
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    return { code: 'ledger.not-a-ledger', params };
  if (version > SCHEMA_VERSION) return { code: 'ledger.newer', params };
  return version <= LAST_UNRELEASED ? { code: 'ledger.unreleased', params } : null;
}

function prepareForWriting(db: LedgerDatabase): void {
  db.pragma('journal_mode = WAL');
  // What is erased is overwritten with zeros, too.
  db.pragma('secure_delete = ON');
  db.pragma('synchronous = FULL');
  // On a Mac a disk keeps what it was told to write for itself until this is asked for; elsewhere it means nothing.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  const synchronous = db.pragma('synchronous', { simple: true });
  if (synchronous !== 2)
    throw new Error(`the ledger did not take synchronous=FULL but ${String(synchronous)}`);
  const migrate = db.transaction(() => {
    for (const migration of MIGRATIONS.slice(Math.max(0, versionOf(db) - LAST_UNRELEASED)))
      db.exec(migration);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
  if (versionOf(db) < SCHEMA_VERSION) migrate.immediate();
}

function versionOf(db: LedgerDatabase): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Whether the ledger's pages hold together: `quick` reads every page, `full` compares the indexes with the
 * tables, too (after a run that did not end in order).
 */
export function checkIntegrity(db: LedgerDatabase, depth: 'quick' | 'full'): Result<null> {
  const pragma = depth === 'quick' ? 'quick_check(1)' : 'integrity_check(1)';
  try {
    if (db.pragma(pragma, { simple: true }) === 'ok') return ok(null);
    return failed({ code: 'ledger.damaged', params: { file: db.name } });
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}

function closed(db: LedgerDatabase | null, result: Result<never>): Result<never> {
  db?.close();
  return result;
}

const STATEMENTS = new WeakMap<LedgerDatabase, Map<string, Statement>>();

/**
 * The statement of this text, compiled once for each connection: compiling takes longer than running most of them. A
 * text is either plucked wherever it is used, or nowhere.
 */
export function prepared(db: LedgerDatabase, sql: string): Statement {
  const known = STATEMENTS.get(db) ?? new Map<string, Statement>();
  STATEMENTS.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}
