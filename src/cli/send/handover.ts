import type { SendDisplay } from '../../app/send/display.js';
import type { Counts } from '../../core/counts.js';
import type { Problem } from '../../core/problem.js';
import type { CampaignJson } from '../campaign-json.js';
import { CommandFailure, EXIT } from '../exit-codes.js';

/** Who sends what was confirmed: this process, as usual, or one that goes on by itself. */
export interface Handover {
  /** The display of a run, with what has to happen at its question. */
  readonly shown: (display: SendDisplay) => SendDisplay;
  /** Whether this campaign was confirmed and is sent by another process. */
  readonly goesOn: (campaign: string) => boolean;
  /** Takes the documents of `--json`; true: somebody else prints them. */
  readonly tells: (documents: readonly CampaignJson[]) => boolean;
  /** Ends the command when what was confirmed is not what would go out. */
  readonly requireUnchanged: () => void;
}

/** The usual way: who asked sends. */
export const SENDS_ITSELF: Handover = {
  shown: (display) => display,
  goesOn: () => false,
  tells: () => false,
  requireUnchanged: () => undefined,
};

/** A campaign that a person confirmed. */
export interface ConfirmedCampaign {
  readonly name: string;
  readonly file: string;
  readonly counts: Counts;
}

/** Asks and keeps the answers; nothing is sent here. */
export class Asking implements Handover {
  readonly confirmed: ConfirmedCampaign[] = [];
  documents: readonly CampaignJson[] = [];

  shown(display: SendDisplay): SendDisplay {
    const confirm: SendDisplay['confirm'] = async (campaign, plan, rejectedFile) => {
      const { name, file } = campaign;
      if (await display.confirm(campaign, plan, rejectedFile))
        this.confirmed.push({ name, file, counts: plan.counts });
      return false;
    };
    return displayWith(display, confirm);
  }

  goesOn(campaign: string): boolean {
    return this.confirmed.some(({ name }) => name === campaign);
  }

  tells(documents: readonly CampaignJson[]): boolean {
    this.documents = documents;
    return this.confirmed.length > 0;
  }

  requireUnchanged(): void {
    // Nothing is sent here that could differ from what was shown.
  }
}

/** How many may go out, by campaign, as they were confirmed. */
export type ConfirmedCounts = Readonly<Record<string, number>>;

/** Sends what was confirmed elsewhere, and no more than that. */
export class ConfirmedSend implements Handover {
  readonly #counts: ConfirmedCounts;
  readonly #begins: () => Promise<void>;
  #changed: Problem | null = null;

  /** @param begins called when the locks are held, the plan is made, and nothing stands in the way */
  constructor(counts: ConfirmedCounts, begins: () => Promise<void>) {
    this.#counts = counts;
    this.#begins = begins;
  }

  shown(display: SendDisplay): SendDisplay {
    const confirm: SendDisplay['confirm'] = async (campaign, plan, rejectedFile) => {
      if (!(await display.confirm(campaign, plan, rejectedFile))) return false;
      const confirmed = this.#counts[campaign.name] ?? 0;
      const count = plan.counts.pending;
      if (count > confirmed) {
        this.#changed = { code: 'send.detached-changed', params: { count, confirmed } };
        return false;
      }
      await this.#begins();
      return true;
    };
    return displayWith(display, confirm);
  }

  goesOn(): boolean {
    return false;
  }

  tells(): boolean {
    return false;
  }

  requireUnchanged(): void {
    if (this.#changed !== null) throw new CommandFailure(EXIT.unusable, [this.#changed]);
  }
}

function displayWith(display: SendDisplay, confirm: SendDisplay['confirm']): SendDisplay {
  return {
    opened: (campaignId) => display.opened(campaignId),
    begun: (runId) => display.begun(runId),
    recovered: (count) => display.recovered(count),
    ledgerBusy: (wait) => display.ledgerBusy(wait),
    acceptedForNothing: (campaign) => display.acceptedForNothing(campaign),
    waitsInLine: (owner) => display.waitsInLine(owner),
    confirm,
    watch: (...about) => display.watch(...about),
    settling: display.settling,
    control: display.control,
    askResend: display.askResend,
  };
}
