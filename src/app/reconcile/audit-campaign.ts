import type { Counts } from '../../core/counts.js';
import { ok, type Result } from '../../core/problem.js';
import type { AuditReport } from '../../core/reconcile-report.js';
import { audit, type FindingsSink } from '../../run/audit.js';
import { recordIn } from '../actions/record-action.js';
import { senderOf } from '../workspace.js';
import type { HeldTarget } from './held-target.js';
import type { ListPace } from './settle.js';

/** What an audit of one campaign came to. */
export interface Audited {
  readonly report: AuditReport;
  readonly counts: Counts;
}

/** Compares every accepted delivery with the provider's list; what is off goes into `sink`. */
export async function auditCampaign(
  { app, ledger, read, target, record }: HeldTarget,
  { pagesPerSecond, signal, onPage }: ListPace,
  sink: FindingsSink,
): Promise<Result<Audited>> {
  const list = await app.provider.list(read.campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const scope = { campaignId: record.id, workspace: record.workspace, sender };
  try {
    const ports = {
      ledger: ledger.settling(scope, app.readClocks),
      list,
      clock: app.clock,
      signal,
      onPage,
      ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
    };
    const report = await audit(ports, app.operator, sink, read.campaign.uncertain.settleMs);
    if (!report.ok) return report;
    const { workspace, name: campaign } = record;
    await recordIn(ledger, { kind: 'reconciled', workspace, campaign, subject: 'audit' }, app);
    return ok({ report: report.value, counts: await ledger.campaigns.counts(record.id) });
  } finally {
    await list.close();
  }
}
