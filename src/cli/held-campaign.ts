import type { CampaignRecord } from '../core/ledger/campaigns.js';
import type { HeldLock } from '../core/ledger/locks.js';
import { systemClock } from './clock.js';
import type { Cli } from './command.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';
import { lockPlaces, takeLocks } from './send/locks.js';
import { stateDirOf } from './state-dir.js';
import { senderOf } from './workspace.js';

/** Does something that must not meet a run, with both locks held; exit code 4 names who holds one. */
export async function withLocks<T>(
  record: CampaignRecord,
  baseUrl: string,
  cli: Cli,
  work: () => Promise<T>,
): Promise<T> {
  const sender = senderOf(baseUrl, record.workspace);
  const stateDir = stateDirOf(cli, record.workspace);
  const places = lockPlaces(cli.ledgerFile, stateDir, record, sender);
  const taken = await takeLocks(cli.ledgers.locks, places, {
    campaign: record.name,
    pid: cli.host.pid,
    at: systemClock.now(),
  });
  if (!taken.ok) {
    const locked = taken.problems.some(({ code }) => code === 'lock.campaign' || code === 'lock.sender');
    throw new CommandFailure(locked ? EXIT.locked : EXIT.unusable, taken.problems);
  }
  try {
    return await work();
  } finally {
    release(taken.value);
  }
}

function release(locks: readonly HeldLock[]): void {
  for (const lock of locks) lock.release();
}
