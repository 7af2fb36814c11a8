import type { ProviderList } from '../../src/core/reconcile-ports.js';
import { settlingIn } from '../../src/ledger/sqlite/reconcile-ledger.js';
import { reconcile } from '../../src/run/reconcile.js';
import type { Mortal } from './mortal.js';
import { SENDER, WORKSPACE } from './names.js';
import type { World } from './world.js';

/** Reads the provider's list and settles what it tells; who is proven absent goes out again. */
export async function settle(
  world: World,
  mortal: Mortal,
  campaignId: number,
  signal: AbortSignal,
): Promise<void> {
  const { settings, tally, list } = world;
  const scope = { campaignId, workspace: WORKSPACE, sender: SENDER };
  const stepped: ProviderList = {
    read: (token, aborted) => mortal.through('page', () => list.read(token, aborted)),
  };
  tally.scans += 1;
  const report = await reconcile(
    {
      ledger: mortal.stepped(settlingIn(mortal.db, scope, world.readClocks)),
      list: stepped,
      clock: mortal.clock,
      signal,
    },
    {
      policy: { settleMs: settings.settleMs, timeoutMs: settings.provider.timeoutMs },
      resend: 'yes',
      by: 'model',
    },
  );
  if (!report.ok) return;
  tally.resends += report.value.requeued;
  const { accepted, provenAbsent, left } = report.value;
  world.tell(`reconciled: accepted ${accepted}, absent ${provenAbsent}, left ${left}`);
}
