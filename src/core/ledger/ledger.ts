import type { Counts } from '../counts.js';
import type { ActionMark, AttemptMark } from '../known-ledger.js';
import type { AnswerFacts, OutcomeKind } from '../outcome.js';
import type { PlanFacts, PlannedMessage } from '../plan.js';
import type { RunLedger, Written } from '../ports.js';
import type { Problem, Result } from '../problem.js';
import type { Recipient, Rejection, RowVerdict } from '../recipient.js';
import type { AuditLedger, Recorded } from '../reconcile-ports.js';
import type { ReportEvidence, ReportRow, ReportStatus, ReportSummary } from '../report-data.js';
import type { ReadClocks } from '../steady-time.js';
import type { TemplateList } from '../template.js';
import type { Actions } from './actions.js';
import type { Approvals } from './approvals.js';
import type {
  CampaignEntry,
  CampaignKey,
  CampaignRecord,
  DailyUse,
  Declaration,
  Requeued,
  RequeueFilter,
  SeenControl,
} from './campaigns.js';
import type { Finding } from './finding.js';
import type {
  HoldingBack,
  ImportSource,
  ImportSummary,
  ImportTarget,
  LastImport,
  PlannedCampaign,
  Standing,
  StandingQuestion,
} from './imports.js';
import type { Launches } from './launches.js';
import type { LedgerBackup, Locks, LostLedger, NamedLedger, WatchedFile } from './locks.js';
import type { ForgottenWithRows, SeenEntry, Suppression, SuppressionRecord } from './people.js';
import type { AskedPause, CanaryStand, LearnedRate, NewRun, ReconcileScope, TestSend } from './runs.js';
import type { SharedRuns } from './shared-runs.js';
import type { StatusReads } from './status.js';
import type { Team } from './team.js';

/** How a ledger is opened: `create` makes a new one where none is, `existing` refuses that, `read` changes nothing. */
export type LedgerMode = 'create' | 'existing' | 'read';

/** The ledgers that there are, and the locks of files. */
export interface Ledgers {
  /** Takes in the address of a database, which `open` knows by its name from then on. */
  named(address: string): Promise<Result<NamedLedger>>;
  /** Whether there is one; true, too, where that cannot be told: opening it says why. */
  isThere(file: string): Promise<boolean>;
  /** Every way in which a ledger can be unfit is a problem with what to do. */
  open(file: string, mode: LedgerMode): Promise<Result<Ledger>>;
  /** Other than before as soon as anything is written; null: only looking tells, as with a database, or right after a write. */
  state(file: string): Promise<string | null>;
  readonly locks: Locks;
}

/**
 * Everything that is recorded, whatever database holds it. A method that gives no `Result` rejects with a
 * `LedgerError` when the ledger cannot be read or written. Moments are epoch milliseconds.
 */
export interface Ledger {
  /** How people know it: its real path. */
  readonly file: string;
  readonly campaigns: Campaigns;
  readonly imports: Imports;
  readonly runs: Runs;
  readonly testSends: TestSends;
  readonly reports: Reports;
  readonly status: StatusReads;
  readonly lists: DoNotContactLists;
  readonly people: People;
  readonly templates: Templates;
  readonly launches: Launches;
  readonly actions: Actions;
  readonly approvals: Approvals;
  readonly team: Team;
  readonly finding: Finding;
  readonly identity: LedgerIdentity;
  /** Runs that any of several machines may go on with; null: one machine has this ledger. */
  readonly shared: SharedRuns | null;
  /** Locks by name that machines share; null: the ledger lies on one machine, whose files' locks are enough. */
  readonly sharedLocks: Locks | null;
  /** Settling and the audit of one campaign; both of its locks must be held. */
  settling(scope: ReconcileScope, readClocks: ReadClocks): AuditLedger;
  /** Whether what is stored holds together: `quick` reads all of it, `full` compares the indexes, too. */
  check(depth: 'quick' | 'full'): Promise<Result<null>>;
  /** Whether what is committed survives a power cut; the database's own word for how it writes, where it does not. */
  durability(): Promise<{ readonly durable: boolean; readonly detail: string }>;
  /** Whether somebody else keeps it from being written, for all of `waitMs`. */
  isHeld(waitMs: number): Promise<boolean>;
  /** Works with a ledger that keeps nobody waiting for more than half a second. */
  whileSending<T>(work: () => Promise<T>): Promise<T>;
  /** A checked copy; a run may go on meanwhile. */
  backup(file: string): Promise<Result<LedgerBackup>>;
  close(): Promise<void>;
}

