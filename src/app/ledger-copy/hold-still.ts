import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { HeldLock } from '../../core/ledger/locks.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockPlaces, releaseLocks, takeLocks } from '../locks.js';
import { withLedger } from '../open-ledger.js';

/** What a move stands on. */
export type CopyApp = Pick<App, 'ledgers' | 'ledgerCopies' | 'clock' | 'process'>;

/**
 * Works with a ledger none of whose campaigns is worked at meanwhile: the locks of all are held, and what a run left that
 * died is uncertain. A problem names who works. Of a ledger that machines share, it stands in the ledger itself who works.
 */
export async function holdStill<T>(
  ledgerFile: string,
  app: CopyApp,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const at = { ...app, ledgerFile };
  const known = await withLedger(at, 'read', async ({ campaigns, identity, sharedLocks }) =>
    ok({
      canBeHeld: sharedLocks === null && (await identity.movedTo()) === null,
      campaigns: await campaigns.list(null),
    }),
  );
  if (!known.ok) return known;
  if (!known.value.canBeHeld) return work();
  const held: HeldLock[] = [];
  try {
    for (const campaign of known.value.campaigns) {
      // Whoever sends holds the lock of the campaign, too: those of senders are not asked for.
      const places = lockPlaces(ledgerFile, '', campaign, '');
      const taken = await takeLocks(app, null, places, campaign.name, ['campaign']);
      if (!taken.ok) return taken;
      held.push(...taken.value);
    }
    const recovered = await recover(at, known.value.campaigns);
    return recovered.ok ? await work() : recovered;
  } finally {
    await releaseLocks(held);
  }
}

function recover(
  app: Pick<App, 'ledgers' | 'ledgerFile' | 'clock'>,
  campaigns: readonly CampaignRecord[],
): Promise<Result<null>> {
  return withLedger(app, 'existing', async (ledger) => {
    for (const { id } of campaigns) await ledger.runs.recover(id, app.clock.now());
    return ok(null);
  });
}
