import type { Actions } from '../../core/ledger/actions.js';
import type { Approvals } from '../../core/ledger/approvals.js';
import type { Finding } from '../../core/ledger/finding.js';
import type { Launches } from '../../core/ledger/launches.js';
import {
  type Campaigns,
  type DoNotContactLists,
  type Imports,
  type Ledger,
  LedgerError,
  type LedgerIdentity,
  type People,
  type Reports,
  type Runs,
  type Templates,
  type TestSends,
} from '../../core/ledger/ledger.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import type { StatusReads } from '../../core/ledger/status.js';
import type { Team } from '../../core/ledger/team.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { actionsIn } from '../sql/actions.js';
import { approvalsIn } from '../sql/approvals.js';
import { launchesIn } from '../sql/launches.js';
import { RunClock } from '../sql/run-clock.js';
import { begunTest } from '../sql/test-sends.js';
import { backupLedger } from './backup.js';
import { changesAfterSend, findCampaign, listCampaigns, openCampaign } from './campaign-records.js';
import { cancelCampaign, pauseCampaign, resumeCampaign } from './control.js';
import { dailyUse } from './daily-cap.js';
import { declare } from './declare.js';
import { allEvidence } from './evidence.js';
import { FileLook } from './file-look.js';
import { findingIn } from './finding.js';
import { eraseLeftovers, forgetOlder, forgetPhone } from './forgetting.js';
import { applyFrequencyLimit } from './frequency.js';
import { gatesIn } from './gate-ledger.js';
import { growWal } from './grow-wal.js';
import { importingHere, importRecipients, lastImport } from './import-recipients.js';
import { identityIn } from './ledger-identity.js';
import { guarded, ledgerErrorOf } from './ledger-problem.js';
import { importWritingIn, LedgerThread, runWritingIn } from './ledger-thread.js';
import { isHeld } from './lock.js';
import { keepLostLedger } from './lost-ledger.js';
import { checkIntegrity, type LedgerDatabase } from './open-ledger.js';
import { campaignOverviews, ledgerFigures } from './overview.js';
import { firstMessage, planFacts, skippedByReason, storedRejections } from './plan-facts.js';
import { ratesIn } from './rates.js';
import { settlingIn } from './reconcile-ledger.js';
import { startRecovery } from './recover.js';
import { countRepaired } from './repaired-rows.js';
import { ledgerWarnings } from './repeated-messages.js';
import { reportRows } from './report-rows.js';
import { reportSummary } from './report-summary.js';
import { requeue } from './requeue.js';
import { countLastSeenBefore } from './retention.js';
import { SqliteRunLedger, writingHere } from './run-ledger.js';
import { balanceOf, endedUncleanly, listRuns, startRun } from './runs.js';
import {
  allReasons,
  cappedPeople,
  countDeliveries,
  evidenceCounts,
  nextDueAt,
  recentRatePerSecond,
  repeatedRows,
  unreachedReasons,
} from './status-facts.js';
import { storeOf } from './store.js';
import {
  addSuppressions,
  applySuppressions,
  clearCampaignSuppressions,
  isSuppressed,
  knownWorkspaces,
  listSuppressions,
  removeSuppressions,
} from './suppressions.js';
import { skipTakenOut } from './taken-out.js';
import { teamIn } from './team.js';
import { keepTemplateList, lastTemplateList } from './template-lists.js';
import { beginTestSend, endTestSend } from './test-sends.js';
import { listStand } from './unconfirmed.js';
import { whatWouldSettle } from './unsettled.js';

/** While a run sends, its sockets do not wait longer than this for the ledger, whoever else writes to it. */
const SENDING_BUSY_MS = 500;
/** The number by which SQLite calls `synchronous=FULL`. */
const FULL = 2;

/** The ledger in a file of SQLite, or in memory. What a run and an import write goes through a thread of its own. */
export class SqliteLedger implements Ledger {
  readonly file: string;
  /** Files' locks are enough for a ledger that lies on one machine. */
  readonly sharedLocks = null;
  readonly #db: LedgerDatabase;
  readonly #thread: LedgerThread | null;
  readonly #store = storeOf((work) => this.#ask(work));
  /** Its file lies on one machine's disk. */
  readonly shared = null;

  /** @param thread null: all is written here, as a ledger in memory can only be */
  constructor(db: LedgerDatabase, thread: LedgerThread | null = threadOf(db)) {
    this.#db = db;
    this.file = db.name;
    this.#thread = thread;
  }

