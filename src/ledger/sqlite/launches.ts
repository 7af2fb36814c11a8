import type {
  LaunchAnswer,
  LaunchEnd,
  Launches,
  LaunchOptions,
  LaunchRecord,
  LaunchStart,
  LaunchState,
  NewLaunch,
  ProcessMark,
} from '../../core/ledger/launches.js';
import type { Problem } from '../../core/problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Works with the database behind a ledger. */
type Ask = <T>(work: (db: LedgerDatabase) => T) => Promise<T>;

/** The launches of a ledger. */
export function launchesIn(ask: Ask): Launches {
  return {
    ask: (launch, at) => ask((db) => askLaunch(db, launch, at)),
    find: (key) => ask((db) => findLaunch(db, key)),
    last: (campaign) => ask((db) => lastLaunch(db, campaign)),
    newest: () => ask(newestLaunches),
    open: () => ask(openLaunches),
    start: (...start) => ask((db) => startLaunch(db, ...start)),
    begin: (key, runner) => ask((db) => beginLaunch(db, key, runner)),
    putBack: (key, at) => ask((db) => putBackLaunch(db, key, at)),
    end: (...end) => ask((db) => endLaunch(db, ...end)),
    watched: (keys, at) => ask((db) => watchLaunches(db, keys, at)),
  };
}

interface LaunchRow {
  readonly key: string;
  readonly workspace: string;
  readonly name: string;
  readonly file: string;
  readonly sender: string;
  readonly plan_digest: string;
  readonly confirmed: number;
  readonly options: string;
  readonly asked_by: string;
  readonly asked_at: number;
  readonly start_at: number | null;
  readonly watched_at: number;
  readonly state: LaunchState;
  readonly starter: string | null;
  readonly runner: string | null;
  readonly log: string | null;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly exit_code: number | null;
  readonly problems: string;
}

function recordOf(row: LaunchRow): LaunchRecord {
  return {
    key: row.key,
    workspace: row.workspace,
    name: row.name,
    file: row.file,
    sender: row.sender,
    planDigest: row.plan_digest,
    confirmed: row.confirmed,
    options: JSON.parse(row.options) as LaunchOptions,
    by: row.asked_by,
    askedAt: row.asked_at,
    startAt: row.start_at,
    watchedAt: row.watched_at,
    state: row.state,
    starter: markOf(row.starter),
    runner: markOf(row.runner),
    log: row.log,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    exitCode: row.exit_code,
    problems: JSON.parse(row.problems) as Problem[],
  };
}

function markOf(text: string | null): ProcessMark | null {
  return text === null ? null : (JSON.parse(text) as ProcessMark);
}

/** In one order, so that equal marks are equal texts. */
function textOf({ host, pid, startedAs }: ProcessMark): string {
  return JSON.stringify({ host, pid, startedAs });
}

/** Enters a launch, unless the same press was heard before or the campaign has an open one. */
function askLaunch(db: LedgerDatabase, launch: NewLaunch, at: number): LaunchAnswer {
  return db
    .transaction((): LaunchAnswer => {
      const known = findLaunch(db, launch.key);
      if (known !== null) return { kind: 'known', launch: known };
      const last = lastLaunch(db, launch);
      if (last !== null && last.endedAt === null) return { kind: 'open', launch: last };
      db.prepare(
        `INSERT INTO launches (key, workspace, name, file, sender, plan_digest, confirmed, options, asked_by,
           asked_at, start_at, watched_at)
         VALUES (@key, @workspace, @name, @file, @sender, @planDigest, @confirmed, @options, @by, @at, @startAt, @at)`,
      ).run({ ...launch, options: JSON.stringify(launch.options), at });
      const entered = findLaunch(db, launch.key);
      if (entered === null) throw new Error('a launch that was written cannot be read');
      return { kind: 'entered', launch: entered };
    })
    .immediate();
}

/** The launch of this key, or null. */
function findLaunch(db: LedgerDatabase, key: string): LaunchRecord | null {
  const row = db.prepare('SELECT * FROM launches WHERE key = @key').get({ key });
  return row === undefined ? null : recordOf(row as LaunchRow);
}

/** The newest launch of a campaign, or null; an open one is always the newest. */
function lastLaunch(
  db: LedgerDatabase,
  { workspace, name }: { readonly workspace: string; readonly name: string },
): LaunchRecord | null {
  const row = db
    .prepare('SELECT * FROM launches WHERE workspace = @workspace AND name = @name ORDER BY id DESC LIMIT 1')
    .get({ workspace, name });
  return row === undefined ? null : recordOf(row as LaunchRow);
}

/** The newest launch of every campaign. */
function newestLaunches(db: LedgerDatabase): readonly LaunchRecord[] {
  const rows = db
    .prepare(
      'SELECT * FROM launches WHERE id IN (SELECT max(id) FROM launches GROUP BY workspace, name) ORDER BY id',
    )
    .all();
  return (rows as LaunchRow[]).map(recordOf);
}

/** The launches that did not end, in the order of asking. */
function openLaunches(db: LedgerDatabase): readonly LaunchRecord[] {
  const rows = db.prepare('SELECT * FROM launches WHERE ended_at IS NULL ORDER BY id').all();
  return (rows as LaunchRow[]).map(recordOf);
}

/** `waiting` → `starting`, or once more in the place of a starter that is gone. */
function startLaunch(
  db: LedgerDatabase,
  key: string,
  { starter, log }: LaunchStart,
  insteadOf: ProcessMark | null,
  at: number,
): boolean {
  const from = insteadOf === null ? "state = 'waiting'" : "state = 'starting' AND starter = @insteadOf";
  const { changes } = db
    .prepare(
      `UPDATE launches SET state = 'starting', starter = @starter, log = @log, started_at = @at
       WHERE key = @key AND ${from}`,
    )
    .run({
      key,
      starter: textOf(starter),
      log,
      at,
      ...(insteadOf === null ? {} : { insteadOf: textOf(insteadOf) }),
    });
  return changes === 1;
}

/** `starting` → `running`, for the first process that says so. */
function beginLaunch(db: LedgerDatabase, key: string, runner: ProcessMark): LaunchRecord | null {
  const { changes } = db
    .prepare(
      "UPDATE launches SET state = 'running', runner = @runner WHERE key = @key AND state = 'starting'",
    )
    .run({ key, runner: textOf(runner) });
  return changes === 1 ? findLaunch(db, key) : null;
}

/** Back to `waiting`. */
function putBackLaunch(db: LedgerDatabase, key: string, at: number): boolean {
  const { changes } = db
    .prepare(
      `UPDATE launches SET state = 'waiting', starter = NULL, runner = NULL, started_at = NULL, watched_at = @at
       WHERE key = @key AND (state = 'starting' OR state = 'running')`,
    )
    .run({ key, at });
  return changes === 1;
}

/** Ends a launch that stands so. */
function endLaunch(
  db: LedgerDatabase,
  key: string,
  from: LaunchState,
  { state, exitCode, problems }: LaunchEnd,
  at: number,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE launches SET state = @state, exit_code = @exitCode, problems = @problems, ended_at = @at
       WHERE key = @key AND state = @from AND ended_at IS NULL`,
    )
    .run({ key, from, state, exitCode, problems: JSON.stringify(problems), at });
  return changes === 1;
}

/** Notes that somebody who can start these was there. */
function watchLaunches(db: LedgerDatabase, keys: readonly string[], at: number): void {
  const watch = db.prepare("UPDATE launches SET watched_at = @at WHERE key = @key AND state = 'waiting'");
  db.transaction(() => {
    for (const key of keys) watch.run({ key, at });
  }).immediate();
}
