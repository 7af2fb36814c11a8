import type { Sql } from './database.js';

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
