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
import { type Params, row, rows, run, type Steps, type Store } from './steps.js';

/** The launches of a ledger. Each step is one statement: of several who try it at once, one finds the launch as it must be. */
export function launchesIn(store: Store): Launches {
  const changed = async (text: string, params: Params): Promise<boolean> =>
    (await store.each(run(text, params))) === 1;
  const all = async (text: string): Promise<readonly LaunchRecord[]> =>
    (await store.each(rows<LaunchRow>(text))).map(launchOf);
  const one = (text: string, params: Params) => store.each(oneOf(text, params));
  return {
    ask: (launch, at) => store.each(askLaunch(launch, at)),
    find: (key) => one(LAUNCH, { key }),
    last: ({ workspace, name }) => one(LAST_LAUNCH, { workspace, name }),
    newest: () => all(NEWEST_LAUNCHES),
    open: () => all(OPEN_LAUNCHES),
    start: (key, start, insteadOf, at) =>
      changed(startLaunchOf(insteadOf), startedLaunch(key, start, insteadOf, at)),
    begin: (key, runner) => store.each(beginLaunch(key, runner)),
    putBack: (key, at) => changed(PUT_BACK_LAUNCH, { key, at }),
    end: (...end) => changed(END_LAUNCH, endedLaunch(...end)),
    watched: (keys, at) => store.each(watchLaunches(keys, at)),
  };
}

/**
 * Enters a launch, unless the same press was heard before or the campaign has an open one. Whoever enters another one at
 * the same moment is waited for; that one is the answer, unless it has ended by then.
 */
function* askLaunch(launch: NewLaunch, at: number): Steps<LaunchAnswer> {
  const { key, workspace, name } = launch;
  for (;;) {
    const known = yield* oneOf(LAUNCH, { key });
    if (known !== null) return { kind: 'known', launch: known };
    const last = yield* oneOf(LAST_LAUNCH, { workspace, name });
    if (last !== null && last.endedAt === null) return { kind: 'open', launch: last };
    if ((yield* run(ENTER_LAUNCH, enteredLaunch(launch, at))) === 0) continue;
    const entered = yield* oneOf(LAUNCH, { key });
    if (entered === null) throw new Error('a launch that was written cannot be read');
    return { kind: 'entered', launch: entered };
  }
}

function* beginLaunch(key: string, runner: ProcessMark): Steps<LaunchRecord | null> {
  const begun = yield* run(BEGIN_LAUNCH, { key, runner: markText(runner) });
  return begun === 1 ? yield* oneOf(LAUNCH, { key }) : null;
}

function* watchLaunches(keys: readonly string[], at: number): Steps<void> {
  for (const key of keys) yield* run(WATCH_LAUNCH, { key, at });
}

function* oneOf(text: string, params: Params): Steps<LaunchRecord | null> {
  const found = yield* row<LaunchRow>(text, params);
  return found === undefined ? null : launchOf(found);
}

/** A row of the table. */
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

/** A launch as the port gives it. */
function launchOf(row: LaunchRow): LaunchRecord {
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

/** A mark as it is stored: in one order, so that equal marks are equal texts. */
function markText({ host, pid, startedAs }: ProcessMark): string {
  return JSON.stringify({ host, pid, startedAs });
}

/** Enters a launch; nothing where its key is known or its campaign has an open one. */
const ENTER_LAUNCH = `
  INSERT INTO launches (key, workspace, name, file, sender, plan_digest, confirmed, options, asked_by, asked_at, start_at,
    watched_at)
  VALUES (@key, @workspace, @name, @file, @sender, @planDigest, @confirmed, @options, @by, @at, @startAt, @at)
  ON CONFLICT DO NOTHING`;

/** What fills `ENTER_LAUNCH`. */
function enteredLaunch({ options, ...launch }: NewLaunch, at: number) {
  return { ...launch, options: JSON.stringify(options), at };
}

/** The launch of a key. */
const LAUNCH = 'SELECT * FROM launches WHERE key = @key';

/** The newest launch of a campaign; an open one is always the newest. */
const LAST_LAUNCH =
  'SELECT * FROM launches WHERE workspace = @workspace AND name = @name ORDER BY id DESC LIMIT 1';

/** The newest launch of every campaign. */
const NEWEST_LAUNCHES =
  'SELECT * FROM launches WHERE id IN (SELECT max(id) FROM launches GROUP BY workspace, name) ORDER BY id';

/** The launches that did not end, in the order of asking. */
const OPEN_LAUNCHES = 'SELECT * FROM launches WHERE ended_at IS NULL ORDER BY id';

/** `waiting` → `starting`, or once more in the place of a starter that is gone. */
function startLaunchOf(insteadOf: ProcessMark | null): string {
  const from = insteadOf === null ? "state = 'waiting'" : "state = 'starting' AND starter = @insteadOf";
  return `
    UPDATE launches SET state = 'starting', starter = @starter, log = @log, started_at = @at
    WHERE key = @key AND ${from}`;
}

/** What fills it. */
function startedLaunch(
  key: string,
  { starter, log }: LaunchStart,
  insteadOf: ProcessMark | null,
  at: number,
) {
  const place = insteadOf === null ? {} : { insteadOf: markText(insteadOf) };
  return { key, starter: markText(starter), log, at, ...place };
}

/** `starting` → `running`, for the first process that says so. */
const BEGIN_LAUNCH =
  "UPDATE launches SET state = 'running', runner = @runner WHERE key = @key AND state = 'starting'";

/** Back to `waiting`. */
const PUT_BACK_LAUNCH = `
  UPDATE launches SET state = 'waiting', starter = NULL, runner = NULL, started_at = NULL, watched_at = @at
  WHERE key = @key AND (state = 'starting' OR state = 'running')`;

/** The same for all whose process has not said a word, in a ledger that moved: from the other place none of them begins. */
export const PUT_BACK_MOVED =
  "UPDATE launches SET state = 'waiting', starter = NULL, started_at = NULL WHERE state = 'starting'";

/** Ends a launch that stands so. */
const END_LAUNCH = `
  UPDATE launches SET state = @state, exit_code = @exitCode, problems = @problems, ended_at = @at
  WHERE key = @key AND state = @from`;

/** What fills it. */
function endedLaunch(key: string, from: LaunchState, { state, exitCode, problems }: LaunchEnd, at: number) {
  return { key, from, state, exitCode, problems: JSON.stringify(problems), at };
}

/** Notes that somebody who can start this one was there. */
const WATCH_LAUNCH =
  "UPDATE launches SET watched_at = @at WHERE key = @key AND (state = 'waiting' OR state = 'starting')";