  readonly campaigns: Campaigns = {
    list: (name) => this.#ask((db) => listCampaigns(db, name)),
    find: ({ workspace, name }) => this.#ask((db) => findCampaign(db, workspace, name)),
    changesAfterSend: (entry) => this.#ask((db) => changesAfterSend(db, entry)),
    open: (entry, acceptChanges, at) => this.#ask((db) => openCampaign(db, entry, acceptChanges, at)),
    pause: (...asked) => this.#ask((db) => pauseCampaign(db, ...asked)),
    resume: (...asked) => this.#ask((db) => resumeCampaign(db, ...asked)),
    cancel: (campaignId, recorded) => this.#ask((db) => cancelCampaign(db, campaignId, recorded)),
    counts: (campaignId) => this.#ask((db) => countDeliveries(db, campaignId)),
    skippedByReason: (campaignId) => this.#ask((db) => skippedByReason(db, campaignId)),
    dailyUse: (workspace, perDay, at) => this.#ask((db) => dailyUse(db, workspace, perDay, at)),
    warnings: (campaign, at) => this.#ask((db) => ledgerWarnings(db, campaign, at)),
    requeue: (campaignId, filter, recorded) => this.#ask((db) => requeue(db, campaignId, filter, recorded)),
    declare: (campaignId, said, recorded) => this.#ask((db) => declare(db, campaignId, said, recorded)),
  };

