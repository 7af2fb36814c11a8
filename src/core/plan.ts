import type { CostEstimate } from './cost.js';
import type { Counts } from './counts.js';
import type { Problem } from './problem.js';
import type { Attachment, FileFormat, RecipientsFile, RejectionReason, Variable } from './recipient.js';
import type { TemplateKnowledge, TemplateText } from './template.js';

/** A message exactly as it would go out. */
export interface PlannedMessage {
  readonly line: number;
  readonly phone: string;
  readonly body: readonly Variable[];
  readonly header: readonly Variable[];
  readonly attachment: Attachment | null;
}

/** A rejected row as a plan shows it. */
export interface PlannedRejection {
  readonly line: number;
  /** As a spreadsheet counts it; left out: as the line. */
  readonly row?: number;
  readonly phone: string;
  readonly reason: RejectionReason;
  readonly column: string;
  readonly value: string;
}

/** A row with a person from earlier in the file. */
export interface PlannedDuplicate {
  readonly line: number;
  /** Line of the person's first row. */
  readonly firstLine: number;
}

/** How many rejected rows, and how many repeated ones, a plan holds at most; the files and the ledger have all. */
export const KEPT_ROWS = 1000;
/** How many messages a plan shows in full. */
export const SHOWN_MESSAGES = 3;

/** How a recipients file was read. */
export type ReadAs = FileFormat & Pick<RecipientsFile, 'phoneColumn'>;

/** What a plan shows of how its file was read. */
export function readAsOf({ columns, notices, ...readAs }: RecipientsFile): ReadAs {
  return readAs;
}

/** What a campaign would do now, gathered from the file and the ledger. */
export interface PlanFacts {
  /** `pending` is what `send` would send now. */
  readonly counts: Counts;
  /** Skipped rows by reason: `duplicate`, `suppressed`, `capped`, `canceled`, `removed`. */
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** Of `counts`, people who are no longer in the file: by status, those skipped by reason. */
  readonly gone: Readonly<Record<string, number>>;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** The first `KEPT_ROWS`. */
  readonly rejections: readonly PlannedRejection[];
  /** The first `KEPT_ROWS`. */
  readonly duplicates: readonly PlannedDuplicate[];
  /** The first `SHOWN_MESSAGES` that would go out. */
  readonly messages: readonly PlannedMessage[];
  /** Pending people by country of the phone. */
  readonly countries: Readonly<Record<string, number>>;
  /** Rows whose values differ from what an accepted person got: they are not sent again. */
  readonly changedAfterAccepted: number;
  /** Rows with a value that `fixValues` repaired. */
  readonly repaired: number;
  /** What was found out, or assumed, about the recipients file. */
  readonly readAs: ReadAs;
  readonly notices: readonly Problem[];
}

/** What a run counts by, also where nobody looks at a plan. */
export type PlanCounts = Pick<PlanFacts, 'counts' | 'rejectedByReason'>;

/** A message, and what the person reads; the text is null where it is not known. */
export interface ShownMessage extends PlannedMessage {
  readonly text: TemplateText | null;
}

/** What a person sees before anything goes out. */
export interface Plan extends Omit<PlanFacts, 'messages'> {
  /** The first `SHOWN_MESSAGES` that would go out. */
  readonly messages: readonly ShownMessage[];
  readonly template: TemplateKnowledge;
  /** Of what a send would do: equal digests are the same messages to the same people under the same settings. */
  readonly digest: string;
  /** The same while nobody knew the template's text: what is sent is the same. */
  readonly digestWithoutText: string;
  readonly ratePerSecond: number;
  /** Moment from which the schedule and the daily limit let messages out; null: never. */
  readonly startsAt: number | null;
  /** Moment at which the last message would go out; null: never, at these settings. */
  readonly finishAt: number | null;
  readonly cost: CostEstimate | null;
  readonly warnings: readonly Problem[];
}
