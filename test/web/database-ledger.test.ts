import { expect, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import type { NewProcess } from '../../src/core/new-process.js';
import { launched, press, untilState } from '../app/launch/launching.js';
import { serverAt } from '../app/launch/launching-place.js';
import { countExecutions } from '../sandbox/read-log.js';
import { emptyDatabase } from '../support/postgres/database.js';
import { rawlyAt } from '../support/postgres/ledger-database.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';
import { teamPage, withUsers } from './support/team.js';

/** A place whose ledger is a database. */
async function placeWithDatabase(people: number): Promise<SendingPlace> {
  const address = await emptyDatabase();
  const place = await sendingPlace(people);
  const run: SendingPlace['run'] = (args, env = {}, cwd) =>
    place.run(args, { PLAZCAST_LEDGER: address, ...env }, cwd);
  const json: SendingPlace['json'] = (args, env) => run([...args, '--json'], env);
  return { ...place, ledger: address, run, json };
}

test('who asks for a backup of a database is told of pg_dump', async () => {
  const place = await placeWithDatabase(1);
  const page = await servedPage(place, undefined, { PLAZCAST_LEDGER: place.ledger });
  const { text } = await page.get('/workspace/backup');
  expect(text).toContain('pg_dump');
  expect(text).not.toContain(passwordOf(place.ledger));
  expect((await page.post('/workspace/backup', { name: 'before.db' })).text).toContain('pg_dump');
});

test('a launch on a database sends, and its process has no password in its words', async () => {
  const place = await placeWithDatabase(3);
  const started: NewProcess[] = [];
  const start: typeof ADAPTERS.processes.start = (asked) => {
    started.push(asked);
    return ADAPTERS.processes.start(asked);
  };
  const app = serverAt(place, { processes: { ...ADAPTERS.processes, start } });
  const request = await press(place, { options: { limit: null, acceptChanges: false, acceptLedger: true } });
  await launched(request, place, app);
  expect(await untilState(request.key, 'ended', app)).toMatchObject({ exitCode: 0 });
  expect(countExecutions(place.logFile)).toBe(3);
  expect(started.map(({ program }) => program.join(' '))).toEqual([
    expect.not.stringContaining(passwordOf(place.ledger)),
  ]);
});

test('a database that goes away is told by the page and by its pulse, and comes back by itself, with who was logged in', async () => {
  const place = await placeWithDatabase(1);
  await withUsers(place, { ana: ['admin'] });
  const page = await teamPage(place, ['--ledger', place.ledger]);
  const ana = await page.as('ana');
  const name = new URL(place.ledger).pathname.slice(1);
  await onServer(place.ledger, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await onServer(
    place.ledger,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  const gone = await ana.get('/workspace');
  expect([gone.status, gone.text.includes(passwordOf(place.ledger))]).toEqual([503, false]);
  expect(gone.text).toContain('database');
  expect((await page.ask('/healthz')).status).toBe(503);
  await onServer(place.ledger, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await expect.poll(async () => (await ana.get('/workspace')).status, { timeout: 90_000 }).toBe(200);
  await expect.poll(async () => (await page.ask('/healthz')).status, { timeout: 90_000 }).toBe(200);
});

/** Says something to the server of a ledger, beside the ledger's own database. */
async function onServer(ledger: string, sql: string): Promise<void> {
  const server = new URL(ledger);
  server.pathname = '/postgres';
  await rawlyAt(server.href, sql);
}

function passwordOf(address: string): string {
  return new URL(address).password;
}
