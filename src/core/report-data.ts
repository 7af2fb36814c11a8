import type { Campaign } from './campaign.js';
import type { Counts, DeliveryStatus } from './counts.js';
import type { RunEnding } from './ledger/runs.js';
import type { Halt } from './problem.js';
import type { TemplateText } from './template.js';

/** The report's own columns, in the order in which scripts rely on them. */
export const REPORT_COLUMNS = [
  'line',
  'phone',
  'status',
  'reason',
  'attempts',
  'contact_id',
  'first_attempt_at',
  'last_attempt_at',
  'http_status',
  'error_code',
  'error_message',
  'confirmation',
] as const;

/** One of them. */
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** A status as a report shows it: rejected rows are in it, too. */
export type ReportStatus = DeliveryStatus | 'rejected';

/** One line of a report. Moments are epoch milliseconds. */
export interface ReportRow {
  readonly line: number;
  /** Digits as sent; for rejected rows as typed. */
  readonly phone: string;
  readonly status: ReportStatus;
  readonly reason: string | null;
  /** POSTs that reached the socket, throttled ones too. */
  readonly attempts: number;
  readonly contactId: string | null;
  readonly firstAttemptAt: number | null;
  readonly lastAttemptAt: number | null;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly confirmation: 'listed' | 'failed' | null;
  /** The row's own cells, one for each of the report's `columns`. */
  readonly cells: readonly string[];
  /** Variables whose value `fixValues` repaired, such as `body.1`; left out where there is none. */
  readonly repaired?: readonly string[];
}

/** A row of which `fixValues` repaired something. */
export interface RepairedRow {
  readonly line: number;
  readonly phone: string;
  /** Names of the variables, such as `body.1`. */
  readonly variables: readonly string[];
}

/** The rows of a campaign whose values were repaired. */
export interface RepairedRows {
  readonly count: number;
  /** The first of them, in order of line (at most 50). */
  readonly first: readonly RepairedRow[];
}

/** What became of the sends that began in one minute. */
export interface TimelineMinute {
  /** Start of the minute. */
  readonly at: number;
  readonly accepted: number;
  readonly refused: number;
  readonly uncertain: number;
  readonly deferred: number;
}

/** A stretch of time in which nothing was sent on purpose, or a run that was not going on. */
export interface RunSpan {
  readonly startedAt: number;
  /** null: still going on, or died. */
  readonly endedAt: number | null;
  readonly ratePerSecond: number;
  readonly halted: Halt | null;
  readonly ending: RunEnding | null;
}

/** How many deliveries ended in one way, by reason and code. */
export interface ReasonCount {
  readonly status: ReportStatus;
  readonly reason: string;
  readonly errorCode: string | null;
  /** One of the messages that came with it. */
  readonly errorMessage: string | null;
  readonly count: number;
}

/** An estimate for one category of the rate card: a campaign file does not say which one its template has. */
export interface AcceptedCost {
  /** As in the card, such as `marketing`. */
  readonly category: string;
  /** ISO 4217. */
  readonly currency: string;
  /** In units of the currency. */
  readonly total: number;
  /** Accepted recipients who are in the total. */
  readonly people: number;
}

/** The whole message of one row. */
export interface ReportMessage {
  readonly line: number;
  /** Where the text comes from. */
  readonly source: 'campaign' | 'provider';
  /** With the row's values in it. */
  readonly text: TemplateText;
  readonly attachmentName: string | null;
}

/** Everything an overview shows, already summed up: its size does not depend on the number of recipients. */
export interface ReportSummary {
  readonly campaign: Pick<Campaign, 'name' | 'template' | 'type' | 'campaignName'> & {
    readonly workspace: string;
  };
  readonly generatedAt: number;
  /** IANA zone of the campaign's schedule; null or left out: it has none of its own, and the reader's is as good as any. */
  readonly timeZone?: string | null;
  /** True: everything went to the sandbox, and nobody got anything. */
  readonly isSandbox?: boolean;
  readonly counts: Counts;
  readonly runs: readonly RunSpan[];
  /** In order of time; minutes without sends are left out. */
  readonly timeline: readonly TimelineMinute[];
  /** Most frequent first; accepted deliveries are not in it. */
  readonly reasons: readonly ReasonCount[];
  readonly countries: readonly {
    readonly country: string;
    readonly recipients: number;
    readonly accepted: number;
    readonly refused: number;
    readonly uncertain: number;
  }[];
  /** Number of deliveries that took 1, 2, 3 … attempts. */
  readonly attempts: readonly { readonly attempts: number; readonly deliveries: number }[];
  /** Milliseconds from request to answer. */
  readonly latency: { readonly p50Ms: number; readonly p90Ms: number; readonly p99Ms: number } | null;
  /** The first rejected rows (at most 50). */
  readonly rejections: readonly {
    readonly line: number;
    readonly phone: string;
    readonly reason: string;
    readonly column: string;
    readonly value: string;
  }[];
  /** Rows whose values `fixValues` repaired. */
  readonly repaired?: RepairedRows;
  /** The message of the first row; null or left out where the template's text is not known. */
  readonly message?: ReportMessage | null;
  /** What the accepted messages cost by the rate card, in each of its categories; null where there is no card. */
  readonly cost: readonly AcceptedCost[] | null;
  /** Replies, where they were asked for. */
  readonly replies: {
    readonly replied: number;
    readonly accepted: number;
    readonly estimate: boolean;
  } | null;
}

/** What settled an uncertain delivery: a record of the provider's list, its absence, or an operator's word. */
export interface ReportEvidence {
  readonly line: number;
  readonly phone: string;
  readonly kind: 'listed' | 'absent' | 'declared-accepted' | 'declared-absent' | 'answered-late';
  readonly detail: Readonly<Record<string, unknown>>;
  readonly recordedBy: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
}

/** What a report is made of. */
export interface ReportSource {
  /** The recipients file's own columns. */
  readonly columns: readonly string[];
  readonly campaign: string;
  summary(): Promise<ReportSummary>;
  /** Everything that settled uncertain deliveries, in order of time; left out where there is no ledger. */
  readonly evidence?: () => AsyncIterable<ReportEvidence>;
  /** True: `fixValues` repaired some value, and the report says in which rows and which. */
  readonly hasRepaired?: boolean;
  /** Every row in order of line, in batches, so that memory stays flat. */
  rows(statuses: readonly ReportStatus[] | null): AsyncIterable<readonly ReportRow[]>;
}
