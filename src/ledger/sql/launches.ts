import type {
  LaunchEnd,
  LaunchOptions,
  LaunchRecord,
  LaunchStart,
  LaunchState,
  NewLaunch,
  ProcessMark,
} from '../../core/ledger/launches.js';
import type { Problem } from '../../core/problem.js';

/** A row of the table. */
export interface LaunchRow {
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
export function launchOf(row: LaunchRow): LaunchRecord {
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
export function markText({ host, pid, startedAs }: ProcessMark): string {
  return JSON.stringify({ host, pid, startedAs });
}

/** Enters a launch; nothing where its key is known or its campaign has an open one. */
export const ENTER_LAUNCH = `
  INSERT INTO launches (key, workspace, name, file, sender, plan_digest, confirmed, options, asked_by, asked_at, start_at,
    watched_at)
  VALUES (@key, @workspace, @name, @file, @sender, @planDigest, @confirmed, @options, @by, @at, @startAt, @at)
  ON CONFLICT DO NOTHING`;

/** What fills `ENTER_LAUNCH`. */
export function enteredLaunch({ options, ...launch }: NewLaunch, at: number) {
  return { ...launch, options: JSON.stringify(options), at };
}

/** The launch of a key. */
export const LAUNCH = 'SELECT * FROM launches WHERE key = @key';

/** The newest launch of a campaign; an open one is always the newest. */
export const LAST_LAUNCH =
  'SELECT * FROM launches WHERE workspace = @workspace AND name = @name ORDER BY id DESC LIMIT 1';

/** The newest launch of every campaign. */
export const NEWEST_LAUNCHES =
  'SELECT * FROM launches WHERE id IN (SELECT max(id) FROM launches GROUP BY workspace, name) ORDER BY id';

/** The launches that did not end, in the order of asking. */
export const OPEN_LAUNCHES = 'SELECT * FROM launches WHERE ended_at IS NULL ORDER BY id';

/** `waiting` → `starting`, or once more in the place of a starter that is gone. */
export function startLaunchOf(insteadOf: ProcessMark | null): string {
  const from = insteadOf === null ? "state = 'waiting'" : "state = 'starting' AND starter = @insteadOf";
  return `
    UPDATE launches SET state = 'starting', starter = @starter, log = @log, started_at = @at
    WHERE key = @key AND ${from}`;
}

/** What fills it. */
export function startedLaunch(
  key: string,
  { starter, log }: LaunchStart,
  insteadOf: ProcessMark | null,
  at: number,
) {
  const place = insteadOf === null ? {} : { insteadOf: markText(insteadOf) };
  return { key, starter: markText(starter), log, at, ...place };
}

/** `starting` → `running`, for the first process that says so. */
export const BEGIN_LAUNCH =
  "UPDATE launches SET state = 'running', runner = @runner WHERE key = @key AND state = 'starting'";

/** Back to `waiting`. */
export const PUT_BACK_LAUNCH = `
  UPDATE launches SET state = 'waiting', starter = NULL, runner = NULL, started_at = NULL, watched_at = @at
  WHERE key = @key AND (state = 'starting' OR state = 'running')`;

/** The same for all whose process has not said a word, in a ledger that moved: from the other place none of them begins. */
export const PUT_BACK_MOVED =
  "UPDATE launches SET state = 'waiting', starter = NULL, started_at = NULL WHERE state = 'starting'";

/** Ends a launch that stands so. */
export const END_LAUNCH = `
  UPDATE launches SET state = @state, exit_code = @exitCode, problems = @problems, ended_at = @at
  WHERE key = @key AND state = @from`;

/** What fills it. */
export function endedLaunch(
  key: string,
  from: LaunchState,
  { state, exitCode, problems }: LaunchEnd,
  at: number,
) {
  return { key, from, state, exitCode, problems: JSON.stringify(problems), at };
}

/** Notes that somebody who can start this one was there. */
export const WATCH_LAUNCH =
  "UPDATE launches SET watched_at = @at WHERE key = @key AND (state = 'waiting' OR state = 'starting')";
