import type { Reports } from '../../core/ledger/ledger.js';
import type { Sql } from './database.js';
import { firstMessage } from './plan-facts.js';
import { countRepaired } from './repaired-rows.js';
import { reportRows } from './report-rows.js';
import { reportSummary } from './report-summary.js';

/** What a report is made of. Evidence is settling. */
export function reportsIn(sql: Sql): Omit<Reports, 'evidence'> {
  return {
    summary: (campaign, label, at) => reportSummary(sql, campaign, label, at),
    rows: (campaignId, statuses) => reportRows(sql, campaignId, statuses),
    countRepaired: (campaignId) => countRepaired(sql, campaignId),
    firstMessage: (campaignId) => firstMessage(sql, campaignId),
  };
}
