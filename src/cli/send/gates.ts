import type { Campaign } from '../../core/campaign.js';
import type { GateStore } from '../../core/ledger/ledger.js';
import type { Gate, Written } from '../../core/ports.js';
import { whenFree } from '../../run/busy-ledger.js';
import { CanaryGate } from '../../run/canary-gate.js';
import { DailyCapGate } from '../../run/daily-cap-gate.js';
import { ScheduleGate } from '../../run/schedule-gate.js';
import { systemClock } from '../clock.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT } from '../exit-codes.js';

/** What the gates of a campaign stand on. */
export interface GateSurroundings {
  readonly ledger: GateStore;
  readonly noWait: boolean;
  /** Lets a moment pass while another program writes to the ledger. */
  readonly ledgerBusy: () => Promise<void>;
  /** Reads the provider's list before the canary is judged. */
  readonly lookAtList: () => Promise<Written>;
}

/** The gates that a campaign asks for, in the order in which they are asked. */
export async function gatesOf(campaign: Campaign, around: GateSurroundings): Promise<readonly Gate[]> {
  const { schedule, limits, canary, recipients } = campaign;
  const { ledger, noWait } = around;
  const written = await whenFree(() => ledger.forgetPostponing(), around.ledgerBusy);
  if (written.kind === 'failed') throw new CommandFailure(EXIT.halted, [written.problem]);
  const gates: Gate[] = [];
  if (schedule !== null) {
    const { ianaZones } = await import('../../campaign/zones.js');
    const zones = ianaZones();
    gates.push(new ScheduleGate({ schedule, campaignCountry: recipients.country, zones, ledger, noWait }));
  }
  if (limits.perDay !== null) gates.push(new DailyCapGate(ledger, limits.perDay, noWait));
  if (canary !== null) gates.push(new CanaryGate(canary, ledger, systemClock, around.lookAtList));
  return gates;
}
