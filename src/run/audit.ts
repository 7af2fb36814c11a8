import { ok, type Result } from '../core/problem.js';
import {
  type AuditCursor,
  type AuditFinding,
  type AuditFindingKind,
  type AuditLedger,
  FIRST_FINDINGS,
  RECORDS_TOO_MANY,
} from '../core/reconcile-ports.js';
import type { AuditReport, ScanReport } from '../core/reconcile-report.js';
import { type ConfirmPorts, confirmListed } from './confirm-listed.js';
import type { SeenScan } from './reconcile-presence.js';

/** Takes findings in batches, in the order of their rows. */
export type FindingsSink = (findings: readonly AuditFinding[]) => Promise<void>;

/**
 * Compares every accepted delivery of a campaign with the provider's list: `missing` in it, there `twice`, `failed`
 * by its word, or `unknown` (in the list under this template and campaign name, but not sent from this ledger).
 * Confirmations are written, and who is pending although the list shows them becomes uncertain; other statuses stay as
 * they are. Always begins a scan of its own, so that the list is as of
 * now. Memory does not grow with the campaign or the list. Fails only when the ledger does.
 *
 * @param by who runs it
 * @param settleMs the campaign's settle time: who was accepted before it needs no other reading
 */
export async function audit(
  ports: ConfirmPorts,
  by: string,
  sink: FindingsSink,
  settleMs: number,
): Promise<Result<AuditReport>> {
  const { ledger } = ports;
  const accepted = await ledger.acceptedCount();
  if (!accepted.ok) return accepted;
  const confirmed = await confirmListed(ports, by, false);
  if (!confirmed.ok) return confirmed;
  const { scan, present } = confirmed.value;
  const held = await ledger.holdListed(scan.id, { by, at: ports.clock.now() });
  if (!held.ok) return held;
  const findings = await writeFindings(ledger, scan, sink);
  if (!findings.ok) return findings;
  const marked = await markRead(ledger, scan, settleMs);
  if (!marked.ok) return marked;
  // Who of the accepted is not in it is a finding, so they tell. Who is held may be the last of many that it had.
  const reachesBack = accepted.value > 0 ? ok(true) : await reachesBackIn(ledger, scan);
  if (!reachesBack.ok) return reachesBack;
  const forgotten = await ledger.forgetRecords(scan.id);
  if (!forgotten.ok) return forgotten;
  return ok({
    reachesBack: reachesBack.value,
    accepted: accepted.value,
    matched: scan.complete ? accepted.value - findings.value.missing : null,
    findings: findings.value,
    held: held.value,
    confirmed: present.confirmed,
    scan,
  });
}

/** Whether the list has a record from before the campaign: else who is not in it may have got it all the same. */
async function reachesBackIn(ledger: AuditLedger, { id }: ScanReport): Promise<Result<boolean>> {
  const opened = await ledger.openedAt();
  if (!opened.ok) return opened;
  const reach = await ledger.reach(id);
  return reach.ok ? ok(reach.value.oldestAt !== null && reach.value.oldestAt < opened.value) : reach;
}

async function markRead(
  ledger: AuditLedger,
  { complete, startedAt }: ScanReport,
  settleMs: number,
): Promise<Result<null>> {
  const looked = complete ? await ledger.unconfirmed(settleMs, startedAt) : ok(null);
  if (!looked.ok) return looked;
  return looked.value === null ? ok(null) : ledger.markConfirmed(looked.value.lastId, startedAt);
}

/** How many records of a scan are one too many, or of nobody whom this ledger sent to. Needs the owners of all of them. */
export async function countFindings(
  ledger: AuditLedger,
  scanId: number,
): Promise<Result<Pick<Record<AuditFindingKind, number>, 'twice' | 'unknown'>>> {
  const nowhere: FindingsSink = () => Promise.resolve();
  const counted = await writeFindings(ledger, { id: scanId, complete: true }, nowhere, RECORDS_TOO_MANY);
  return counted.ok ? ok({ twice: counted.value.twice, unknown: counted.value.unknown }) : counted;
}

async function writeFindings(
  ledger: AuditLedger,
  scan: SeenScan,
  sink: FindingsSink,
  from: AuditCursor = FIRST_FINDINGS,
): Promise<Result<Record<AuditFindingKind, number>>> {
  const counts = { missing: 0, twice: 0, unknown: 0, failed: 0 };
  let cursor: AuditCursor | null = from;
  while (cursor !== null) {
    const batch = await ledger.findings(scan.id, cursor, scan.complete);
    if (!batch.ok) return batch;
    for (const { finding } of batch.value.findings) counts[finding] += 1;
    if (batch.value.findings.length > 0) await sink(batch.value.findings);
    cursor = batch.value.next;
  }
  return ok(counts);
}
