import type { CampaignRecord } from '../core/ledger/campaigns.js';
import type { Ledger } from '../core/ledger/ledger.js';
import type { Result } from '../core/problem.js';
import type { App } from './app.js';
import { lockPlaces, releaseLocks, stateDirOf, takeLocks } from './locks.js';
import { senderOf } from './workspace.js';

/** Does something that must not meet a run, with both locks held; a problem names who holds one. */
export async function withLocks<T>(
  record: CampaignRecord,
  baseUrl: string,
  ledger: Ledger,
  app: App,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const sender = senderOf(baseUrl, record.workspace);
  const stateDir = stateDirOf(app, record.workspace);
  if (!stateDir.ok) return stateDir;
  const places = lockPlaces(app.besideLedger, stateDir.value, record, sender);
  const taken = await takeLocks(app, ledger, places, record.name);
  if (!taken.ok) return taken;
  try {
    return await work();
  } finally {
    await releaseLocks(taken.value);
  }
}