/** What tells this ledger from others and from copies of itself. */
export interface LedgerIdentity {
  id(): Promise<string>;
  /** Where it was moved to, as people know it; null: it is still this one that is sent from. */
  movedTo(): Promise<string | null>;
  holdsAttempt(campaign: CampaignKey, mark: AttemptMark): Promise<boolean>;
  lastAttempt(campaignId: number): Promise<AttemptMark | null>;
  holdsAction(mark: ActionMark): Promise<boolean>;
  /** The last action that took people of a workspace out; null: there is none. */
  lastTakingOut(workspace: string): Promise<ActionMark | null>;
  /** Keeps what it holds when its file no longer lies at its path. */
  keepLost(watch: WatchedFile, otherFolder: string): Promise<LostLedger>;
}

/** The campaigns that were ever sent or imported. */
export interface Campaigns {
  /** Those of a name, or all. */
  list(name: string | null): Promise<readonly CampaignRecord[]>;
  find(campaign: CampaignKey): Promise<CampaignRecord | null>;
  /** What may not be edited once people were accepted, and was. */
  changesAfterSend(entry: CampaignEntry): Promise<readonly Problem[]>;
  /** Enters it, or takes in what was edited. `at`: when it came into the ledger, where it is new; else `SENT_BEFORE`. */
  open(entry: CampaignEntry, acceptChanges: boolean, at: number): Promise<Result<CampaignRecord>>;
  /** `seen`: how a person saw it; false: it is not so any more, and nothing was changed. Left out: however it is. */
  pause(campaignId: number, recorded: Recorded, seen?: SeenControl): Promise<boolean>;
  /** Likewise. */
  resume(campaignId: number, recorded: Recorded, seen?: SeenControl): Promise<boolean>;
  /** Ends it for everybody who is pending; returns how many. */
  cancel(campaignId: number, recorded: Recorded): Promise<number>;
  counts(campaignId: number): Promise<Counts>;
  skippedByReason(campaignId: number): Promise<Readonly<Record<string, number>>>;
  dailyUse(workspace: string, perDay: number, at: number): Promise<DailyUse>;
  /** What the ledger finds odd about sending it, once its file is imported. */
  warnings(campaign: CampaignRecord, at: number): Promise<readonly Problem[]>;
  /** Puts failed deliveries back to `pending`. */
  requeue(campaignId: number, filter: RequeueFilter, recorded: Recorded): Promise<Result<Requeued>>;
  /** Takes an operator's word about uncertain ones; returns how many. */
  declare(campaignId: number, declaration: Declaration, recorded: Recorded): Promise<Result<number>>;
}

/** Recipients files on their way into the ledger. */
export interface Imports {
  /** What the last import told, where it was of this very file under these settings; else null. */
  last(campaignId: number, source: ImportSource): Promise<LastImport | null>;
  /** All of a file in one transaction; nothing of it when `batches` throws. */
  take(target: ImportTarget, batches: AsyncIterable<readonly RowVerdict[]>): Promise<ImportSummary>;
  rejections(campaignId: number): AsyncIterable<Rejection>;
  /** Skips whoever must not be sent to, and takes back whose reason is gone. */
  takeOut(campaignId: number, held: HoldingBack): Promise<void>;
  planFacts(campaignId: number): Promise<Omit<PlanFacts, 'notices' | 'changedAfterAccepted' | 'readAs'>>;
  /** What rows would mean that are not imported. Nothing is written. */
  look(question: StandingQuestion, campaign: PlannedCampaign): Promise<ImportLook>;
}

/** Looks at the rows of one file, batch by batch in order. */
export interface ImportLook {
  /** null for a row that is rejected. */
  standings(verdicts: readonly RowVerdict[]): Promise<readonly (Standing | null)[]>;
  /** Takes in people who would be sent to, for the warnings. */
  planned(recipients: readonly Recipient[]): Promise<void>;
  warnings(): readonly Problem[];
}

