import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Throttle } from '../../core/ports.js';
import { SettlingBeside } from '../../run/settling-beside.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { readClocks } from '../machine-clocks.js';
import { controlMaker } from '../reconcile/control-message.js';
import { providerList } from '../reconcile/provider-list.js';
import { settleOptions } from '../reconcile/settle.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import type { SendDisplay } from './display.js';

/** What settling beside a run stands on. */
export interface SettlingSurroundings {
  readonly cli: Cli;
  readonly ledger: Ledger;
  readonly read: ReadCampaign;
  readonly target: Target;
  readonly record: CampaignRecord;
  readonly throttle: Throttle;
  readonly display: SendDisplay;
  readonly stop: AbortSignal;
}

/** Settling beside a run, and the end of it. */
export interface Settling {
  readonly beside: SettlingBeside;
  /** `patient`: not before a short list has been read. */
  readonly close: (patient: boolean) => Promise<void>;
}

/** Begins to settle beside a run what is uncertain in its campaign. */
export function settlingBeside(around: SettlingSurroundings): Settling {
  const { cli, ledger, read, target, record, throttle, display, stop } = around;
  const { campaign } = read;
  const list = providerList(campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const { id: campaignId, workspace } = record;
  const beside = new SettlingBeside(
    {
      ledger: ledger.settling({ campaignId, workspace, sender }, readClocks),
      list,
      clock: systemClock,
      control: controlMaker({ cli, ledger, campaignId, read, target, throttle }),
      observer: display.settling,
      stop,
    },
    settleOptions(campaign, false, display.askResend),
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
