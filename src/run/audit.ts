import { CLOCK_SKEW_MS, UNCLEAR_BEFORE_MS } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import {
  type AuditCursor,
  type AuditFinding,
  type AuditFindingKind,
  type AuditLedger,
  FIRST_FINDINGS,
} from '../core/reconcile-ports.js';
import { settlePresent } from './reconcile-presence.js';
import { readList, type ScanPorts, type ScanReport } from './reconcile-scan.js';

/** What an audit needs: the ledger of one campaign, and the provider's list. */
export interface AuditPorts extends ScanPorts {
  readonly ledger: AuditLedger;
}

/** Takes findings in batches, in the order of their rows. */
export type FindingsSink = (findings: readonly AuditFinding[]) => Promise<void>;

/** What an audit came to. Clean when the scan is complete and there is no finding. */
export interface AuditReport {
  /** Accepted deliveries that were compared. */
  readonly accepted: number;
  /** Those of `accepted` that are in the list (failed ones, too); null: the list was read only in part. */
  readonly matched: number | null;
  readonly findings: Readonly<Record<AuditFindingKind, number>>;
  /** Accepted deliveries whose confirmation is new or changed. */
  readonly confirmed: number;
  /** Incomplete: nothing is called missing, and what was found holds for what was read. */
  readonly scan: ScanReport;
}

/**
 * Compares every accepted delivery of a campaign with the provider's list: `missing` in it, there `twice`, `failed`
 * by its word, or `unknown` (in the list under this template and campaign name, but not sent from this ledger).
 * Statuses stay as they are; confirmations are written. Always begins a scan of its own, so that the list is as of
 * now. Memory does not grow with the campaign or the list. Fails only when the ledger does.
 *
 * @param by who runs it
 */
export async function audit(ports: AuditPorts, by: string, sink: FindingsSink): Promise<Result<AuditReport>> {
  const { ledger, clock } = ports;
  const at = clock.now();
  const first = await ledger.firstAttemptAt();
  if (!first.ok) return first;
  const accepted = await ledger.acceptedCount();
  if (!accepted.ok) return accepted;
  const fromAt = (first.value ?? at) - UNCLEAR_BEFORE_MS - CLOCK_SKEW_MS;
  const scan = await readList(ports, { at, fromAt, startedAfter: at });
  if (!scan.ok) return scan;
  const present = await settlePresent({ ledger, clock, by }, scan.value, false);
  if (!present.ok) return present;
  const findings = await writeFindings(ledger, scan.value, sink);
  if (!findings.ok) return findings;
  const forgotten = await ledger.forgetRecords(scan.value.id);
  if (!forgotten.ok) return forgotten;
  return ok({
    accepted: accepted.value,
    matched: scan.value.complete ? accepted.value - findings.value.missing : null,
    findings: findings.value,
    confirmed: present.value.confirmed,
    scan: scan.value,
  });
}

async function writeFindings(
  ledger: AuditLedger,
  scan: ScanReport,
  sink: FindingsSink,
): Promise<Result<Record<AuditFindingKind, number>>> {
  const counts = { missing: 0, twice: 0, unknown: 0, failed: 0 };
  let cursor: AuditCursor | null = FIRST_FINDINGS;
  while (cursor !== null) {
    const batch = await ledger.findings(scan.id, cursor, scan.complete);
    if (!batch.ok) return batch;
    for (const { finding } of batch.value.findings) counts[finding] += 1;
    if (batch.value.findings.length > 0) await sink(batch.value.findings);
    cursor = batch.value.next;
  }
  return ok(counts);
}