/** Runs, and what one leaves for the next. */
export interface Runs {
  /** Makes room for what a run writes, so that outcomes fit on a disk that is full later. */
  reserve(): Promise<Result<null>>;
  begin(run: NewRun, readClocks: ReadClocks): Promise<{ readonly runId: number; readonly ledger: RunLedger }>;
  gates(campaignId: number, workspace: string): GateStore;
  /** Deliveries that a dead run left in `sending` become `uncertain`; returns how many. */
  recover(campaignId: number, at: number): Promise<number>;
  /** Whether the last run of any campaign died. */
  endedUncleanly(): Promise<boolean>;
  balance(campaignId: number): Promise<{ readonly imported: number; readonly counted: number }>;
  learnedRate(sender: string): Promise<LearnedRate | null>;
  keepLearnedRate(sender: string, ratePerSecond: number, at: number): Promise<void>;
  /** Keeps it while the sender still waits as it was asked to. */
  forgetLearnedRate(sender: string, at: number): Promise<void>;
  /** The last wait that the provider asked a sender for, over or not; null: none. */
  pause(sender: string): Promise<AskedPause | null>;
  /** `ratePerSecond`: what the sender has learned by then. */
  keepPause(sender: string, pause: AskedPause, ratePerSecond: number): Promise<void>;
}

/** What the gates ask for one campaign. */
export interface GateStore {
  /** Countries of the people who are still pending; `''` where the phone does not tell. */
  pendingCountries(): Promise<readonly string[]>;
  /** Nobody of this country is due before `until`. */
  postpone(country: string, until: number): Promise<Written>;
  /**
   * To be called before the first look: a window may have been edited since it put people off, and a clock set back since it
   * said when somebody is tried again.
   */
  forgetPostponing(at: number): Promise<Written>;
  dailyUse(perDay: number, at: number): Promise<DailyUse>;
  /** Since a canary that halted a run: its failures were looked at, and the next send begins another. */
  canaryUse(): Promise<CanaryStand>;
  passCanary(at: number): Promise<Written>;
}

/** Messages beside the deliveries. */
export interface TestSends {
  /** The intent, durable before the promise resolves; a press that was heard before is a problem. */
  begin(test: TestSend, at: number): Promise<Result<number>>;
  end(id: number, outcome: OutcomeKind, answer: AnswerFacts, at: number): Promise<void>;
}

/** What a report is made of. */
export interface Reports {
  summary(campaign: CampaignRecord, workspaceLabel: string, at: number): Promise<ReportSummary>;
  rows(campaignId: number, statuses: readonly ReportStatus[] | null): AsyncIterable<readonly ReportRow[]>;
  evidence(campaignId: number): AsyncIterable<ReportEvidence>;
  countRepaired(campaignId: number): Promise<number>;
  /** The message of the first row that was not erased, whatever became of it; null: there is none. */
  firstMessage(campaignId: number): Promise<PlannedMessage | null>;
}

/** The do-not-contact lists: a workspace's own, and those of a campaign's files. */
export interface DoNotContactLists {
  workspaces(): Promise<readonly string[]>;
  /** Takes effect on what is still pending, also in a run that goes on. Returns how many were not on it. */
  add(workspace: string, entries: readonly Suppression[], at: number): Promise<number>;
  /** `seen`: only where the entry is still that one. Returns how many were taken off. */
  remove(workspace: string, people: Iterable<string>, seen?: SeenEntry | null): Promise<number>;
  /** In order of person. `after`: those behind this person. */
  entries(workspace: string, after?: string): AsyncIterable<SuppressionRecord>;
  /** The people of the files that a campaign names now, in place of those that it named before. */
  replaceOfCampaign(campaign: CampaignRecord, entries: readonly Suppression[], at: number): Promise<void>;
  isOn(workspace: string, person: string, at: number): Promise<boolean>;
}

/** The providers' lists of templates, as they were read last; a sender is an address and a workspace. */
export interface Templates {
  last(sender: string): Promise<TemplateList | null>;
  keep(sender: string, list: TemplateList): Promise<void>;
}

/** Data of persons, on its way out. */
export interface People {
  countLastSeenBefore(before: number): Promise<number>;
  forget(person: string, at: number): Promise<ForgottenWithRows>;
  forgetOlder(before: number, at: number): Promise<ForgottenWithRows>;
  /** Erases what the database keeps of what was deleted; false: somebody else is at work, the next one does it. */
  eraseLeftovers(): Promise<boolean>;
}

/** The ledger could not be read or written: full, busy, damaged, gone. What a person can do stands in `problem`. */
export class LedgerError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause: unknown) {
    super(problem.code, { cause });
    this.name = 'LedgerError';
    this.problem = problem;
  }
}
