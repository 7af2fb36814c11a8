import { endedUncleanly } from '../sql/runs.js';
import type { Database } from './database.js';
import { takeSteps } from './store.js';

/** The tables in which people stand. */
const TABLES = [
  'deliveries',
  'contents',
  'attempts',
  'evidence',
  'rejections',
  'duplicates',
  'suppressions',
  'test_sends',
  'scan_records',
  'scan_persons',
];

/**
 * Writes the tables anew without what was erased, one after the other and none for which it would have to wait: that would
 * keep everybody else waiting. False: a run is under way, or somebody uses a table or owns it; the next time does it. What the
 * server's log and its backups hold is out of reach.
 */
export async function eraseLeftovers(db: Database): Promise<boolean> {
  if (await takeSteps(db, endedUncleanly())) return false;
  return db.onConnection(async (client) => {
    let isComplete = true;
    const skipped = (): void => {
      isComplete = false;
    };
    client.on('notice', skipped);
    try {
      await client.query(`VACUUM (FULL, SKIP_LOCKED) ${TABLES.join(', ')}`);
    } finally {
      client.off('notice', skipped);
    }
    return isComplete;
  });
}
