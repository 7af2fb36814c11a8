import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { readLog } from '../../src/app/actions/read-log.js';
import type { App } from '../../src/app/app.js';
import { forgetPeople } from '../../src/app/forget/forget-people.js';
import { addToList, removeFromList } from '../../src/app/suppress/change-list.js';
import { importSuppressionFile } from '../../src/app/suppress/import-file.js';
import { addUser } from '../../src/app/team/change-team.js';
import type { ActionKind } from '../../src/core/ledger/actions.js';
import { ok, type Result } from '../../src/core/problem.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { appAt } from '../support/app-at-hand.js';
import { unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { WORKSPACE } from '../support/sends.js';
import { workplace } from '../support/workplace.js';

const EVERYTHING = { by: null, campaign: null, since: null, until: null };
const ENTRY = { reason: null, source: null, expires: null, country: null };
const ANA = `+${phoneNumber(1)}`;

/** A ledger that another program begins to write to right before the `before`-th write of this kind, and lets go of when it is waited for. */
async function heldBetween(before: 'record' | 'add', call = 1) {
  const place = workplace();
  const file = place.path('plazcast.db');
  unwrapped(openLedger(file, { mode: 'create' })).close();
  const other = new Database(file);
  onTestFinished(() => void other.close());
  const seen = { waits: 0, calls: 0 };
  const hold = (): void => {
    seen.calls += 1;
    if (seen.calls === call) other.exec('BEGIN IMMEDIATE');
  };
  const app = appAt(
    { ...place, ledger: file },
    { PLAZBOT_WORKSPACE_ID: 'ws-1' },
    {
      ledgers: {
        ...ADAPTERS.ledgers,
        // Another program is not waited for within a write.
        open: async (path, mode) => {
          const ledger = new SqliteLedger(unwrapped(openLedger(path, { mode, busyMs: 0 })), null as never);
          const { record } = ledger.actions;
          const { add } = ledger.lists;
          Object.assign(ledger.actions, {
            record: (...asked: Parameters<typeof record>) => {
              if (before === 'record') hold();
              return record(...asked);
            },
          });
          Object.assign(ledger.lists, {
            add: (...asked: Parameters<typeof add>) => {
              if (before === 'add') hold();
              return add(...asked);
            },
          });
          return ok(ledger);
        },
      },
      clock: {
        ...ADAPTERS.clock,
        sleep: async () => {
          seen.waits += 1;
          if (other.inTransaction) other.exec('COMMIT');
        },
      },
    },
  );
  const log = async () => unwrapped(await readLog(EVERYTHING, null, app)).actions;
  return { place, app, seen, log };
}

const DEEDS: readonly (readonly [ActionKind, (app: App) => Promise<Result<unknown>>])[] = [
  ['suppressed', (app) => addToList([ANA], WORKSPACE, ENTRY, app)],
  ['unsuppressed', (app) => removeFromList([ANA], WORKSPACE, null, app)],
  [
    'forgotten',
    (app) => forgetPeople({ phone: ANA, country: null, olderThan: null }, async () => ok(true), app),
  ],
  [
    'user-added',
    (app) => addUser({ name: 'ana', roles: ['admin'], password: null, oidc: 'ana@example.com' }, app),
  ],
];

test.each(DEEDS)('that %s is in the log also where another program came in between', async (kind, deed) => {
  const { app, seen, log } = await heldBetween('record');
  unwrapped(await deed(app));
  expect([seen.waits, await log()]).toMatchObject([1, [{ kind }]]);
});

test('what cannot be written into the log says that it is done', async () => {
  const { app, log } = await heldBetween('record');
  let hours = 0;
  const clock = { ...app.clock, monotonicMs: () => 3_600_000 * hours++ };
  expect(unwrapped(await addToList([ANA], WORKSPACE, ENTRY, { ...app, clock }))).toMatchObject({
    added: 1,
    unlogged: { code: 'action.unlogged', params: { why: 'busy', detail: 'ledger.busy' } },
  });
  expect(await log()).toEqual([]);
});

test('who is forgotten is told to be so, with what is left to do, also where the log takes nothing in', async () => {
  const { app } = await heldBetween('record');
  let hours = 0;
  const clock = { ...app.clock, monotonicMs: () => 3_600_000 * hours++ };
  const whom = { phone: ANA, country: null, olderThan: null };
  const forgotten = await forgetPeople(whom, async () => ok(true), { ...app, clock });
  expect(unwrapped(forgotten)).toMatchObject({
    open: [],
    leftovers: { code: 'forget.busy' },
    unlogged: { code: 'action.unlogged' },
  });
});

test('a file that breaks off because the ledger is busy is in the log with whom it brought', async () => {
  const { place, app, log } = await heldBetween('add', 2);
  const rows = Array.from({ length: 20_000 }, (_, index) => `+${phoneNumber(index)}`);
  const file = place.write('stop.csv', `phone\n${rows.join('\n')}\n`);
  await expect(importSuppressionFile(file, WORKSPACE, ENTRY, () => undefined, app)).rejects.toMatchObject({
    problem: { code: 'ledger.busy' },
  });
  const listed = new Database(app.ledgerFile, { readonly: true });
  const added = listed.prepare<[], number>('SELECT count(*) FROM suppressions').pluck().get();
  listed.close();
  expect(added).toBeGreaterThan(0);
  expect(await log()).toMatchObject([
    { kind: 'suppress-imported', subject: 'stop.csv', after: { added, known: 0 } },
  ]);
});

test('a file of which the ledger takes in nobody is not in the log', async () => {
  const { place, app, log } = await heldBetween('add');
  const file = place.write('stop.csv', `phone\n${ANA}\n`);
  await expect(importSuppressionFile(file, WORKSPACE, ENTRY, () => undefined, app)).rejects.toMatchObject({
    problem: { code: 'ledger.busy' },
  });
  expect(await log()).toEqual([]);
});
