import type { Controls, LeftReason, ScanReach, SettlePolicy, UncertainAttempt } from './absence.js';
import type { ActionPlace } from './ledger/actions.js';
import type { ListedSend, SeenRecord } from './match.js';
import type { Problem, Result } from './problem.js';
import type { KnownSend, Match } from './reconcile-assign.js';
import type { ScanNews } from './scan-timing.js';

/** One page of the provider's list. */
export interface ListedPage {
  readonly kind: 'page';
  readonly records: readonly ListedSend[];
  /** Where the next page begins; null: the list ends here. An empty or short page is no end. */
  readonly nextToken: string | null;
  /** True: the token holds a credential and is not stored, so that a scan that is cut short begins anew. */
  readonly tokenIsSecret?: boolean;
  /** The provider's clock minus this machine's; null: the answer did not tell. */
  readonly clockOffsetMs: number | null;
  readonly receivedAt: number;
}

/** Why there is no page. `passing`: the same page may be had later, so the scan can go on from there. */
export interface ListFailure {
  readonly kind: 'failed';
  readonly passing: boolean;
  readonly problem: Problem;
}

/** The provider's conversation list. Never rejects. */
export interface ProviderList {
  /** The page at `token`; null: the first. Resolves soon after `signal` fires, with a passing failure. */
  read(token: string | null, signal: AbortSignal): Promise<ListedPage | ListFailure>;
}

/** A scan that goes on: a new one, or one that a crash or a lost connection cut short. */
export interface OpenScan {
  readonly id: number;
  readonly startedAt: number;
  /** Where it goes on; null: at the beginning. */
  readonly token: string | null;
  readonly pages: number;
  readonly records: number;
  readonly resumed: boolean;
}

/**
 * What a list is read for. `settle`: to judge what is uncertain; gone on with where it was cut short. `look`: what it
 * says now of what was accepted, for the canary and the audit. Each has records of its own.
 */
export type ScanPurpose = 'settle' | 'look';

/** What a scan must be to be gone on with. */
export interface ScanNeed {
  readonly purpose: ScanPurpose;
  /** Records created before are only counted, but for people whose fate is open. */
  readonly fromAt: number;
  /** A scan that began earlier is too early to prove anything new. */
  readonly startedAfter: number;
  readonly at: number;
}

/** What a page brought. */
export interface PageAdded {
  readonly newRecords: number;
  /** Pages running, with this one, that brought nothing new. */
  readonly stalePages: number;
  /** The token after this page was given before: the list goes in circles. */
  readonly tokenRepeated: boolean;
}

/** How a scan ended. `enough`: nobody is left to be looked for; `resumable`: it may go on from its token later. */
export type ScanEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'broken'; readonly problem: Problem; readonly resumable: boolean };

/** The scans of one sender, in the ledger. Every method gives a problem when the ledger cannot be read or written. */
export interface ScanStore {
  /** Goes on with an unfinished scan that meets the need, else begins a new one and forgets older records. */
  openScan(need: ScanNeed): Promise<Result<OpenScan>>;
  /** Takes in one page, written before it resolves, its token with it; repeated records are dropped by id. */
  addPage(scanId: number, page: ListedPage): Promise<Result<PageAdded>>;
  endScan(scanId: number, end: ScanEnd, at: number): Promise<Result<null>>;
  /** Drops what only a running scan or audit needs; what it proved stays. */
  forgetRecords(scanId: number): Promise<Result<null>>;
}

/** What settling a batch came to. */
export interface PresenceWritten {
  /** Of the campaign asked for: deliveries that were uncertain, or called absent, and are accepted now. */
  readonly accepted: number;
  /** Those of `accepted` whose record says that the send failed. */
  readonly failed: number;
  /** The same for other campaigns of the workspace. */
  readonly acceptedElsewhere: number;
  /** Accepted deliveries that got, or changed, their confirmation. */
  readonly confirmed: number;
  /** Accepted deliveries of the campaign asked for that this scan shows for the first time, and nobody looked for yet. */
  readonly shown: number;
}

/** What was found for a batch of persons. */
export interface Presence {
  readonly matches: readonly Match[];
  readonly extra: readonly { readonly send: KnownSend; readonly record: SeenRecord }[];
}

/** What is true of the uncertain deliveries of a campaign as a whole; null: there are none. */
export interface UncertainSpan {
  readonly count: number;
  /** When the first attempt began of any that is uncertain, or waits to be sent again. */
  readonly earliestStartedAt: number;
  /** End of the settle time of the one that settled last; null: none has settled yet. */
  readonly lastSettledAt: number | null;
}

/**
 * The accepted attempts of a campaign that no reading of the list looked for yet: those with ids from `afterId`
 * (exclusive) to `lastId`. None of them is younger than the settle time.
 */
export interface Unconfirmed {
  readonly afterId: number;
  readonly lastId: number;
  readonly count: number;
  readonly firstStartedAt: number;
  /** End of the last one's settle time: a reading must begin after it. */
  readonly settledAt: number;
}

/** What a scan shows of accepted attempts. */
export interface ShownAttempts {
  readonly found: number;
  /** Those of `found` that failed, by the list. */
  readonly failed: number;
  /** Those that it does not show. Nobody counts here who was forgotten: the list cannot be asked for them. */
  readonly missing: number;
}

/** Proof that an attempt is absent. */
export interface AbsenceProof {
  readonly attempt: UncertainAttempt;
  /** End of its settle time. */
  readonly settledAt: number;
}

