import { type AskResend, resendOf } from '../../core/absence.js';
import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { ReconcileOptions, ReconcileReport } from '../../run/reconcile.js';
import type { ScanProgress } from '../../run/reconcile-scan.js';
import { settleUncertain } from '../../run/settle-uncertain.js';
import type { App } from '../app.js';
import { senderThrottle } from '../send/sender-throttle.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { type ControlObserver, controlMaker } from './control-message.js';

/** What settling one campaign stands on. */
export interface SettleDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly read: ReadCampaign;
  readonly target: Target;
  readonly record: CampaignRecord;
  /** null: the usual pace. */
  readonly pagesPerSecond: number | null;
  readonly signal: AbortSignal;
  /** Told how far the list is read. */
  readonly onPage: (progress: ScanProgress) => void;
}

/** Reads the provider's list and settles what it tells; the locks must be held. */
export async function settle(
  deps: SettleDeps & { readonly control: ControlObserver },
  resend: { readonly absent: boolean; readonly ask: AskResend | null },
): Promise<Result<ReconcileReport>> {
  const { app, ledger, read, target, record, pagesPerSecond, signal, onPage } = deps;
  const { campaign } = read;
  const list = await app.provider.list(campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const scope = { campaignId: record.id, workspace: record.workspace, sender };
  const { throttle, close } = await senderThrottle(ledger.runs, sender, campaign, app);
  const control = { app, ledger, campaignId: record.id, read, target, throttle, observer: deps.control };
  try {
    return await settleUncertain(
      {
        ledger: ledger.settling(scope, app.readClocks),
        list,
        clock: app.clock,
        control: controlMaker(control),
        signal,
        onPage,
        ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
      },
      settleOptions(campaign, resend.absent, resend.ask, app.operator),
    );
  } finally {
    await close();
    await list.close();
  }
}

/** How a campaign's uncertain ones are settled; `ask`: somebody who can be asked, or null. */
export function settleOptions(
  { uncertain, timeoutMs }: Campaign,
  resendAbsent: boolean,
  ask: AskResend | null,
  operator: string,
): ReconcileOptions {
  return {
    policy: { settleMs: uncertain.settleMs, timeoutMs },
    resend: resendOf(uncertain.resend, resendAbsent, ask),
    by: operator,
  };
}
