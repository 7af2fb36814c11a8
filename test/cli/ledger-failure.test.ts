import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CommandFailure } from '../../src/cli/command-failure.js';
import { withLedgerProblem } from '../../src/cli/ledger-failure.js';

describe('an error of the database that leaves a command', () => {
  it('tells what to do about a full disk, and that work is left', () => {
    const failure = withLedgerProblem(new Database.SqliteError('full', 'SQLITE_FULL'), '/x/plazcast.db');
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(failure).toMatchObject({
      exitCode: 3,
      problems: [{ code: 'ledger.full', params: { file: '/x/plazcast.db' } }],
    });
  });

  it.each([
    ['a broken constraint', new Database.SqliteError('unique', 'SQLITE_CONSTRAINT_UNIQUE')],
    ['an error of our own', new TypeError('x is not a function')],
  ])('stays what it is when it is %s', (_what, error) => {
    expect(withLedgerProblem(error, '/x/plazcast.db')).toBe(error);
  });
});
