import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { type AskResend, resendOf } from '../../core/absence.js';
import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReconcileOptions, ReconcileReport } from '../../run/reconcile.js';
import { settleUncertain } from '../../run/settle-uncertain.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { operatorName } from '../control/control-command.js';
import { readClocks } from '../machine-clocks.js';
import { orFail } from '../problems.js';
import { showReading } from '../progress/show-reading.js';
import { senderThrottle } from '../send/sender-throttle.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { controlMaker } from './control-message.js';
import { providerList } from './provider-list.js';

/** What settling one campaign stands on. */
export interface SettleSurroundings {
  readonly cli: Cli;
  readonly ledger: Ledger;
  readonly read: ReadCampaign;
  readonly target: Target;
  readonly record: CampaignRecord;
  readonly resendAbsent: boolean;
  /** null: the usual pace. */
  readonly pagesPerSecond: number | null;
  readonly signal: AbortSignal;
}

/** Reads the provider's list and settles what it tells; the locks must be held. */
export async function settle(around: SettleSurroundings): Promise<ReconcileReport> {
  const { cli, ledger, read, target, record, pagesPerSecond, signal } = around;
  const { campaign } = read;
  const list = providerList(campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const scope = { campaignId: record.id, workspace: record.workspace, sender };
  const { uncertain } = await ledger.campaigns.counts(record.id);
  const shown = await showReading(uncertain, cli);
  const ask = (count: number): Promise<boolean> => {
    shown.close();
    return askResend(count, cli);
  };
  const { throttle, close } = await senderThrottle(ledger.runs, sender, campaign, systemClock);
  try {
    const report = await settleUncertain(
      {
        ledger: ledger.settling(scope, readClocks),
        list,
        clock: systemClock,
        control: controlMaker({ cli, ledger, campaignId: record.id, read, target, throttle }),
        signal,
        onPage: shown.onPage,
        ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
      },
      settleOptions(campaign, around.resendAbsent, cli.terminal.canAsk ? ask : null),
    );
    return orFail(report);
  } finally {
    shown.close();
    await close();
    await list.close();
  }
}

/** How a campaign's uncertain ones are settled; `ask`: somebody who can be asked, or null. */
export function settleOptions(
  { uncertain, timeoutMs }: Campaign,
  resendAbsent: boolean,
  ask: AskResend | null,
): ReconcileOptions {
  return {
    policy: { settleMs: uncertain.settleMs, timeoutMs },
    resend: resendOf(uncertain.resend, resendAbsent, ask),
    by: operatorName(),
  };
}

/** Asks whether those proven absent are sent again. `signal` takes the question back: then they are not. */
export async function askResend(
  count: number,
  { say, terminal }: Cli,
  signal?: AbortSignal,
): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  const message = say('reconcile.ask-resend', { count });
  const context = { ...terminal.asks, ...(signal === undefined ? {} : { signal }) };
  return confirm({ message, default: false }, context).catch(() => false);
}
