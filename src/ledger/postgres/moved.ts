import { MOVED_STATE, movedIdentity, movedWords } from '../sql/moved.js';
import { CHANGED_TABLES } from './copy-rows.js';
import type { Sql } from './database.js';

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
