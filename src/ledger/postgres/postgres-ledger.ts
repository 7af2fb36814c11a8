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
import type { Locks } from '../../core/ledger/locks.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import type { SharedRuns } from '../../core/ledger/shared-runs.js';
import type { StatusReads } from '../../core/ledger/status.js';
import type { Team } from '../../core/ledger/team.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { AuditLedger } from '../../core/reconcile-ports.js';
import type { ReadClocks } from '../../core/steady-time.js';
import { countDeliveries } from '../sql/counts.js';
import { gatesIn } from '../sql/gates.js';
import { guardedSection, withProblems } from '../sql/guarded.js';
import { identityIn } from '../sql/identity.js';
import { sectionsIn } from '../sql/sections.js';
import { additionsIn } from './add-suppressions.js';
import type { Database } from './database.js';
import { declare } from './declare.js';
import { importsIn } from './imports.js';
import { LEASE_TERMS, LEASES, type LeaseTerms } from './lease.js';
import { LeaseKeeper } from './lease-keeper.js';
import { type OwnedWrites, ownedWrites } from './owned-writes.js';
import { peopleIn } from './people.js';
import { failureOf, guarded, postgresErrorOf } from './postgres-problem.js';
import { reportRows } from './report-rows.js';
import { runsIn } from './runs.js';
import type { FollowClock } from './server-facts.js';
import { settlingIn } from './settling.js';
import { sharedLocksIn } from './shared-locks.js';
import { sharedRunsIn } from './shared-runs.js';
import { storeOf, takeSteps } from './store.js';

/** The ledger in a database of PostgreSQL. What the database cannot do comes out of every method as a `LedgerError`. */
export class PostgresLedger implements Ledger {
  readonly file: string;
  readonly #db: Database;
  readonly #keeper: LeaseKeeper;
  readonly #owned: OwnedWrites;
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
  readonly shared: SharedRuns;
  readonly sharedLocks: Locks;

  /**
   * @param file how people know it: the address without a password
   * @param follow told of the server's clock whenever a run begins
   */
  constructor(
    db: Database,
    file: string,
    terms: LeaseTerms = LEASE_TERMS,
    follow: FollowClock = () => undefined,
  ) {
    this.#db = db;
    this.#keeper = new LeaseKeeper(db, terms);
    this.#owned = ownedWrites(db, this.#keeper, file);
    const store = storeOf(db, this.#owned);
    this.file = file;
    const told = (error: unknown) => postgresErrorOf(error, file);
    const section = <Section extends object>(made: Section): Section => guardedSection(made, told);
    const same = sectionsIn(store, LEASES);
    const campaigns = {
      ...same.campaigns,
      declare: (...said: Parameters<Campaigns['declare']>) => declare(this.#owned, ...said),
    };
    const settled = withProblems(campaigns, told);
    this.campaigns = section({ ...campaigns, requeue: settled.requeue, declare: settled.declare });
    this.imports = section({ ...same.imports, ...importsIn(db, file, this.#keeper) });
    const counts = (campaignId: number) => takeSteps(db, countDeliveries(campaignId));
    const runs = runsIn({ db, file, keeper: this.#keeper, counts, follow });
    const gates: Runs['gates'] = (campaignId, workspace) =>
      gatesIn(store, (error) => failureOf(error, file), campaignId, workspace);
    this.runs = section({ ...same.runs, ...runs, gates });
    this.testSends = { ...section(same.testSends), begin: withProblems(same.testSends, told).begin };
    this.reports = section({ ...same.reports, rows: (...asked) => reportRows(db, ...asked) });
    this.status = section(same.status);
    this.lists = section({ ...same.lists, ...additionsIn(db, this.#owned) });
    this.people = section(peopleIn(db));
    this.templates = section(same.templates);
    this.launches = section(same.launches);
    this.actions = section(same.actions);
    this.approvals = section(same.approvals);
    this.team = section(same.team);
    this.finding = section(same.finding);
    // A database is no file that somebody moves: what it holds stays in it.
    this.identity = section(identityIn(store, () => Promise.resolve({ kind: 'lost', detail: '' })));
    this.shared = section(sharedRunsIn(db, this.#owned));
    this.sharedLocks = withProblems(sharedLocksIn(db, this.#keeper), told);
  }

  settling(scope: ReconcileScope, readClocks: ReadClocks): AuditLedger {
    const settling = settlingIn(this.#db, this.#owned, scope, readClocks);
    return withProblems(settling, (error) => postgresErrorOf(error, this.file));
  }

  /** PostgreSQL looks after its own pages: what can be asked is whether it answers. */
  async check(): Promise<Result<null>> {
    await guarded(this.file, () => this.#db.row('SELECT 1 FROM ledger_identity'));
    return ok(null);
  }

  /** What claims commit is synced, whatever the server is set to; a server that does not sync at all is not opened. */
  durability(): Promise<{ readonly durable: boolean; readonly detail: string }> {
    return Promise.resolve({ durable: true, detail: 'on' });
  }

  /** Writers wait for rows, and never for the whole ledger. */
  isHeld(): Promise<boolean> {
    return Promise.resolve(false);
  }

  whileSending<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  backup(): ReturnType<Ledger['backup']> {
    return Promise.resolve(failed({ code: 'ledger.db-backup', params: { file: this.file } }));
  }

  close(): Promise<void> {
    this.#keeper.close();
    return this.#db.close();
  }
}
