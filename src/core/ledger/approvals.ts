import type { Result } from '../problem.js';
import type { Recorded } from '../reconcile-ports.js';
import type { CampaignKey } from './campaigns.js';

/**
 * Where an approval stands: `open` until somebody answers; `approved` or `returned` by another person; `withdrawn` by who asked;
 * `voided` because what was shown was changed, before the answer or after it.
 */
export type ApprovalState = 'open' | 'approved' | 'returned' | 'withdrawn' | 'voided';

/** What somebody wants another person to approve. */
export interface NewApproval {
  readonly workspace: string;
  /** Name of the campaign. */
  readonly campaign: string;
  /** Digest of the plan that was shown: nothing else is approved. */
  readonly planDigest: string;
  /** People who would get it by that plan. */
  readonly people: number;
  /** What the other person should know; '': nothing. */
  readonly note: string;
}

/** An approval as it stands in the ledger. Moments are epoch milliseconds. */
export interface ApprovalRecord extends NewApproval {
  readonly id: number;
  readonly askedBy: string;
  readonly askedAt: number;
  /** Everybody who had a hand in it: none of them may answer, or send. */
  readonly preparers: readonly string[];
  readonly state: ApprovalState;
  /** Why it was returned. */
  readonly reason: string;
  readonly answeredBy: string | null;
  readonly answeredAt: number | null;
}

/** What a person says to an open approval. */
export type ApprovalAnswer =
  | { readonly state: 'approved'; readonly reason: '' }
  | { readonly state: 'returned'; readonly reason: string }
  | { readonly state: 'withdrawn'; readonly reason: '' };

/** Approvals by a second person. A campaign has one open at most; each step is kept in the log within its transaction. */
export interface Approvals {
  /** Whether a campaign needs one before it is sent. */
  isRequired(): Promise<boolean>;
  setRequired(required: boolean, recorded: Recorded): Promise<void>;
  /** Enters one; older ones of other plans are void. A failure: one of this plan is open, or approved. */
  ask(approval: NewApproval, recorded: Recorded): Promise<Result<ApprovalRecord>>;
  /** Answers an open one. A failure: somebody was first, or who answers had a hand in it. */
  answer(id: number, answer: ApprovalAnswer, recorded: Recorded): Promise<Result<ApprovalRecord>>;
  /** The newest of a campaign; null: nobody asked for one. */
  last(campaign: CampaignKey): Promise<ApprovalRecord | null>;
  /** Those that wait for an answer, the oldest first. */
  open(): Promise<readonly ApprovalRecord[]>;
  /** Who prepared a campaign since it was approved last, by the log. */
  preparers(campaign: CampaignKey): Promise<readonly string[]>;
}
