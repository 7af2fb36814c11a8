import type { LeftReason, Resend, SettlePolicy } from '../absence.js';
import type { Counts } from '../counts.js';
import type { ReasonCount } from '../report-data.js';
import type { ClockReading } from '../steady-time.js';
import type { CampaignRecord } from './campaigns.js';
import type { LedgerFigures } from './figures.js';
import type { RunRecord } from './runs.js';

/** How far the provider's list was read for a campaign's accepted people. */
export interface ListStand {
  /** When the last reading of it began that judged the campaign; null: there was none. */
  readonly readAt: number | null;
  /** When the last one was accepted for whom it was not read yet; null: it was read for all. */
  readonly lastUnreadAt: number | null;
}

/** What `status` tells of a campaign beside its counts. */
export interface StatusReads {
  /** Every campaign, the newest first, in one go. */
  overview(): Promise<readonly CampaignOverview[]>;
  /** The whole ledger in numbers. */
  figures(at: number): Promise<LedgerFigures>;
  lastRun(campaignId: number): Promise<RunRecord | null>;
  /** Rows that repeat a person of the file: counted as skipped, and nobody of their own. */
  repeatedRows(campaignId: number): Promise<number>;
  /** Requests per second that a run began lately. */
  recentRatePerSecond(runId: number, at: number): Promise<number>;
  /** When the last attempt of a run began; null: there was none, or it is long ago. */
  lastAttemptAt(runId: number): Promise<number | null>;
  nextDueAt(campaignId: number): Promise<number | null>;
  capped(campaignId: number, at: number): Promise<CappedPeople>;
  /** Why people were refused, given up or left uncertain. Most frequent first. */
  unreachedReasons(campaignId: number): Promise<readonly ReasonCount[]>;
  /** Everybody who got nothing so far, by why: with the accepted ones they add up to the rows of the file. Most frequent first. */
  reasons(campaignId: number, most: number): Promise<readonly ReasonCount[]>;
  /** The newest first. */
  runs(campaignId: number, most: number): Promise<readonly RunRecord[]>;
  evidence(campaignId: number): Promise<readonly EvidenceCount[]>;
  /** How far accepted people were looked for in the provider's list. */
  listStand(campaignId: number): Promise<ListStand>;
  whatWouldSettle(
    campaignId: number,
    policy: SettlePolicy & { readonly resend: Exclude<Resend, 'yes'> },
    now: ClockReading,
  ): Promise<readonly CountedReason[]>;
}

/** People who got enough messages lately, and when the first of them may get one again. */
export interface CappedPeople {
  readonly count: number;
  /** Epoch milliseconds; null: not known before the next send. */
  readonly firstAllowedAt: number | null;
}

/** How many pieces of evidence of a kind settled deliveries of a campaign, and when the last one was stored. */
export interface EvidenceCount {
  readonly kind: string;
  readonly count: number;
  /** Epoch milliseconds. */
  readonly lastAt: number;
}

/** A reason with the number of deliveries that it holds for. */
export type CountedReason = LeftReason & { readonly count: number };

/** A campaign as a list of all of them shows it. */
export interface CampaignOverview {
  readonly record: CampaignRecord;
  readonly counts: Counts;
  /** Of those that are skipped, the rows that repeat a person. */
  readonly repeated: number;
  readonly lastRun: RunRecord | null;
  /** When a file was imported last; null: never. */
  readonly importedAt: number | null;
}
