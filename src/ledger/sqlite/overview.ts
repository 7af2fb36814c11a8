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
import type { LedgerDatabase } from './open-ledger.js';

/** Every campaign with its counts and its last run, the newest first: a handful of statements, however many there are. */
export function campaignOverviews(db: LedgerDatabase): readonly CampaignOverview[] {
  return overviewsOf(
    listCampaigns(db, null),
    db.prepare(COUNTED_IN_ALL).all() as CountedInAll[],
    db.prepare(LAST_IMPORTS).all() as LastImport[],
    db.prepare(LAST_RUNS).all() as LastRun[],
  );
}

/** The whole ledger in numbers. */
export function ledgerFigures(db: LedgerDatabase, at: number): LedgerFigures {
  return figuresFrom(
    db.prepare(FIGURES).all(figuresAsked(at)) as FigureRow[],
    listCampaigns(db, null),
    db.prepare(LAST_IMPORTS).all() as LastImport[],
    db.prepare(LAST_RUNS).all() as LastRun[],
  );
}
