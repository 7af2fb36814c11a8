import type { LedgerFigures } from '../../core/ledger/figures.js';
import type { CampaignOverview } from '../../core/ledger/status.js';
import { FIGURES, type FigureRow, figuresAsked, figuresFrom } from '../sql/figures.js';
import {
  COUNTED_IN_ALL,
  type CountedInAll,
  LAST_IMPORTS,
  LAST_RUNS,
  type LastImport,
  type LastRun,
  overviewsOf,
} from '../sql/overview.js';
import { listCampaigns } from './campaign-records.js';
import type { Sql } from './database.js';

/** Every campaign with its counts and its last run, the newest first: a handful of statements, however many there are. */
export async function campaignOverviews(sql: Sql): Promise<readonly CampaignOverview[]> {
  return overviewsOf(
    await listCampaigns(sql, null),
    await sql.rows<CountedInAll>(COUNTED_IN_ALL),
    await sql.rows<LastImport>(LAST_IMPORTS),
    await sql.rows<LastRun>(LAST_RUNS),
  );
}

/** The whole ledger in numbers. */
export async function ledgerFigures(sql: Sql, at: number): Promise<LedgerFigures> {
  return figuresFrom(
    await sql.rows<FigureRow>(FIGURES, figuresAsked(at)),
    await listCampaigns(sql, null),
    await sql.rows<LastImport>(LAST_IMPORTS),
    await sql.rows<LastRun>(LAST_RUNS),
  );
}
