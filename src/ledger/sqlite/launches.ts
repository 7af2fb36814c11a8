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
import type { AskLedger, LedgerDatabase } from './open-ledger.js';

/** The launches of a ledger. */
export function launchesIn(ask: AskLedger): Launches {
  const changed = (sql: string, params: object): Promise<boolean> =>
    ask((db) => db.prepare(sql).run(params).changes === 1);
  return {
    ask: (launch, at) => ask((db) => askLaunch(db, launch, at)),
    find: (key) => ask((db) => one(db, LAUNCH, { key })),
    last: ({ workspace, name }) => ask((db) => one(db, LAST_LAUNCH, { workspace, name })),
    newest: () => ask((db) => all(db, NEWEST_LAUNCHES)),
    open: () => ask((db) => all(db, OPEN_LAUNCHES)),
    start: (key, start, insteadOf, at) =>
      changed(startLaunchOf(insteadOf), startedLaunch(key, start, insteadOf, at)),
    begin: (key, runner) =>
      ask((db) => {
        const { changes } = db.prepare(BEGIN_LAUNCH).run({ key, runner: markText(runner) });
        return changes === 1 ? one(db, LAUNCH, { key }) : null;
      }),
    putBack: (key, at) => changed(PUT_BACK_LAUNCH, { key, at }),
    end: (...end) => changed(END_LAUNCH, endedLaunch(...end)),
    watched: (keys, at) => ask((db) => watchLaunches(db, keys, at)),
  };
}

/** Enters a launch, unless the same press was heard before or the campaign has an open one. */
function askLaunch(db: LedgerDatabase, launch: NewLaunch, at: number): LaunchAnswer {
  const { key, workspace, name } = launch;
  return db
    .transaction((): LaunchAnswer => {
      const known = one(db, LAUNCH, { key });
      if (known !== null) return { kind: 'known', launch: known };
      const last = one(db, LAST_LAUNCH, { workspace, name });
      if (last !== null && last.endedAt === null) return { kind: 'open', launch: last };
      db.prepare(ENTER_LAUNCH).run(enteredLaunch(launch, at));
      const entered = one(db, LAUNCH, { key });
      if (entered === null) throw new Error('a launch that was written cannot be read');
      return { kind: 'entered', launch: entered };
    })
    .immediate();
}

function one(db: LedgerDatabase, sql: string, params: object): LaunchRecord | null {
  const row = db.prepare(sql).get(params);
  return row === undefined ? null : launchOf(row as LaunchRow);
}

function all(db: LedgerDatabase, sql: string): readonly LaunchRecord[] {
  return (db.prepare(sql).all() as LaunchRow[]).map(launchOf);
}

function watchLaunches(db: LedgerDatabase, keys: readonly string[], at: number): void {
  const watch = db.prepare(WATCH_LAUNCH);
  db.transaction(() => {
    for (const key of keys) watch.run({ key, at });
  }).immediate();
}
