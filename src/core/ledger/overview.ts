import type { Counts } from '../counts.js';
import type { CampaignRecord } from './campaigns.js';
import type { RunRecord } from './runs.js';

/** A campaign as a list of all of them shows it. */
export interface CampaignOverview {
  readonly record: CampaignRecord;
  readonly counts: Counts;
  readonly lastRun: RunRecord | null;
  /** When a file was imported last; null: never. */
  readonly importedAt: number | null;
}
