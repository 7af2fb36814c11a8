import type { CampaignRecord } from '../core/ledger/campaigns.js';
import type { Result } from '../core/problem.js';
import type { App } from './app.js';
import { lockPlaces, stateDirOf, takeLocks } from './locks.js';
import { senderOf } from './workspace.js';

/** Does something that must not meet a run, with both locks held; a problem names who holds one. */
export async function withLocks<T>(
  record: CampaignRecord,
  baseUrl: string,
  app: App,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const sender = senderOf(baseUrl, record.workspace);
  const stateDir = stateDirOf(app, record.workspace);
  if (!stateDir.ok) return stateDir;
  const places = lockPlaces(app.ledgerFile, stateDir.value, record, sender);
  const taken = await takeLocks(app, places, record.name);
  if (!taken.ok) return taken;
  try {
    return await work();
  } finally {
    for (const lock of taken.value) lock.release();
  }
}
