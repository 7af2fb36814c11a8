import { digestAsShown, requirePlan } from '../../app/plan/plan-digest.js';
import type { SendDisplay } from '../../app/send/display.js';
import type { Clock } from '../../core/clock.js';
import type { Counts } from '../../core/counts.js';
import type { Plan } from '../../core/plan.js';
import { ok, type Problem } from '../../core/problem.js';
import type { CampaignJson } from '../campaign-json.js';
import { CommandFailure, EXIT } from '../exit-codes.js';

/** Who sends what was confirmed: this process, as usual, or one that goes on by itself. */
export interface Handover {
  /** The display of a run, with what has to happen at its question. */
  readonly shown: (display: SendDisplay) => SendDisplay;
  /** When a person confirmed this campaign to another process, epoch milliseconds; null: not before this one asks. */
  readonly confirmedAt: (campaign: string) => number | null;
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
  confirmedAt: () => null,
  goesOn: () => false,
  tells: () => false,
  requireUnchanged: () => undefined,
};

/** A campaign that a person confirmed. */
export interface ConfirmedCampaign {
  readonly name: string;
  readonly file: string;
  readonly counts: Counts;
  readonly planDigest: string;
  readonly confirmedAt: number;
}

/** Asks and keeps the answers; nothing is sent here. */
export class Asking implements Handover {
  readonly confirmed: ConfirmedCampaign[] = [];
  documents: readonly CampaignJson[] = [];
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  shown(display: SendDisplay): SendDisplay {
    const confirm: SendDisplay['confirm'] = async (campaign, plan, rejectedFile) => {
      const { name, file } = campaign;
      // As of the plan: whoever answers may take her time.
      const confirmedAt = this.#clock.now();
      if (await display.confirm(campaign, plan, rejectedFile))
        this.confirmed.push({ name, file, counts: plan.counts, planDigest: plan.digest, confirmedAt });
      return false;
    };
    return displayWith(display, confirm);
  }

  confirmedAt(): null {
    return null;
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

/** What may go out, by campaign, as it was confirmed. */
export type ConfirmedPlans = Readonly<Record<string, ConfirmedPlan>>;

/** How many may go out, and by which plan; null: that is held against it elsewhere. */
export interface ConfirmedPlan {
  readonly count: number;
  readonly planDigest: string | null;
  readonly confirmedAt: number;
}

/** Sends what was confirmed elsewhere, and no more than that. */
export class ConfirmedSend implements Handover {
  readonly #plans: ConfirmedPlans;
  readonly #begins: () => Promise<void>;
  #hasBegun = false;
  #changed: readonly Problem[] = [];

  /** @param begins called when the locks are held, the plan is made, and nothing stands in the way */
  constructor(plans: ConfirmedPlans, begins: () => Promise<void>) {
    this.#plans = plans;
    this.#begins = begins;
  }

  /** Whether a run of it stood in the ledger. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  shown(display: SendDisplay): SendDisplay {
    const confirm: SendDisplay['confirm'] = async (campaign, plan, rejectedFile) => {
      if (!(await display.confirm(campaign, plan, rejectedFile))) return false;
      const confirmed = this.#plans[campaign.name] ?? { count: 0, planDigest: null };
      this.#changed = changesOf(plan, confirmed);
      if (this.#changed.length > 0) return false;
      await this.#begins();
      return true;
    };
    const begun = (runId: number): void => {
      this.#hasBegun = true;
      display.begun(runId);
    };
    return { ...displayWith(display, confirm), begun };
  }

  confirmedAt(campaign: string): number | null {
    return this.#plans[campaign]?.confirmedAt ?? null;
  }

  goesOn(): boolean {
    return false;
  }

  tells(): boolean {
    return false;
  }

  requireUnchanged(): void {
    if (this.#changed.length > 0) throw new CommandFailure(EXIT.unusable, this.#changed);
  }
}

/** What keeps a plan from being the confirmed one: it may take more people out, and be for fewer. */
function changesOf(
  plan: Plan,
  { count: confirmed, planDigest }: Omit<ConfirmedPlan, 'confirmedAt'>,
): readonly Problem[] {
  const count = plan.counts.pending;
  if (count > confirmed) return [{ code: 'send.detached-changed', params: { count, confirmed } }];
  const same = planDigest === null ? ok(null) : requirePlan(planDigest, digestAsShown(plan, planDigest));
  return same.ok ? [] : same.problems.filter(({ code }) => code !== 'plan.changed-suppress');
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
