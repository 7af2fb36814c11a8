import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReportSource } from '../../core/report-data.js';
import type { App } from '../app.js';
import { acceptedCost } from './accepted-cost.js';

/** What a report of this campaign is made of. */
export async function reportSourceOf(
  { reports }: Ledger,
  record: CampaignRecord,
  app: App,
): Promise<ReportSource> {
  return {
    columns: record.columns,
    campaign: record.name,
    hasRepaired: (await reports.countRepaired(record.id)) > 0,
    evidence: () => reports.evidence(record.id),
    summary: async () => {
      const summary = await reports.summary(record, record.workspace, app.clock.now());
      return { ...summary, cost: await acceptedCost(record, summary, app) };
    },
    rows: (statuses) => reports.rows(record.id, statuses),
  };
}
