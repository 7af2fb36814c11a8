import type { ProviderList } from '../../src/core/reconcile-ports.js';
import { settlingIn } from '../../src/ledger/sqlite/reconcile-ledger.js';
import { startRecovery } from '../../src/ledger/sqlite/recover.js';
import { audit } from '../../src/run/audit.js';
import type { Dice } from './dice.js';
import { idOf, UNHARMED } from './lives.js';
import { Mortal } from './mortal.js';
import { SENDER, WORKSPACE } from './names.js';
import { runProcess } from './process.js';
import type { SimulatedCampaign } from './settings.js';
import { settle } from './settle.js';
import type { World } from './world.js';

/** `plazcast reconcile --resend-absent` or `--audit`: a process of its own, which may crash as any. */
export async function runCommand(
  world: World,
  campaign: SimulatedCampaign,
  command: 'reconcile' | 'audit',
  dice: Dice,
): Promise<void> {
  const campaignId = idOf(world, campaign);
  if (campaignId === null) return;
  const crashAtStep = dice.chance(0.2) ? dice.between(1, 40) : null;
  const doom = { ...UNHARMED, crashAtStep };
  const mortal = new Mortal(world, doom);
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    startRecovery(mortal.db, campaignId, mortal.clock.now());
    if (command === 'reconcile') return settle(world, mortal, campaignId, stop.signal);
    const scope = { campaignId, workspace: WORKSPACE, sender: SENDER };
    const list: ProviderList = {
      read: (token, signal) => mortal.through('page', () => world.list.read(token, signal)),
    };
    const ledger = mortal.stepped(settlingIn(mortal.db, scope, world.readClocks));
    await audit(
      { ledger, list, clock: mortal.clock, signal: stop.signal },
      'model',
      () => Promise.resolve(),
      world.settings.settleMs,
    );
  };
  const ended = await runProcess(world, mortal, doom, stop, work);
  world.tell(`${command}: ${ended.kind}`);
  if (ended.kind === 'rejected') throw ended.error;
}
