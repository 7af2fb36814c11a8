import type { RunSettings } from '../../core/campaign.js';
import type { GateStore } from '../../core/ledger/ledger.js';
import type { Gate, LedgerFailure, Written } from '../../core/ports.js';
import { whenFree } from '../../run/busy-ledger.js';
import { CanaryGate } from '../../run/canary-gate.js';
import { DailyCapGate } from '../../run/daily-cap-gate.js';
import { ScheduleGate } from '../../run/schedule-gate.js';
import type { App } from '../app.js';

/** What the gates of a campaign stand on. */
export interface GateDeps {
  readonly app: Pick<App, 'campaignFiles' | 'clock'>;
  readonly ledger: GateStore;
  readonly noWait: boolean;
  /** Lets a moment pass while another program writes to the ledger. */
  readonly ledgerBusy: () => Promise<void>;
  /** Reads the provider's list before the canary is judged. */
  readonly lookAtList: () => Promise<Written>;
}

/** The gates that a campaign asks for, in the order in which they are asked; or why the ledger cannot be written. */
export async function gatesOf(
  campaign: RunSettings,
  { app, ledger, noWait, ledgerBusy, lookAtList }: GateDeps,
): Promise<readonly Gate[] | LedgerFailure> {
  const { schedule, limits, canary, recipients } = campaign;
  const written = await whenFree(() => ledger.forgetPostponing(app.clock.now()), ledgerBusy);
  if (written.kind === 'failed') return written;
  const gates: Gate[] = [];
  if (schedule !== null) {
    const zones = await app.campaignFiles.zones();
    gates.push(new ScheduleGate({ schedule, campaignCountry: recipients.country, zones, ledger, noWait }));
  }
  if (limits.perDay !== null) gates.push(new DailyCapGate(ledger, limits.perDay, noWait));
  if (canary !== null) gates.push(new CanaryGate(canary, ledger, app.clock, lookAtList));
  return gates;
}
