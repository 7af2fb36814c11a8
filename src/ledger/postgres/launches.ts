import type { LaunchAnswer, Launches, LaunchRecord, NewLaunch } from '../../core/ledger/launches.js';
import {
  BEGIN_LAUNCH,
  END_LAUNCH,
  ENTER_LAUNCH,
  endedLaunch,
  enteredLaunch,
  LAST_LAUNCH,
  LAUNCH,
  type LaunchRow,
  launchOf,
  markText,
  NEWEST_LAUNCHES,
  OPEN_LAUNCHES,
  PUT_BACK_LAUNCH,
  startedLaunch,
  startLaunchOf,
  WATCH_LAUNCH,
} from '../sql/launches.js';
import type { Database, Sql } from './database.js';
import type { Params } from './placeholders.js';

/** The launches of a ledger. Each step is one statement: of several who try it at once, one finds the launch as it must be. */
export function launchesIn(db: Database): Launches {
  const changed = async (text: string, params: Params): Promise<boolean> =>
    (await db.run(text, params)) === 1;
  const all = async (text: string): Promise<readonly LaunchRecord[]> =>
    (await db.rows<LaunchRow>(text)).map(launchOf);
  return {
    ask: (launch, at) => askLaunch(db, launch, at),
    find: (key) => one(db, LAUNCH, { key }),
    last: ({ workspace, name }) => one(db, LAST_LAUNCH, { workspace, name }),
    newest: () => all(NEWEST_LAUNCHES),
    open: () => all(OPEN_LAUNCHES),
    start: (key, start, insteadOf, at) =>
      changed(startLaunchOf(insteadOf), startedLaunch(key, start, insteadOf, at)),
    begin: async (key, runner) =>
      (await changed(BEGIN_LAUNCH, { key, runner: markText(runner) })) ? one(db, LAUNCH, { key }) : null,
    putBack: (key, at) => changed(PUT_BACK_LAUNCH, { key, at }),
    end: (...end) => changed(END_LAUNCH, endedLaunch(...end)),
    watched: async (keys, at) => {
      for (const key of keys) await db.run(WATCH_LAUNCH, { key, at });
    },
  };
}

/**
 * Enters a launch, unless the same press was heard before or the campaign has an open one. Whoever enters another one at
 * the same moment is waited for; that one is the answer, unless it has ended by then.
 */
async function askLaunch(db: Database, launch: NewLaunch, at: number): Promise<LaunchAnswer> {
  const { key, workspace, name } = launch;
  for (;;) {
    const known = await one(db, LAUNCH, { key });
    if (known !== null) return { kind: 'known', launch: known };
    const last = await one(db, LAST_LAUNCH, { workspace, name });
    if (last !== null && last.endedAt === null) return { kind: 'open', launch: last };
    if ((await db.run(ENTER_LAUNCH, enteredLaunch(launch, at))) === 0) continue;
    const entered = await one(db, LAUNCH, { key });
    if (entered === null) throw new Error('a launch that was written cannot be read');
    return { kind: 'entered', launch: entered };
  }
}

async function one(sql: Sql, text: string, params: Params): Promise<LaunchRecord | null> {
  const row = await sql.row<LaunchRow>(text, params);
  return row === undefined ? null : launchOf(row);
}