  readonly imports: Imports = {
    last: (campaignId, source) => this.#ask((db) => lastImport(db, campaignId, source)),
    take: (target, batches) => {
      const writing = this.#thread === null ? importingHere(this.#db) : importWritingIn(this.#thread);
      return guarded(this.file, () => importRecipients(writing, target, batches));
    },
    rejections: (campaignId) => this.#each((db) => storedRejections(db, campaignId)),
    takeOut: (campaignId, held) =>
      this.#ask((db) => {
        applySuppressions(db, campaignId, held);
        applyFrequencyLimit(db, campaignId, held);
        // Each of these took people back who may be taken out for another reason.
        skipTakenOut(db, campaignId, held.at);
      }),
    planFacts: (campaignId) => this.#ask((db) => planFacts(db, campaignId)),
    look: (question, campaign) => this.#ask((db) => new FileLook(db, question, campaign)),
  };

  readonly runs: Runs = {
    reserve: () => this.#ask(growWal),
    begin: async ({ campaignId, workspace, limit, ...run }, readClocks) => {
      const runId = await this.#ask((db) => startRun(db, campaignId, run));
      const started = { runId, campaignId, workspace, limit };
      const writing =
        this.#thread === null ? writingHere(this.#db, started) : await runWritingIn(this.#thread, started);
      return { runId, ledger: new SqliteRunLedger(this.#db, started, writing, new RunClock(readClocks)) };
    },
    gates: (campaignId, workspace) => gatesIn(this.#db, campaignId, workspace),
    recover: (campaignId, at) => this.#ask((db) => startRecovery(db, campaignId, at)),
    endedUncleanly: () => this.#ask(endedUncleanly),
    balance: (campaignId) => this.#ask((db) => balanceOf(db, campaignId)),
    ...ratesIn((work) => this.#ask(work)),
  };

  readonly testSends: TestSends = {
    begin: async (test, at) => {
      const begun = await this.#result((db) => beginTestSend(db, test, at));
      return begun.ok ? begunTest(begun.value) : begun;
    },
    end: (id, outcome, answer, at) => this.#ask((db) => endTestSend(db, id, outcome, answer, at)),
  };

  readonly reports: Reports = {
    summary: (campaign, label, at) => this.#ask((db) => reportSummary(db, campaign, label, at)),
    rows: (campaignId, statuses) => this.#each((db) => reportRows(db, campaignId, statuses)),
    evidence: (campaignId) => this.#each((db) => allEvidence(db, campaignId)),
    countRepaired: (campaignId) => this.#ask((db) => countRepaired(db, campaignId)),
    firstMessage: (campaignId) => this.#ask((db) => firstMessage(db, campaignId)),
  };

  readonly status: StatusReads = {
    overview: () => this.#ask(campaignOverviews),
    figures: (at) => this.#ask((db) => ledgerFigures(db, at)),
    lastRun: (campaignId) => this.#ask((db) => listRuns(db, campaignId, 1)[0] ?? null),
    repeatedRows: (campaignId) => this.#ask((db) => repeatedRows(db, campaignId)),
    recentRatePerSecond: (runId, at) => this.#ask((db) => recentRatePerSecond(db, runId, at)),
    nextDueAt: (campaignId) => this.#ask((db) => nextDueAt(db, campaignId)),
    capped: (campaignId, at) => this.#ask((db) => cappedPeople(db, campaignId, at)),
    unreachedReasons: (campaignId) => this.#ask((db) => unreachedReasons(db, campaignId)),
    reasons: (campaignId, most) => this.#ask((db) => allReasons(db, campaignId, most)),
    runs: (campaignId, most) => this.#ask((db) => listRuns(db, campaignId, most)),
    evidence: (campaignId) => this.#ask((db) => evidenceCounts(db, campaignId)),
    listStand: (campaignId) => this.#ask((db) => listStand(db, campaignId)),
    whatWouldSettle: (campaignId, policy, now) =>
      this.#ask((db) => whatWouldSettle(db, campaignId, policy, now)),
  };

  readonly lists: DoNotContactLists = {
    workspaces: () => this.#ask(knownWorkspaces),
    add: (workspace, entries, at) => this.#ask((db) => addSuppressions(db, workspace, entries, at)),
    remove: (workspace, people, seen) => this.#ask((db) => removeSuppressions(db, workspace, people, seen)),
    entries: (workspace, after) => this.#each((db) => listSuppressions(db, workspace, after)),
    replaceOfCampaign: ({ id, workspace }, entries, at) =>
      this.#ask((db) => {
        clearCampaignSuppressions(db, workspace, id);
        if (entries.length > 0) addSuppressions(db, workspace, entries, at, id);
      }),
    isOn: (workspace, person, at) => this.#ask((db) => isSuppressed(db, workspace, person, at)),
  };

  readonly people: People = {
    countLastSeenBefore: (before) => this.#ask((db) => countLastSeenBefore(db, before)),
    forget: (person, at) => this.#ask((db) => forgetPhone(db, person, at)),
    forgetOlder: (before, at) => this.#ask((db) => forgetOlder(db, before, at)),
    eraseLeftovers: () => this.#ask(eraseLeftovers),
  };

  readonly templates: Templates = {
    last: (sender) => this.#ask((db) => lastTemplateList(db, sender)),
    keep: (sender, list) => this.#ask((db) => keepTemplateList(db, sender, list)),
  };

  readonly launches: Launches = launchesIn(this.#store);
  readonly team: Team = teamIn((work) => this.#ask(work));

  readonly actions: Actions = actionsIn(this.#store);

  readonly approvals: Approvals = approvalsIn(this.#store);

  readonly finding: Finding = findingIn((work) => this.#ask(work));

  readonly identity: LedgerIdentity = identityIn(
    (work) => this.#ask(work),
    (...where) => keepLostLedger(this.#db, ...where),
  );

  settling(scope: ReconcileScope, readClocks: ReadClocks): ReturnType<Ledger['settling']> {
    return settlingIn(this.#db, scope, readClocks);
  }

  check(depth: 'quick' | 'full'): Promise<Result<null>> {
    return this.#ask((db) => checkIntegrity(db, depth));
  }

  async durability(): Promise<{ readonly durable: boolean; readonly detail: string }> {
    const synchronous = await this.#ask((db) => db.pragma('synchronous', { simple: true }));
    return { durable: synchronous === FULL, detail: String(synchronous) };
  }

  isHeld(waitMs: number): Promise<boolean> {
    return this.#ask((db) => !db.memory && isHeld(db.name, waitMs));
  }

  async whileSending<T>(work: () => Promise<T>): Promise<T> {
    const before = Number(this.#db.pragma('busy_timeout', { simple: true }));
    this.#db.pragma(`busy_timeout = ${SENDING_BUSY_MS}`);
    try {
      return await work();
    } finally {
      this.#db.pragma(`busy_timeout = ${before}`);
    }
  }

  backup(file: string): ReturnType<Ledger['backup']> {
    return backupLedger(this.#db, file);
  }

  async close(): Promise<void> {
    await this.#thread?.close();
    this.#db.close();
  }

  #ask<T>(work: (db: LedgerDatabase) => T): Promise<T> {
    return guarded(this.file, () => work(this.#db));
  }

  /** An error of the database as a problem; anything else is a bug and rejects. */
  async #result<T>(work: (db: LedgerDatabase) => T): Promise<Result<T>> {
    try {
      return ok(await this.#ask(work));
    } catch (error) {
      if (error instanceof LedgerError) return failed(error.problem);
      throw error;
    }
  }

  async *#each<T>(work: (db: LedgerDatabase) => Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* work(this.#db);
    } catch (error) {
      throw ledgerErrorOf(error, this.file);
    }
  }
}

function threadOf({ memory, name }: LedgerDatabase): LedgerThread | null {
  return memory ? null : new LedgerThread(name);
}
