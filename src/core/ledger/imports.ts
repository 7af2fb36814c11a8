import type { DeliveryStatus } from '../counts.js';

/** A recipients file about to be imported. */
export interface ImportSource {
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly fileDigest: string;
  /** SHA-256 of the settings that decide what the rows become. */
  readonly settingsDigest: string;
  readonly columns: readonly string[];
}

/** Into which campaign which file is imported. */
export interface ImportTarget {
  readonly campaignId: number;
  readonly source: ImportSource;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What an import came to. */
export interface ImportSummary {
  readonly rows: number;
  readonly recipients: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Pending people whose row is gone from the file. */
  readonly removed: number;
  /** People accepted already whose row has other values now: they are not sent again. */
  readonly changedAfterAccepted: number;
}

/** What is kept of the last import of a campaign. */
export interface LastImport extends Pick<ImportSummary, 'changedAfterAccepted' | 'recipients'> {
  /** Deliveries of the campaign: more than `recipients` where people are gone from the file. */
  readonly deliveries: number;
}

/** At most `count` messages to one person within `perMs`, over all campaigns of the workspace. */
export interface FrequencyLimit {
  readonly count: number;
  readonly perMs: number;
}

/** Who must not be sent to now. Moments are epoch milliseconds. */
export interface HoldingBack {
  readonly workspace: string;
  readonly limit: FrequencyLimit | null;
  readonly at: number;
  /**
   * When a person confirmed what is sent: whom a list or the limit held back then was in no plan, and stays held back although
   * an entry has run out or the limit allows it since. null: only now counts.
   */
  readonly confirmedAt: number | null;
}

/** Which campaign `check` asks about; `campaignId` null: the ledger does not know it yet. */
export interface StandingQuestion {
  readonly workspace: string;
  readonly campaignId: number | null;
  readonly limit: FrequencyLimit | null;
  /** People of the do-not-contact files that the campaign names. */
  readonly suppressed: ReadonlySet<string>;
  readonly at: number;
}

/** A campaign about to be sent, perhaps for the first time. */
export interface PlannedCampaign {
  /** null: the ledger does not know it yet. */
  readonly id: number | null;
  readonly workspace: string;
  readonly template: string;
  readonly campaignName: string | null;
}

/**
 * What a row means to the ledger: a person new to the campaign, one who repeats an earlier row of the same file,
 * one who must not be written to now, or one whom the campaign already knows.
 */
export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate'; readonly firstLine: number }
  | { readonly kind: 'held-back'; readonly reason: 'suppressed' | 'capped' | 'canceled' }
  | {
      readonly kind: 'known';
      readonly status: DeliveryStatus;
      readonly reason: string | null;
      /** The values of the row differ from those the ledger holds. */
      readonly changed: boolean;
    };

/** Whether `send` would send to a row that stands like this. */
export function isPlanned(standing: Standing | null): boolean {
  return standing?.kind === 'new' || (standing?.kind === 'known' && standing.status === 'pending');
}
