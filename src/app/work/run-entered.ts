import type { RunSettings } from '../../core/campaign.js';
import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { EnteredRun, SharedRuns } from '../../core/ledger/shared-runs.js';
import type { PlanCounts } from '../../core/plan.js';
import type { Halt } from '../../core/problem.js';
import { LEDGER_BUSY } from '../../run/busy-ledger.js';
import { CANCELED } from '../../run/control-poller.js';
import { type DeliverySteps, deliverPlanned, obstacleTo, type RanEnd } from '../../run/run-campaign.js';
import { RunLimit } from '../../run/run-limit.js';
import type { App } from '../app.js';
import { requireApproved } from '../approval/require-approved.js';
import { LedgerWait } from '../send/busy-ledger.js';
import { CampaignDelivery, FAILOVER, isFailover } from '../send/deliver-run.js';
import type { RunDisplay } from '../send/display.js';
import type { GuardDeps } from '../send/run-guard.js';
import type { Target } from '../target.js';
import { leaveEnded } from './in-line.js';

/** A run of the ledger that this machine owns: the leases of its campaign and of its sender are held. */
export interface OwnedRun extends GuardDeps {
  readonly app: App;
  readonly ledger: Ledger;
  readonly shared: SharedRuns;
  readonly entered: EnteredRun;
  readonly settings: RunSettings;
  readonly target: Target;
  readonly record: CampaignRecord;
  /** How many more it may try; null: no limit. */
  readonly left: number | null;
  /** A person vouches for a database that was switched to another server. */
  readonly acceptFailover: boolean;
  readonly stop: AbortSignal;
  readonly display: RunDisplay;
}

/** How it ended here; or why it did not begin, which stands in the ledger by then. */
export type OwnedEnd = RanEnd | { readonly kind: 'stopped'; readonly halt: Halt; readonly counts: Counts };

/**
 * Goes on with a run as whoever entered it would: what its owner left in flight is uncertain, and nothing is asked. Its
 * recipients are those of the ledger, whatever became of any file.
 */
export async function runEntered(given: OwnedRun): Promise<OwnedEnd> {
  // The log and the run name who confirmed it, and not whose machine it is.
  const owned = { ...given, app: { ...given.app, operator: given.entered.by } };
  const { app, ledger, shared, settings, record, left, display } = owned;
  const { noWait } = owned.entered;
  const ledgerWait = new LedgerWait(app, () => display.ledgerBusy(LEDGER_BUSY));
  const options = { limit: new RunLimit(left), noWait, acceptFailover: owned.acceptFailover };
  const delivery = new CampaignDelivery({ ...owned, campaign: settings, ledgerWait, options }, record);
  try {
    const recovered = await ledger.runs.recover(record.id, app.clock.now());
    if (recovered > 0) display.recovered(recovered);
    // Who was skipped when it was confirmed stays so, whatever list or limit let go of them since; each claim skips who came onto one.
    const plan: PlanCounts = await ledger.imports.planFacts(record.id);
    const steps = stepsOf(owned, delivery, ledgerWait);
    const ended = await deliverPlanned(plan, await obstacleTo(plan, steps), steps);
    if (ended.kind === 'unusable') {
      await shared.stop(record.id, NOT_APPROVED);
      return { kind: 'stopped', halt: NOT_APPROVED, counts: await ledger.campaigns.counts(record.id) };
    }
    const end = await delivery.lastWords(ended);
    if (delivery.runId !== null && !end.delivered.interrupted)
      await leaveEnded(shared, { campaignId: record.id, runId: delivery.runId, halt: codeOf(end) });
    return end;
  } catch (error) {
    if (!isFailover(error)) throw error;
    return { kind: 'stopped', halt: FAILOVER, counts: await ledger.campaigns.counts(record.id) };
  } finally {
    delivery.close();
  }
}

/** Why a run that was entered does not begin: its approval was voided meanwhile. */
const NOT_APPROVED: Halt = { code: 'halt.not-approved', params: {} };

function stepsOf(
  { app, ledger, record, entered }: OwnedRun,
  delivery: CampaignDelivery,
  ledgerWait: LedgerWait,
): DeliverySteps {
  return {
    now: () => app.clock.now(),
    monotonicMs: () => app.clock.monotonicMs(),
    balance: () => ledger.runs.balance(record.id),
    objection: () => (record.control === 'canceled' ? CANCELED : null),
    // Right before it begins: whoever died was waited for, and it may have been voided meanwhile.
    begin: () => delivery.begin(() => requireApproved(ledger, record, entered.planDigest, app)),
    deliver: (run, plan) => delivery.deliver(run, plan),
    ledgerBusy: () => ledgerWait.aMoment(),
  };
}

function codeOf({ delivered }: RanEnd): string | null {
  return delivered.halt?.code ?? null;
}
