import type { Actions } from '../../core/ledger/actions.js';
import type { Approvals } from '../../core/ledger/approvals.js';
import type { Finding } from '../../core/ledger/finding.js';
import type { Launches } from '../../core/ledger/launches.js';
import type {
  Campaigns,
  DoNotContactLists,
  Imports,
  Ledger,
  LedgerIdentity,
  People,
  Reports,
  Runs,
  Templates,
  TestSends,
} from '../../core/ledger/ledger.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import type { StatusReads } from '../../core/ledger/status.js';
import type { Team } from '../../core/ledger/team.js';
import type { Result } from '../../core/problem.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { SQLITE } from '../sql/dialect.js';
import { applyFrequencyLimit } from '../sql/frequency.js';
import { withProblems } from '../sql/guarded.js';
import { identityIn } from '../sql/identity.js';
import { RunClock } from '../sql/run-clock.js';
import { sectionsIn } from '../sql/sections.js';
import { applySuppressions } from '../sql/suppressions.js';
import { skipTakenOut } from '../sql/taken-out.js';
import { NO_LEASES } from '../sql/uncertain.js';
import { backupLedger } from './backup.js';
import { declare } from './declare.js';
import { FileLook } from './file-look.js';
import { eraseLeftovers, forgetOlder, forgetPhone } from './forgetting.js';
import { gatesIn } from './gate-ledger.js';
import { growWal } from './grow-wal.js';
import { importingHere, importRecipients } from './import-recipients.js';
import { guarded, ledgerErrorOf } from './ledger-problem.js';
import { importWritingIn, LedgerThread, runWritingIn } from './ledger-thread.js';
import { isHeld } from './lock.js';
import { keepLostLedger } from './lost-ledger.js';
import { checkIntegrity, type LedgerDatabase } from './open-ledger.js';
import { settlingIn } from './reconcile-ledger.js';
import { startRecovery } from './recover.js';
import { reportRows } from './report-rows.js';
import { countLastSeenBefore } from './retention.js';
import { SqliteRunLedger, writingHere } from './run-ledger.js';
import { startRun } from './runs.js';
import { storeOf, takeSteps, takeTogether } from './store.js';
import { addSuppressions, clearCampaignSuppressions } from './suppressions.js';

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
  readonly #same = sectionsIn(this.#store, NO_LEASES);
  /** Its file lies on one machine's disk. */
  readonly shared = null;

  /** @param thread null: all is written here, as a ledger in memory can only be */
  constructor(db: LedgerDatabase, thread: LedgerThread | null = threadOf(db)) {
    this.#db = db;
    this.file = db.name;
    this.#thread = thread;
  }

  readonly campaigns: Campaigns = {
    ...this.#same.campaigns,
    requeue: withProblems(this.#same.campaigns, asTold).requeue,
    declare: (campaignId, said, recorded) => this.#ask((db) => declare(db, campaignId, said, recorded)),
  };

  readonly imports: Imports = {
    ...this.#same.imports,
    take: (target, batches) => {
      const writing = this.#thread === null ? importingHere(this.#db) : importWritingIn(this.#thread);
      return guarded(this.file, () => importRecipients(writing, target, batches));
    },
    takeOut: (campaignId, held) =>
      this.#ask((db) => {
        takeTogether(db, () => applySuppressions(campaignId, held));
        takeTogether(db, () => applyFrequencyLimit(campaignId, held));
        // Each of these took people back who may be taken out for another reason.
        takeSteps(db, skipTakenOut(SQLITE, campaignId, held.at));
      }),
    look: (question, campaign) => this.#ask((db) => new FileLook(db, question, campaign)),
  };

  readonly runs: Runs = {
    ...this.#same.runs,
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
  };

  readonly testSends: TestSends = {
    ...this.#same.testSends,
    begin: withProblems(this.#same.testSends, asTold).begin,
  };

  readonly reports: Reports = {
    ...this.#same.reports,
    rows: (campaignId, statuses) => this.#each((db) => reportRows(db, campaignId, statuses)),
  };

  readonly status: StatusReads = this.#same.status;

  readonly lists: DoNotContactLists = {
    ...this.#same.lists,
    add: (workspace, entries, at) => this.#ask((db) => addSuppressions(db, workspace, entries, at)),
    replaceOfCampaign: ({ id, workspace }, entries, at) =>
      this.#ask((db) => {
        clearCampaignSuppressions(db, workspace, id);
        if (entries.length > 0) addSuppressions(db, workspace, entries, at, id);
      }),
  };

  readonly people: People = {
    countLastSeenBefore: (before) => this.#ask((db) => countLastSeenBefore(db, before)),
    forget: (person, at) => this.#ask((db) => forgetPhone(db, person, at)),
    forgetOlder: (before, at) => this.#ask((db) => forgetOlder(db, before, at)),
    eraseLeftovers: () => this.#ask(eraseLeftovers),
  };

  readonly templates: Templates = this.#same.templates;
  readonly launches: Launches = this.#same.launches;
  readonly team: Team = this.#same.team;
  readonly actions: Actions = this.#same.actions;
  readonly approvals: Approvals = this.#same.approvals;
  readonly finding: Finding = this.#same.finding;

  readonly identity: LedgerIdentity = identityIn(this.#store, (...where) =>
    keepLostLedger(this.#db, ...where),
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

  async *#each<T>(work: (db: LedgerDatabase) => Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* work(this.#db);
    } catch (error) {
      throw ledgerErrorOf(error, this.file);
    }
  }
}

/** What comes out of a section is a `LedgerError` already. */
function asTold(error: unknown): unknown {
  return error;
}

function threadOf({ memory, name }: LedgerDatabase): LedgerThread | null {
  return memory ? null : new LedgerThread(name);
}
