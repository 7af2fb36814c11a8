import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CommandFailure, withLedgerProblem } from '../../src/cli/exit-codes.js';
import { LedgerError } from '../../src/core/ledger/ledger.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { emptyLedger } from '../support/filled-ledger.js';

/** What comes out of a ledger whose database throws this. */
function thrownBy(error: Error): Promise<unknown> {
  const db = emptyLedger();
  db.prepare = () => {
    throw error;
  };
  return new SqliteLedger(db).campaigns.counts(1).catch((thrown: unknown) => thrown);
}

describe('an error of the database that leaves a command', () => {
  it('tells what to do about a full disk, and that work is left', async () => {
    const thrown = await thrownBy(new Database.SqliteError('full', 'SQLITE_FULL'));
    const failure = withLedgerProblem(thrown);
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(failure).toMatchObject({
      exitCode: 3,
      problems: [{ code: 'ledger.full', params: { file: ':memory:' } }],
    });
  });

  it('tells that only the log lacks what is done: no work is left', () => {
    const unlogged = { code: 'action.unlogged', params: { why: 'busy', detail: 'ledger.busy' } } as const;
    const failure = withLedgerProblem(new LedgerError(unlogged, null));
    expect(failure).toMatchObject({ exitCode: 1, problems: [unlogged] });
  });

  it.each([
    ['a broken constraint', new Database.SqliteError('unique', 'SQLITE_CONSTRAINT_UNIQUE')],
    ['an error of our own', new TypeError('x is not a function')],
  ])('stays what it is when it is %s', async (_what, error) => {
    const thrown = await thrownBy(error);
    expect(thrown).toBe(error);
    expect(withLedgerProblem(thrown)).toBe(error);
  });
});
