import type { Counts } from '../../core/counts.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { AuditReport } from '../../core/reconcile-report.js';
import { audit, type FindingsSink } from '../../run/audit.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
import { senderOf } from '../workspace.js';
import type { HeldTarget } from './held-target.js';
import type { ListPace } from './settle.js';
import { takeFileIn } from './take-file-in.js';

/** What an audit of one campaign came to. */
export interface Audited {
  readonly report: AuditReport;
  /** Why the recipients file was not taken in: whoever stands there alone was not looked for; none: it was. */
  readonly unread: readonly Problem[];
  readonly counts: Counts;
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/** Takes the recipients file in, and compares every accepted delivery with the provider's list; what is off goes into `sink`. */
export async function auditCampaign(
  held: HeldTarget,
  { pagesPerSecond, signal, onPage }: ListPace,
  sink: FindingsSink,
): Promise<Result<Audited>> {
  const { app, ledger, read, target, record } = held;
  const unread = await takeFileIn(held);
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
    const done = { kind: 'reconciled', workspace, campaign, subject: 'audit' } as const;
    const unlogged = await unloggedBy(recordIn(ledger, done, app));
    return ok({ report: report.value, unread, counts: await ledger.campaigns.counts(record.id), unlogged });
  } finally {
    await list.close();
  }
}
