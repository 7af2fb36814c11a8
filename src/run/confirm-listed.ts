import { CLOCK_SKEW_MS, NAMELESS_BEFORE_MS } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import type { AuditLedger, PresenceWritten } from '../core/reconcile-ports.js';
import type { ScanReport } from '../core/reconcile-report.js';
import { settlePresent } from './reconcile-presence.js';
import { readList, type ScanPorts } from './reconcile-scan.js';

/** What a look at accepted deliveries needs: the ledger of one campaign, and the provider's list. */
export interface ConfirmPorts extends ScanPorts {
  readonly ledger: AuditLedger;
}

/** What a look came to. The records of the scan are still in the ledger: `forgetRecords` takes them away. */
export interface Confirmed {
  /** Incomplete: what was found holds for what was read. */
  readonly scan: ScanReport;
  readonly present: PresenceWritten;
}

/**
 * Reads the provider's list as of now and writes what it says of accepted deliveries: `listed` or `failed`.
 * Fails only when the ledger does.
 *
 * @param by who runs it, for the evidence
 * @param settle whether uncertain deliveries that it shows become accepted; else statuses stay as they are
 */
export async function confirmListed(
  ports: ConfirmPorts,
  by: string,
  settle: boolean,
): Promise<Result<Confirmed>> {
  const { ledger, clock } = ports;
  const at = clock.now();
  const opened = await ledger.openedAt();
  if (!opened.ok) return opened;
  const fromAt = opened.value - NAMELESS_BEFORE_MS - CLOCK_SKEW_MS;
  const scan = await readList(ports, { purpose: 'look', at, fromAt, startedAfter: at });
  if (!scan.ok) return scan;
  const present = await settlePresent({ ledger, clock, by }, scan.value, settle);
  return present.ok ? ok({ scan: scan.value, present: present.value }) : present;
}
