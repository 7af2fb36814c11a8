import type { RunSettings } from '../../core/campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Throttle } from '../../core/ports.js';
import { LONGEST_WAIT_MS, SettlingBeside } from '../../run/settling-beside.js';
import type { App } from '../app.js';
import { controlMaker } from '../reconcile/control-message.js';
import { settleOptions } from '../reconcile/settle.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import type { RunDisplay } from './display.js';

/** What settling beside a run stands on. */
export interface SettlingDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly campaign: RunSettings;
  readonly target: Target;
  readonly record: CampaignRecord;
  readonly throttle: Throttle;
  readonly display: RunDisplay;
  readonly stop: AbortSignal;
}

/** Settling beside a run, and the end of it. */
export interface Settling {
  readonly beside: SettlingBeside;
  /** `patient`: not before a short list has been read. */
  readonly close: (patient: boolean) => Promise<void>;
}

/** Begins to settle beside a run what is uncertain in its campaign. */
export async function settlingBeside(deps: SettlingDeps): Promise<Settling> {
  const { app, ledger, campaign, target, record, throttle, display, stop } = deps;
  const list = await app.provider.list(campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const { id: campaignId, workspace } = record;
  const ask = display.askResend;
  const beside = new SettlingBeside(
    {
      ledger: ledger.settling({ campaignId, workspace, sender }, app.readClocks),
      list,
      clock: app.clock,
      control: controlMaker({
        app,
        ledger,
        campaignId,
        campaign,
        target,
        throttle,
        observer: display.control,
      }),
      observer: display.settling,
      stop,
    },
    settleOptions(
      campaign,
      false,
      ask === null ? null : (count) => ask(count, LONGEST_WAIT_MS),
      app.operator,
    ),
  );
  beside.begin();
  return {
    beside,
    close: async (patient) => {
      try {
        await beside.close(patient);
      } finally {
        await list.close();
      }
    },
  };
}
