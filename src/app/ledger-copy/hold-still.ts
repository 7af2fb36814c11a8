import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { HeldLock } from '../../core/ledger/locks.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { lockPlaces, releaseLocks, takeLocks } from '../locks.js';
import { withLedger } from '../open-ledger.js';

/** What a move stands on. */
export type CopyApp = Pick<App, 'ledgers' | 'ledgerCopies' | 'clock' | 'process'>;

/**
 * Works with a ledger none of whose campaigns is worked at meanwhile: the locks of all are held, and what a run left that
 * died is uncertain. A problem names who works.
 */
export async function holdStill<T>(
  ledgerFile: string,
  app: CopyApp,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const at = { ...app, ledgerFile };
  const looked = await withLedger(at, 'read', async (ledger) => {
    const { campaigns, identity, sharedLocks } = ledger;
    const known = { hasMoved: (await identity.movedTo()) !== null, campaigns: await campaigns.list(null) };
    // Locks that machines share are held by an open ledger.
    return ok({ known, done: sharedLocks === null ? null : await stilled(at, ledger, known, work) });
  });
  if (!looked.ok) return looked;
  return looked.value.done ?? stilled(at, null, looked.value.known, work);
}

/** What is known of a ledger before it is worked with. */
interface Known {
  /** Nobody sends from it any more, and nothing of it can be written. */
  readonly hasMoved: boolean;
  readonly campaigns: readonly CampaignRecord[];
}

async function stilled<T>(
  at: CopyApp & Pick<App, 'ledgerFile'>,
  ledger: Ledger | null,
  { hasMoved, campaigns }: Known,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const held: HeldLock[] = [];
  try {
    for (const campaign of hasMoved && ledger !== null ? [] : campaigns) {
      const taken = await takeLocks(at, ledger, placesOf(at.ledgerFile, campaign), campaign.name, [
        'campaign',
      ]);
      if (!taken.ok) return taken;
      held.push(...taken.value);
    }
    const recovered = hasMoved ? ok(null) : await recover(at, campaigns);
    return recovered.ok ? await work() : recovered;
  } finally {
    await releaseLocks(held);
  }
}

function placesOf(ledgerFile: string, campaign: CampaignRecord): ReturnType<typeof lockPlaces> {
  // Whoever sends holds the lock of the campaign, too: those of senders are not asked for.
  return lockPlaces(ledgerFile, '', campaign, '');
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
