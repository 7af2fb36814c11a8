/**
 * The server's timeline, as an expression: it changes when a standby is promoted, and with it commits may be gone that were
 * acknowledged. https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES
 */
export const TIMELINE = 'substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)';
