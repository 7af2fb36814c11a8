import type { CampaignIdentity } from '../campaign.js';
import type { Control, Wait } from '../ports.js';
import type { Halt } from '../problem.js';
import type { ReasonCount } from '../report-data.js';

/** The campaign of a workspace, by the name that both share with what is remembered of it. */
export interface CampaignKey {
  readonly workspace: string;
  readonly name: string;
}

/** When a campaign came into a ledger that may have lost what was sent of it before: an audit asks the whole list. */
export const SENT_BEFORE = 0;

/** A campaign as the ledger knows it. */
export interface CampaignRecord extends CampaignIdentity {
  readonly id: number;
  readonly workspace: string;
  readonly name: string;
  readonly baseUrl: string;
  /** Absolute path of the campaign file at the last send. */
  readonly file: string;
  /** The recipients file's own columns at the last import. */
  readonly columns: readonly string[];
  /** Column that, with the phone, makes one duty to send; null: the phone alone. */
  readonly keyColumn: string | null;
  readonly control: Control;
  readonly halt: Halt | null;
  readonly waiting: Wait | null;
  readonly canaryPassedAt: number | null;
  readonly createdAt: number;
}

/** What identifies a campaign in the ledger, and what may not be edited once people were accepted. */
export interface CampaignEntry extends CampaignIdentity {
  readonly workspace: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly file: string;
  readonly keyColumn: string | null;
}

/** How much of a daily cap is used at a moment. */
export interface DailyUse {
  /** Distinct people of the workspace written to in the last 24 hours, over all campaigns. */
  readonly people: number;
  /** Moment at which fewer people than the cap are in the window; null when that is so already. */
  readonly nextFreeAt: number | null;
}

/** Whether a person saw a campaign as one that was canceled: who pauses or resumes means no other. */
export type SeenControl = 'canceled' | 'open';

/** Why somebody who was to be sent to is not: the `reason` of a skipped delivery. */
export type TakenOutReason = 'canceled' | 'removed' | 'suppressed';

/** Which failed deliveries to take up again; null: whatever it is. All that are given must hold. */
export interface RequeueFilter {
  readonly status: 'refused' | 'exhausted' | null;
  /** WhatsApp's or the provider's code, or our reason, such as `131049` or `not-now`. */
  readonly code: string | null;
  /** Those of one row of the reasons: of this reason, with this code or none. */
  readonly group: Pick<ReasonCount, 'reason' | 'errorCode'> | null;
  /** Identity. */
  readonly person: string | null;
  /** Those whose last attempt began before; epoch milliseconds. */
  readonly failedBefore: number | null;
}

/** What a retry came to. */
export interface Requeued {
  /** Deliveries that are pending again. */
  readonly count: number;
  /** Those that fit and stay as they are, because the operator took their people out; reasons without any are left out. */
  readonly leftOut: Readonly<Partial<Record<TakenOutReason, number>>>;
}

/** An operator's word about people whose delivery is uncertain. */
export interface Declaration {
  /** Identities, with the phone as it was typed for messages. */
  readonly people: readonly Declared[];
  /** Which of a person's messages; null: the only one that is uncertain. */
  readonly key: string | null;
  readonly fate: 'accepted' | 'absent';
  /** When the try began of which the operator knows; left out: the last one, whenever it was. */
  readonly tryAt?: number | null;
  /** How the operator knows; kept as evidence, must not be blank. */
  readonly note: string;
}

/** A person of a declaration. */
export interface Declared {
  readonly person: string;
  readonly phone: string;
}
