import { existsSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CopyTarget } from '../../core/ledger/ledger-copy.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { giveName } from '../../files/new-file.js';
import { syncFile, syncFolder } from '../../files/sync.js';
import { temporaryName } from '../../files/target.js';
import { errorCode } from '../../files/unwritable-file.js';
import { columnList, copiedTable } from '../sql/copied-tables.js';
import { PUT_BACK_MOVED } from '../sql/launches.js';
import { rowsIn } from './copy-rows.js';
import { guarded } from './ledger-problem.js';
import { checkIntegrity, type LedgerDatabase, openLedger } from './open-ledger.js';

/**
 * Works with a new ledger in a file that has another name until it is finished, and is removed where it never is. A file
 * that is there is never replaced.
 */
export async function withSqliteTarget<T>(
  file: string,
  work: (target: CopyTarget) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (existsSync(file)) return failed({ code: 'ledger.copy-not-empty', params: { file } });
  const temporary = join(dirname(file), temporaryName());
  let db: LedgerDatabase | null = null;
  try {
    const opened = openLedger(temporary, { mode: 'create' });
    if (!opened.ok) return failed(...opened.problems.map((problem) => named(problem, file)));
    db = opened.value;
    await begun(db, file);
    return await work(targetIn(db, file, temporary));
  } finally {
    if (db?.open === true) db.close();
    for (const name of [temporary, `${temporary}-wal`, `${temporary}-shm`])
      if (existsSync(name)) unlinkSync(name);
  }
}

/** What is wrong with a file that nobody sees, said of the one that it would become. */
function named(problem: Problem, file: string): Problem {
  const { params } = problem;
  return params !== undefined && 'file' in params
    ? ({ ...problem, params: { ...params, file } } as Problem)
    : problem;
}

function begun(db: LedgerDatabase, file: string): Promise<void> {
  return guarded(file, () => {
    // Nobody sees the file before it is finished: it needs no log, and is synced once.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec('BEGIN');
  });
}

function targetIn(db: LedgerDatabase, file: string, temporary: string): CopyTarget {
  return {
    ...rowsIn(db, file),
    fill: (table, rows) =>
      guarded(file, async () => {
        const { columns } = copiedTable(table);
        const marks = columns.map(() => '?').join(', ');
        const insert = db.prepare(`INSERT INTO ${table} (${columnList(columns)}) VALUES (${marks})`);
        for await (const page of rows) for (const row of page) insert.run(row);
      }),
    prepare: (id) => guarded(file, () => onDisk(file, () => prepare(db, id, file, temporary))),
    finish: () => guarded(file, () => onDisk(file, () => finish(temporary, file))),
  };
}

/** What the file system itself refuses, such as a folder that is gone, comes out in words, too. */
function onDisk(file: string, work: () => Result<null>): Result<null> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const detail = errorCode(error);
    const isFull = detail === 'ENOSPC' || detail === 'EDQUOT';
    return failed(
      isFull ? { code: 'ledger.full', params: { file } } : { code: 'ledger.io', params: { file, detail } },
    );
  }
}

function prepare(db: LedgerDatabase, id: string, file: string, temporary: string): Result<null> {
  db.prepare('UPDATE ledger_identity SET id = ?').run(id);
  db.exec(PUT_BACK_MOVED);
  db.exec('COMMIT');
  const whole = checkIntegrity(db, 'full');
  if (!whole.ok) return failed(...whole.problems.map((problem) => spoiled(problem, file)));
  db.close();
  syncFile(temporary);
  // A large ledger takes minutes: one that somebody made there meanwhile must not close the one that was to move.
  return existsSync(file) ? failed({ code: 'ledger.copy-not-empty', params: { file } }) : ok(null);
}

/** No ledger is damaged by it: there is none there, and no backup belongs in its place. */
function spoiled(problem: Problem, file: string): Problem {
  return problem.code === 'ledger.damaged'
    ? { code: 'ledger.io', params: { file, detail: 'integrity_check' } }
    : named(problem, file);
}

function finish(temporary: string, file: string): Result<null> {
  try {
    giveName(temporary, file);
  } catch (error) {
    if (existsSync(file)) return failed({ code: 'ledger.copy-not-empty', params: { file } });
    throw error;
  }
  syncFolder(dirname(file));
  return ok(null);
}
