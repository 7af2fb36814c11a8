import type { LedgerIdentity } from '../../core/ledger/ledger.js';
import { identityOf, MOVED_STATE, movedIdentity, movedWords, type StoredIdentity } from '../sql/moved.js';
import { CHANGED_TABLES } from './copy-rows.js';
import type { Sql } from './database.js';

/** The ledger's identity, and where it moved to. */
export async function storedIdentity(sql: Sql): Promise<StoredIdentity> {
  return identityOf((await sql.row<{ id: string }>('SELECT id FROM ledger_identity'))?.id ?? '');
}

/** Where this ledger moved to; null: it did not. */
export async function movedTo(sql: Sql): ReturnType<LedgerIdentity['movedTo']> {
  return (await storedIdentity(sql)).movedTo;
}

/** Makes the ledger refuse every change. Inside a transaction that locked its tables. */
export async function retire(sql: Sql, id: string, to: string): Promise<void> {
  await sql.run('UPDATE ledger_identity SET id = @stored', { stored: movedIdentity(id, to) });
  await sql.run(`
    CREATE FUNCTION ledger_has_moved() RETURNS trigger LANGUAGE plpgsql AS $moved$
    BEGIN RAISE EXCEPTION USING ERRCODE = '${MOVED_STATE}', MESSAGE = ${movedWords(to)}; END $moved$`);
  for (const name of CHANGED_TABLES) {
    await sql.run(`
      CREATE TRIGGER ledger_has_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${name}
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_has_moved()`);
  }
}
