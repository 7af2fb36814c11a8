import { Breaker } from '../../src/core/breaker.js';
import type { Gate, RunLedger, RunObserver, Sender, Throttle } from '../../src/core/ports.js';
import type { ProviderList } from '../../src/core/reconcile-ports.js';
import type { ReconcileReport } from '../../src/core/reconcile-report.js';
import { gatesIn } from '../../src/ledger/sqlite/gate-ledger.js';
import { settlingIn } from '../../src/ledger/sqlite/reconcile-ledger.js';
import { CanaryGate } from '../../src/run/canary-gate.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { DailyCapGate } from '../../src/run/daily-cap-gate.js';
import { deliver } from '../../src/run/deliver.js';
import type { Delivered } from '../../src/run/deliver-ports.js';
import type { LedgerGate } from '../../src/run/ledger-gate.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { SettlingBeside } from '../../src/run/settling-beside.js';
import type { Mortal } from './mortal.js';
import { SENDER, WORKSPACE } from './names.js';
import type { SimulatedCampaign } from './settings.js';
import type { World } from './world.js';

/** What a run delivers with. */
export interface Delivering {
  readonly world: World;
  readonly campaign: SimulatedCampaign;
  readonly campaignId: number;
  readonly mortal: Mortal;
  /** `--limit`; null: none. */
  readonly limit: number | null;
  readonly stop: AbortSignal;
  readonly ledger: RunLedger;
  /** Watches over the ledger's file. */
  readonly guard: LedgerGate | null;
  readonly sender: Sender;
  readonly throttle: Throttle;
  readonly observer: RunObserver;
}

/** Sends what is due and settles beside it, wired as the command line does it. */
export async function deliverAll(delivering: Delivering): Promise<Delivered> {
  const { world, campaign, mortal, limit, stop, ledger, guard, sender, throttle, observer } = delivering;
  const { settings } = world;
  const { clock } = mortal;
  const beside = settlingBeside(delivering);
  const gates = gatesOf(delivering, beside);
  beside.begin();
  const delivered = await deliver({
    ledger,
    sender,
    throttle,
    gates: guard === null ? gates : [guard, ...gates],
    breaker: new Breaker(campaign.stopWhen),
    connections: new ConnectionBreaker('http://model'),
    control: new ControlPoller(ledger, clock, false),
    observer,
    concurrency: settings.concurrency,
    limit: new RunLimit(limit),
    policy: { attempts: settings.attempts },
    clock,
    chance: () => mortal.dice.roll(),
    stop,
    turn: () => clock.sleep(0),
  });
  await beside.close(delivered.halt === null && !delivered.interrupted);
  const halt = guard?.verdict() ?? delivered.halt;
  return { ...delivered, fatal: delivered.fatal ?? beside.fatal, halt };
}

function gatesOf({ campaign, campaignId, mortal }: Delivering, beside: SettlingBeside): readonly Gate[] {
  const { canary, perDay } = campaign;
  const ledger = gatesIn(mortal.db, campaignId, WORKSPACE);
  return [
    beside,
    ...(perDay === null ? [] : [new DailyCapGate(ledger, perDay, true)]),
    ...(canary === null ? [] : [new CanaryGate(canary, ledger, mortal.clock, () => beside.look())]),
  ];
}

/** Reads the list beside the run, as `send` does. */
function settlingBeside({ world, campaignId, mortal, stop }: Delivering): SettlingBeside {
  const { settings, tally, list } = world;
  const scope = { campaignId, workspace: WORKSPACE, sender: SENDER };
  const stepped: ProviderList = {
    read: (token, signal) => {
      if (token === null) tally.scans += 1;
      return mortal.through('page', () => list.read(token, signal));
    },
  };
  const settled = ({ requeued, accepted, provenAbsent, left }: ReconcileReport): void => {
    if (mortal.died) return;
    tally.resends += requeued;
    world.tell(`reconciled: accepted ${accepted}, absent ${provenAbsent}, left ${left}`);
  };
  return new SettlingBeside(
    {
      ledger: mortal.stepped(settlingIn(mortal.db, scope, world.readClocks)),
      list: stepped,
      clock: mortal.clock,
      control: null,
      observer: { reading: () => undefined, settled, failed: () => undefined },
      stop,
    },
    {
      policy: { settleMs: settings.settleMs, timeoutMs: settings.provider.timeoutMs },
      resend: 'yes',
      by: 'model',
    },
  );
}
