import pg from 'pg';
import type { Database } from './database.js';
import { MIGRATIONS } from './schema.js';
import { schemaVersion } from './server-facts.js';

/** Somebody else made the same thing at the same moment. */
const MADE_ALREADY = new Set(['23505', '42P06', '42P07']);

/** Brings the tables up to date: one machine at a time, each migration once, all of them or none. */
export async function migrate(db: Database): Promise<void> {
  try {
    await apply(db);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && MADE_ALREADY.has(error.code ?? ''))) throw error;
    await apply(db);
  }
}

function apply(db: Database): Promise<void> {
  return db.transaction(async (sql) => {
    if ((await sql.row("SELECT 1 FROM pg_namespace WHERE nspname = 'plazcast'")) === undefined) {
      await sql.run('CREATE SCHEMA plazcast');
    }
    await sql.run('CREATE TABLE IF NOT EXISTS plazcast.schema_version (version bigint NOT NULL)');
    // Whoever comes second waits here, and finds the work done.
    await sql.run(LOCK);
    const done = await schemaVersion(sql);
    if (done >= MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(done)) await sql.run(migration);
    await sql.run('DELETE FROM plazcast.schema_version');
    await sql.run('INSERT INTO plazcast.schema_version (version) VALUES (@version)', {
      version: MIGRATIONS.length,
    });
  });
}

/**
 * A pooler between gives connections that it made itself: the role's own setting in this database lets those find the
 * tables, too. One machine at a time: PostgreSQL fails of two who do this at once.
 */
export async function letRoleFindTables(db: Database): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.run(LOCK);
    await sql.run(`DO $$ BEGIN
      EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = plazcast', current_database());
    END $$`);
  });
}

const LOCK = 'LOCK TABLE plazcast.schema_version IN EXCLUSIVE MODE';
