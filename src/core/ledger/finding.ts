import type { DeliveryStatus } from '../counts.js';
import type { OutcomeKind } from '../outcome.js';
import type { PlannedMessage } from '../plan.js';
import type { Rejection } from '../recipient.js';
import type { ReportEvidence } from '../report-data.js';
import type { SuppressionRecord } from './people.js';

/** Where a page ended: two numbers that mean something to the order of its rows alone. */
export type PageEnd = readonly [first: number, second: number];

/** Some rows, and where the next page begins; null: there is none. A page may be short, or empty, and not be the last. */
export interface FoundPage<T> {
  readonly rows: readonly T[];
  readonly next: PageEnd | null;
}

/** Which page is asked for. */
export interface PageAsked {
  /** `next` of the page before; null: the first. */
  readonly after: PageEnd | null;
  /** Rows at most. */
  readonly most: number;
}

/** A delivery as a list of people shows it. Moments are epoch milliseconds. */
export interface FoundDelivery {
  readonly id: number;
  readonly line: number;
  /** Digits as sent; '' of somebody who was forgotten. */
  readonly phone: string;
  /** Identity; '' of somebody who was forgotten. */
  readonly person: string;
  readonly key: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly attempts: number;
  readonly firstAttemptAt: number | null;
  readonly lastAttemptAt: number | null;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly contactId: string | null;
  readonly confirmation: 'listed' | 'failed' | null;
  /** When it may go out again; 0: at once, or it does not wait. */
  readonly dueAt: number;
}

/** Which deliveries of a campaign are asked for. All that is given must hold; null: whatever it is. */
export interface DeliveryFilter {
  readonly status: DeliveryStatus | null;
  readonly reason: string | null;
  readonly confirmation: 'listed' | 'failed' | null;
}

/** A phone of a campaign, for whoever keeps an index of them. */
export type IndexedPhone = readonly [line: number, id: number, person: string];

/** A row that repeats a person from earlier in the file. */
export interface FoundDuplicate {
  readonly line: number;
  /** Line of the row that it repeats. */
  readonly firstLine: number;
  readonly phone: string;
}

/** Which message of a campaign: that of a line of the file, of a person, or of the n-th row that can be sent (from 1). */
export type MessageChoice =
  | { readonly by: 'line'; readonly line: number }
  | { readonly by: 'person'; readonly person: string }
  | { readonly by: 'position'; readonly position: number };

/** A message with the row that it is made of. */
export interface FoundMessage extends PlannedMessage {
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  /** A cell for each of the campaign's `columns`; empty of somebody who was forgotten. */
  readonly cells: readonly string[];
}

/** One POST for a delivery. */
export interface FoundAttempt {
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: OutcomeKind | 'in-flight' | 'absent';
  /** False: it never reached the socket. */
  readonly onWire: boolean;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** A delivery with everything that happened to it. */
export interface DeliveryHistory extends FoundDelivery {
  readonly campaign: string;
  readonly workspace: string;
  /** In order of time. */
  readonly tries: readonly FoundAttempt[];
  /** What settled it: the list, or an operator's word; in order of time. */
  readonly evidence: readonly Pick<ReportEvidence, 'kind' | 'detail' | 'recordedBy' | 'recordedAt'>[];
}

/** A do-not-contact entry about a person. */
export interface PersonSuppression extends Omit<SuppressionRecord, 'person' | 'phone'> {
  readonly workspace: string;
  /** The campaign whose file names the person; null: the workspace's own list. */
  readonly campaign: string | null;
}

/** A test message to a person. */
export interface PersonTest {
  readonly workspace: string;
  readonly campaign: string;
  readonly startedAt: number;
  readonly outcome: OutcomeKind | 'in-flight';
  readonly errorMessage: string | null;
}

/** All that the ledger knows of a person. */
export interface PersonHistory {
  /** The newest campaign first. */
  readonly deliveries: readonly DeliveryHistory[];
  readonly suppressions: readonly PersonSuppression[];
  readonly tests: readonly PersonTest[];
  /** When the person's data was erased; null: it was not. */
  readonly forgottenAt: number | null;
}

/** Looks for people and rows, page by page, also in a campaign of millions. */
export interface Finding {
  /** Those of a campaign; in which order, the filter decides. */
  deliveries(campaignId: number, filter: DeliveryFilter, page: PageAsked): Promise<FoundPage<FoundDelivery>>;
  /** Those of these ids, in the order of the ids that were given; who is not there is left out. */
  deliveriesOf(ids: readonly number[]): Promise<readonly FoundDelivery[]>;
  /** Those of one person in a campaign. */
  ofPerson(campaignId: number, person: string): Promise<readonly FoundDelivery[]>;
  /** The phones of a campaign in order of line; forgotten ones are left out. */
  phones(campaignId: number, page: PageAsked): Promise<FoundPage<IndexedPhone>>;
  /** Changes whenever a file was imported or somebody forgotten: what `phones` told before may be another now. */
  phonesStamp(campaignId: number): Promise<string>;
  /** The rejected rows of the last import in order of line; `reason` null: whichever. */
  rejections(campaignId: number, reason: string | null, page: PageAsked): Promise<FoundPage<Rejection>>;
  duplicates(campaignId: number, page: PageAsked): Promise<FoundPage<FoundDuplicate>>;
  message(campaignId: number, choice: MessageChoice): Promise<FoundMessage | null>;
  history(person: string): Promise<PersonHistory>;
}
