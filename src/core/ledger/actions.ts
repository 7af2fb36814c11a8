import type { ActionFacts } from './action-facts.js';

/** What people do with campaigns, lists, runs, users and settings. */
export type ActionKind =
  | 'campaign-made'
  | 'campaign-edited'
  | 'list-uploaded'
  | 'row-mended'
  | 'test-sent'
  | 'send-asked'
  | 'send-scheduled'
  | 'send-withdrawn'
  | 'send-allowed'
  | 'run-begun'
  | 'run-ended'
  | 'paused'
  | 'resumed'
  | 'canceled'
  | 'retried'
  | 'declared'
  | 'reconciled'
  | 'suppressed'
  | 'unsuppressed'
  | 'suppress-imported'
  | 'forgotten'
  | 'report-exported'
  | 'backup-made'
  | 'ledger-copied'
  | 'failover-accepted'
  | 'approval-asked'
  | 'approval-approved'
  | 'approval-returned'
  | 'approval-withdrawn'
  | 'approval-voided'
  | 'user-added'
  | 'user-removed'
  | 'user-roles'
  | 'user-password'
  | 'settings-changed'
  | 'logged-in'
  | 'logged-out'
  | 'login-failed';

/** What changes what a campaign would send: whoever does it has prepared it, and voids an approval. */
export const PREPARING = [
  'campaign-made',
  'campaign-edited',
  'list-uploaded',
  'row-mended',
] as const satisfies readonly ActionKind[];

/** Whether this is one of them. */
export function isPreparing(kind: ActionKind): boolean {
  return PREPARING.some((one) => one === kind);
}

/**
 * What takes people out, so that a ledger that lacks it writes to them: for one campaign or for all. A launch that was taken
 * back would begin by itself. A run is one of them: who answers it with an opt-out is on the do-not-contact list, and whoever
 * got it counts for the limits of other campaigns.
 */
export const TAKING_OUT = [
  'suppressed',
  'suppress-imported',
  'forgotten',
  'canceled',
  'paused',
  'send-withdrawn',
  'run-begun',
  'run-ended',
] as const satisfies readonly ActionKind[];

/** Whether this is one of them. */
export function isTakingOut(kind: ActionKind): boolean {
  return TAKING_OUT.some((one) => one === kind);
}

/** Where a person acted. */
export type ActionPlace = 'terminal' | 'page';

/** Something that a person did. */
export interface NewAction {
  readonly kind: ActionKind;
  /** Who. */
  readonly by: string;
  readonly at: number;
  readonly place: ActionPlace;
  /** Name of the workspace in the ledger; '': it belongs to none, or nobody knows which. */
  readonly workspace: string;
  /** Name of the campaign; '': it belongs to none. */
  readonly campaign: string;
  /** What or whom it was done to, such as a file, a masked phone, a user; '': nothing that has a name. */
  readonly subject: string;
  /** How it was before, where that says something. */
  readonly before: ActionFacts | null;
  /** How it is now, or what came of it. */
  readonly after: ActionFacts | null;
}

/** An action as the ledger keeps it. */
export interface ActionRecord extends NewAction {
  readonly id: number;
}

/** Which actions are asked for. All that is given must hold; null: whatever it is. */
export interface ActionFilter {
  readonly by: string | null;
  readonly campaign: string | null;
  /** From this moment on (epoch milliseconds). */
  readonly since: number | null;
  /** Before this moment. */
  readonly until: number | null;
}

/** The log of what people did: rows are added, and neither changed nor taken away. */
export interface Actions {
  /**
   * Adds one. What prepares a campaign voids its approvals, open or given, in the same transaction. Login attempts that failed
   * are kept up to a number within an hour.
   */
  record(action: NewAction): Promise<void>;
  /** Some of them, the newest first; `before`: those older than the one with this id. */
  page(filter: ActionFilter, before: number | null, most: number): Promise<readonly ActionRecord[]>;
  /** All of them in order of time, so many at once. */
  all(filter: ActionFilter): AsyncIterable<readonly ActionRecord[]>;
  /** Everybody who ever did something, in order of name. */
  actors(): Promise<readonly string[]>;
}

/** Most login attempts that failed which are kept within an hour: whoever guesses fills no disk. */
export const MOST_FAILED_LOGINS = 200;
