import type { Problem } from '../../core/problem.js';
import type { Sql } from './database.js';

/** What decides whether a database can hold a ledger. */
export interface ServerFacts {
  /** Such as 150004 for 15.4. */
  readonly versionNumber: number;
  readonly version: string;
  readonly isStandby: boolean;
  readonly fsync: string;
  readonly fullPageWrites: string;
  /** The role's connections find the tables by a setting of its own. */
  readonly roleFindsTables: boolean;
  /** Number of the last migration; null: there is no ledger in it yet. */
  readonly schemaVersion: number | null;
}

const OLDEST = 150_000;

/** Asks the server; `schemaVersion` is asked apart, because its table may not be there. */
export async function serverFacts(sql: Sql): Promise<ServerFacts> {
  const facts = await sql.row<Omit<ServerFacts, 'schemaVersion'> & { readonly hasSchema: boolean }>(`
    SELECT current_setting('server_version_num')::int AS "versionNumber", current_setting('server_version') AS version,
      pg_is_in_recovery() AS "isStandby", current_setting('fsync') AS fsync,
      current_setting('full_page_writes') AS "fullPageWrites",
      EXISTS (SELECT 1 FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase JOIN pg_roles r ON r.oid = s.setrole
        WHERE d.datname = current_database() AND r.rolname = current_user AND 'search_path=plazcast' = ANY (s.setconfig))
        AS "roleFindsTables",
      to_regclass('plazcast.schema_version') IS NOT NULL AS "hasSchema"`);
  if (facts === undefined) throw new Error('the server tells nothing of itself');
  const { hasSchema, ...server } = facts;
  return { ...server, schemaVersion: hasSchema ? await schemaVersion(sql) : null };
}

/** Number of the last migration that was applied. */
export async function schemaVersion(sql: Sql): Promise<number> {
  const found = await sql.row<{ version: number }>('SELECT version FROM plazcast.schema_version');
  return found?.version ?? 0;
}

/** Why a database cannot hold the ledger, whatever is in it; null: it can. */
export function unfitServer(facts: ServerFacts, file: string, known: number): Problem | null {
  const { versionNumber, version, isStandby, fsync, fullPageWrites, schemaVersion } = facts;
  if (versionNumber < OLDEST) return { code: 'ledger.db-too-old', params: { file, version } };
  if (isStandby) return { code: 'ledger.db-standby', params: { file } };
  if (fsync === 'off') return { code: 'ledger.db-unsafe', params: { file, setting: 'fsync' } };
  if (fullPageWrites === 'off')
    return { code: 'ledger.db-unsafe', params: { file, setting: 'full_page_writes' } };
  return schemaVersion !== null && schemaVersion > known ? { code: 'ledger.newer', params: { file } } : null;
}

/**
 * Told how far the server's clock is ahead of this machine's: moments that machines write into one ledger are compared, so
 * all of them count by the server's.
 */
export type FollowClock = (aheadMs: number) => void;

/** Asks the server what time it is; right but for the way there and back. */
export async function clockAheadMs(sql: Sql, now: () => number): Promise<number> {
  const askedAt = now();
  const told = await sql.row<{ at: number }>(SERVER_TIME);
  if (told === undefined) throw new Error('the server tells no time');
  return told.at - (askedAt + now()) / 2;
}

const SERVER_TIME = 'SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint) AS at';

/**
 * The server's timeline with the number of the database, as an expression: one changes when a standby is promoted, the other
 * when a backup is restored to a new database, and with either commits may be gone that were acknowledged. The number is in
 * the path of every table. https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES
 */
export const TIMELINE = `(substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '-'
  || split_part(pg_relation_filepath('pg_catalog.pg_class'), '/', -2))`;
