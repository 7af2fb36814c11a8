import { dirname, join } from 'node:path';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { ReportFormat } from '../../report/file-name.js';
import { systemClock } from '../clock.js';

/** Where a report goes unless told otherwise: beside the campaign file, with today's date (local time) in its name. */
export async function reportPathOf(record: CampaignRecord, format: ReportFormat): Promise<string> {
  const { reportFileName } = await import('../../report/file-name.js');
  const date = new Date(systemClock.now());
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return join(dirname(record.file), reportFileName(record.name, day.join('-'), format));
}