/** The ledger as settling sees it: one campaign in its workspace. */
export interface ReconcileLedger extends ScanStore {
  uncertainSpan(policy: SettlePolicy, at: number): Promise<Result<UncertainSpan | null>>;
  /** What decides about the next reading of the list; null: nothing is uncertain. */
  scanNews(policy: SettlePolicy, at: number): Promise<Result<ScanNews | null>>;
  /** Keeps that a reading that began then went to the end of the list and judged this campaign. */
  markRead(startedAt: number): Promise<Result<null>>;
  /** End of the settle time of the last accepted one that no reading looked for yet; null: there is none. */
  unconfirmedSettledAt(settleMs: number): Promise<Result<number | null>>;
  /** Whom a reading that begins at `at` can look for; null: nobody, or the settle time of the last is not over. */
  unconfirmed(settleMs: number, at: number): Promise<Result<Unconfirmed | null>>;
  shownOf(scanId: number, unconfirmed: Unconfirmed): Promise<Result<ShownAttempts>>;
  /** Keeps that a reading that began then looked for all accepted attempts up to this one. */
  markConfirmed(lastId: number, startedAt: number): Promise<Result<null>>;
  /**
   * Those of these persons to whom a send of the workspace is uncertain, or waits to be sent again; `accepted`: those,
   * too, to whom a message of the campaign was accepted.
   */
  awaited(persons: readonly string[], accepted: boolean): Promise<Result<readonly string[]>>;
  /** Persons, in order after `after`, whom the scan saw and this workspace sent to. */
  listedPersons(scanId: number, after: string, limit: number): Promise<Result<readonly string[]>>;
  /** Every send of the workspace to these persons that may have been executed. */
  sendsTo(persons: readonly string[]): Promise<Result<readonly KnownSend[]>>;
  /** Records of these persons; `''` stands for those that name nobody (at most 1,000 of them). */
  recordsOf(scanId: number, persons: readonly string[]): Promise<Result<readonly SeenRecord[]>>;
  /** Forgets which records the scan gave to whom, before they are given anew. */
  clearMatches(scanId: number): Promise<Result<null>>;
  /**
   * Writes what was found in one commit: which record is whose; uncertain, or called absent, → `accepted` with the
   * evidence (unless `settle` is false); confirmations of accepted deliveries. A record that is another's already settles nothing.
   */
  writePresence(
    scanId: number,
    found: Presence,
    settle: boolean,
    by: Recorded,
  ): Promise<Result<PresenceWritten>>;
  /** Uncertain deliveries of the campaign as of the scan's beginning, in order after `afterDeliveryId`. */
  uncertainAttempts(
    scanId: number,
    afterDeliveryId: number,
    limit: number,
  ): Promise<Result<readonly UncertainAttempt[]>>;
  reach(scanId: number): Promise<Result<ScanReach>>;
  /** The controls that began at `fromAt` or later, and before the scan did. */
  controls(scanId: number, fromAt: number): Promise<Result<Controls>>;
  /** Those of these attempts that an earlier list showed: they are never absent, whatever a later one shows. */
  listedBefore(attemptIds: readonly number[]): Promise<Result<readonly number[]>>;
  /** Stores the evidence of absence; nothing is sent again by that alone. */
  recordAbsence(scanId: number, proofs: readonly AbsenceProof[], by: Recorded): Promise<Result<null>>;
  /** Those proven absent by this scan go back to `pending`, due at once. Returns how many. */
  requeueAbsent(scanId: number): Promise<Result<number>>;
  /** Keeps why deliveries stay uncertain, for `status`. */
  noteLeft(
    scanId: number,
    left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
    at: number,
  ): Promise<Result<null>>;
}

/** Who has something recorded, and when. */
export interface Recorded {
  readonly by: string;
  readonly at: number;
  /** Where that person sits; left out: at a terminal. */
  readonly place?: ActionPlace;
}

/** What an audit can find about a delivery or a record. */
export type AuditFindingKind = 'missing' | 'twice' | 'unknown' | 'failed';

/** One finding, a row of the audit's CSV. */
export interface AuditFinding {
  readonly finding: AuditFindingKind;
  /** Digits; null where the record names nobody. */
  readonly phone: string | null;
  /** Line of the recipients file; null for a record of nobody in the campaign. */
  readonly line: number | null;
  readonly recordId: string | null;
  /** Epoch milliseconds of the provider's clock. */
  readonly recordAt: number | null;
  /** What is wrong, as a sentence to be said. */
  readonly detail: Problem;
}

/** Where a stream of findings stands; opaque to the engine. */
export interface AuditCursor {
  readonly part: 'deliveries' | 'twice' | 'unknown';
  readonly after: string;
}

/** Where the findings of an audit begin. */
export const FIRST_FINDINGS: AuditCursor = { part: 'deliveries', after: '0' };

/** Where those findings begin that are about records: `twice` and `unknown`. */
export const RECORDS_TOO_MANY: AuditCursor = { part: 'twice', after: '' };

/** A batch of findings and where the next begins; null: that was all. */
export interface AuditBatch {
  readonly findings: readonly AuditFinding[];
  readonly next: AuditCursor | null;
}

/** The ledger as the audit sees it. */
export interface AuditLedger extends ReconcileLedger {
  /** When the campaign came into this ledger: whatever it sent, was sent later. */
  openedAt(): Promise<Result<number>>;
  /**
   * Who is pending although the scan shows their message becomes `uncertain`, with the record as evidence, so that no send
   * repeats it. Records of theirs are nobody's by then. Returns how many.
   */
  holdListed(scanId: number, by: Recorded): Promise<Result<number>>;
  acceptedCount(): Promise<Result<number>>;
  /** Findings of a scan, batch by batch. `complete` false: nothing is called missing. */
  findings(scanId: number, cursor: AuditCursor, complete: boolean): Promise<Result<AuditBatch>>;
}
