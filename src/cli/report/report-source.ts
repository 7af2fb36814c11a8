import { dirname, join } from 'node:path';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReportSource } from '../../core/report-data.js';
import type { ReportFormat } from '../../report/file-name.js';
import { systemClock } from '../clock.js';
import { acceptedCost } from './accepted-cost.js';

/** What a report of this campaign is made of. */
export async function reportSourceOf({ reports }: Ledger, record: CampaignRecord): Promise<ReportSource> {
  return {
    columns: record.columns,
    campaign: record.name,
    hasRepaired: (await reports.countRepaired(record.id)) > 0,
    evidence: () => reports.evidence(record.id),
    summary: async () => {
      const summary = await reports.summary(record, record.workspace, systemClock.now());
      return { ...summary, cost: await acceptedCost(record, summary) };
    },
    rows: (statuses) => reports.rows(record.id, statuses),
  };
}

/** Where a report goes unless told otherwise: beside the campaign file, with today's date (local time) in its name. */
export async function reportPathOf(record: CampaignRecord, format: ReportFormat): Promise<string> {
  const { reportFileName } = await import('../../report/file-name.js');
  const date = new Date(systemClock.now());
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return join(dirname(record.file), reportFileName(record.name, day.join('-'), format));
}
