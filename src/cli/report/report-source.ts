import { dirname, join } from 'node:path';
import type { ReportSource } from '../../core/report-data.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import { allEvidence } from '../../ledger/evidence.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { countRepaired } from '../../ledger/repaired-rows.js';
import { reportRows } from '../../ledger/report-rows.js';
import { reportSummary } from '../../ledger/report-summary.js';
import type { ReportFormat } from '../../report/file-name.js';
import { systemClock } from '../clock.js';
import { acceptedCost } from './accepted-cost.js';

/** What a report of this campaign is made of. */
export function reportSourceOf(db: LedgerDatabase, record: CampaignRecord): ReportSource {
  return {
    columns: record.columns,
    campaign: record.name,
    hasRepaired: countRepaired(db, record.id) > 0,
    evidence: () => allEvidence(db, record.id),
    summary: async () => {
      const summary = reportSummary(db, record, record.workspace, systemClock.now());
      return { ...summary, cost: await acceptedCost(record, summary) };
    },
    rows: (statuses) => reportRows(db, record.id, statuses),
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
