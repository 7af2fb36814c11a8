import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LedgerMode } from '../../src/core/ledger/ledger.js';
import { postgresAddress } from '../../src/ledger/postgres/address.js';
import { openPostgresLedger } from '../../src/ledger/postgres/open-ledger.js';
import { postgresProblem } from '../../src/ledger/postgres/postgres-problem.js';
import { type ServerFacts, unfitServer } from '../../src/ledger/postgres/server-facts.js';
import { freePort, testCluster } from '../support/postgres/cluster.js';
import { emptyDatabase } from '../support/postgres/database.js';
import { emptyLedgerDatabase } from '../support/postgres/ledger-database.js';
import { problemsOf, unwrapped } from '../support/results.js';

const FIT: ServerFacts = {
  versionNumber: 150_000,
  version: '15.0',
  isStandby: false,
  fsync: 'on',
  fullPageWrites: 'on',
  roleFindsTables: true,
  schemaVersion: null,
};

describe('a server', () => {
  test.each([
    ['is too old', { versionNumber: 149_999, version: '14.9' }, 'ledger.db-too-old'],
    ['is a standby', { isStandby: true }, 'ledger.db-standby'],
    ['does not sync', { fsync: 'off' }, 'ledger.db-unsafe'],
    ['may tear pages', { fullPageWrites: 'off' }, 'ledger.db-unsafe'],
    ['has tables of a newer plazcast', { schemaVersion: 3 }, 'ledger.newer'],
  ])('that %s holds no ledger', (_name, facts, code) => {
    expect(unfitServer({ ...FIT, ...facts }, 'f', 2)).toMatchObject({ code });
  });

  test('from PostgreSQL 15 on holds one', () => {
    expect(unfitServer(FIT, 'f', 2)).toBeNull();
    expect(unfitServer({ ...FIT, schemaVersion: 2 }, 'f', 2)).toBeNull();
  });
});

describe('an address', () => {
  test.each([
    ['postgres://maria:geheim@db.example.com/shop', 'postgres://maria@db.example.com/shop'],
    ['postgresql://db.example.com:6432/shop?sslmode=require', 'postgres://db.example.com:6432/shop'],
    ['postgres://maria@[::1]/shop', 'postgres://maria@[::1]/shop'],
    ['postgres:///shop?host=/run/postgresql', 'postgres:///shop?host=/run/postgresql'],
  ])('%s is known by its place', (named, name) => {
    expect(unwrapped(postgresAddress(named)).name).toBe(name);
  });

  test.each([
    ['postgres://db.example.com', 'no database'],
    ['postgres://ma%ria@db/shop', 'a sign that is none'],
    ['postgres://maria:a/b@db/shop', 'a slash in the password'],
    ['postgres://db/shop?sslmod=require', 'a setting that does not exist'],
    ['postgres://db/shop?sslmode=maybe', 'a mode that does not exist'],
    ['postgres:shop', 'no host'],
  ])('%s is refused (%s), without a word of it', (named) => {
    expect(problemsOf(postgresAddress(named))).toEqual([{ code: 'ledger.db-address' }]);
  });

  test.each([
    ['postgres://localhost/shop', false],
    ['postgres:///shop?host=/run/postgresql', false],
    ['postgres://db.example.com/shop', { rejectUnauthorized: true }],
    ['postgres://db.example.com/shop?sslmode=require', { rejectUnauthorized: false }],
    ['postgres://db.example.com/shop?sslmode=disable', false],
  ])('%s is encrypted unless it stays on this machine', (named, ssl) => {
    expect(unwrapped(postgresAddress(named)).config.ssl).toEqual(ssl);
  });

  test('whose certificate authority cannot be read is refused', () => {
    const named = 'postgres://db/shop?sslrootcert=/nowhere/ca.pem';
    expect(problemsOf(postgresAddress(named))).toMatchObject([{ code: 'ledger.db-certificate' }]);
  });
});

describe('a database that cannot be opened', () => {
  const codeOf = async (address: string, mode: LedgerMode = 'create') => {
    const opened = await openPostgresLedger(address, mode);
    if (opened.ok) await opened.value.close();
    const problems = problemsOf(opened);
    expect(JSON.stringify(problems)).not.toContain('never-shown');
    return problems.map(({ code }) => code);
  };

  test('says why', async () => {
    const { host, port, password } = await testCluster();
    const at = (user: string, secret: string, place: string) =>
      `postgres://${user}:${secret}@${place}/postgres`;
    const place = `${host}:${port}`;
    expect(await codeOf(at('postgres', 'never-shown-wrong', place))).toEqual(['ledger.db-password']);
    expect(await codeOf(`postgres://postgres:${password}@${place}/never_made`)).toEqual([
      'ledger.db-missing',
    ]);
    const refused = at('postgres', password, `127.0.0.1:${await freePort()}`);
    expect(await codeOf(refused)).toEqual(['ledger.db-refused']);
    const nowhere = `${at('postgres', password, 'nowhere.invalid')}?sslmode=disable`;
    expect(await codeOf(nowhere)).toEqual(['ledger.db-no-host']);
    expect(await codeOf(`${at('postgres', password, place)}?sslmode=require`)).toEqual(['ledger.db-tls']);
  });

  test('for want of a password keeps no connection, for whose end a command would wait', async () => {
    const { host, port } = await testCluster();
    const endedBy = Promise.withResolvers<string>();
    const server = createServer((socket) => {
      const database = connect(port, host);
      socket.on('error', () => undefined).on('close', () => endedBy.resolve('plazcast'));
      database.on('error', () => undefined).on('end', () => endedBy.resolve('the database'));
      socket.pipe(database).pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await codeOf(`postgres://postgres@${place}/postgres`)).toEqual(['ledger.db-password']);
    expect(await endedBy.promise).toBe('plazcast');
  });

  test('says that there is no ledger in it yet', async () => {
    const address = await emptyDatabase();
    expect(await codeOf(address, 'read')).toEqual(['ledger.db-empty']);
    expect(await codeOf(address, 'create')).toEqual([]);
    expect(await codeOf(address, 'read')).toEqual([]);
  });

  test('says which right is missing', async () => {
    const address = new URL(await emptyDatabase());
    const admin = new pg.Client({ connectionString: address.href });
    await admin.connect();
    const role = `poor_${address.pathname.slice(-8)}`;
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'never-shown-poor'`);
    onTestFinished(async () => {
      await admin.query(`DROP ROLE ${role}`);
      await admin.end();
    });
    address.username = role;
    address.password = 'never-shown-poor';
    expect(await codeOf(address.href)).toEqual(['ledger.db-rights']);
  });

  test('says that a newer plazcast wrote it', async () => {
    const address = await emptyLedgerDatabase();
    const admin = new pg.Client({ connectionString: address });
    await admin.connect();
    await admin.query('UPDATE plazcast.schema_version SET version = version + 1');
    await admin.end();
    expect(await codeOf(address)).toEqual(['ledger.newer']);
  });
});

test.each(['25P03', '25P04', '57P05'])(
  'a connection that the server ended (%s) is one that is gone',
  (code) => {
    const error = Object.assign(new pg.DatabaseError('terminating connection', 0, 'error'), { code });
    expect(postgresProblem(error, 'f')).toMatchObject({ code: 'ledger.db-away' });
  },
);

test('two machines that make the tables at the same moment make them once', async () => {
  const address = await emptyDatabase();
  const opened = await Promise.all([0, 1, 2].map(() => openPostgresLedger(address, 'create')));
  const ids = await Promise.all(opened.map(async (one) => unwrapped(one).identity.id()));
  expect(new Set(ids).size).toBe(1);
  for (const one of opened) await unwrapped(one).close();
});

test('a commit is synced, whatever the database is set to', async () => {
  const address = await emptyLedgerDatabase();
  const admin = new pg.Client({ connectionString: address });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${new URL(address).pathname.slice(1)} SET synchronous_commit = off`);
  await admin.end();
  const { Database } = await import('../../src/ledger/postgres/database.js');
  const db = new Database(unwrapped(postgresAddress(address)).config);
  onTestFinished(() => db.close());
  const set = await db.transaction((sql) => sql.row("SELECT current_setting('synchronous_commit') AS value"));
  expect(set).toEqual({ value: 'on' });
});

test('so is what precedes a test message and a launch, each of one statement', async () => {
  const address = await emptyLedgerDatabase();
  const admin = new pg.Client({ connectionString: address });
  await admin.connect();
  onTestFinished(() => admin.end());
  await admin.query(`
    ALTER DATABASE ${new URL(address).pathname.slice(1)} SET synchronous_commit = off;
    CREATE TABLE plazcast.seen (of_table text, value text);
    CREATE FUNCTION plazcast.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO plazcast.seen VALUES (TG_TABLE_NAME, current_setting('synchronous_commit')); RETURN NEW; END $$;
    CREATE TRIGGER see AFTER INSERT ON plazcast.test_sends FOR EACH ROW EXECUTE FUNCTION plazcast.see();
    CREATE TRIGGER see AFTER INSERT ON plazcast.launches FOR EACH ROW EXECUTE FUNCTION plazcast.see()`);
  const ledger = unwrapped(await openPostgresLedger(address, 'existing'));
  onTestFinished(() => ledger.close());
  const message = { workspace: 'w', campaign: 'sale', template: 't', phone: '51987654321' };
  const said = { person: message.phone, body: [], header: [], press: 'p' };
  unwrapped(await ledger.testSends.begin({ ...message, ...said }, 1_000));
  const campaign = { workspace: 'w', name: 'sale', file: '/c.yaml', sender: 's' };
  const options = { limit: null, acceptChanges: false, acceptLedger: false };
  const plan = { planDigest: 'd', confirmed: 1, options };
  await ledger.launches.ask({ key: 'k', ...campaign, ...plan, by: 'Ana', startAt: null }, 1_000);
  expect((await admin.query('SELECT of_table, value FROM plazcast.seen ORDER BY 1')).rows).toEqual([
    { of_table: 'launches', value: 'on' },
    { of_table: 'test_sends', value: 'on' },
  ]);
});

describe('a machine that is cut off from the database in the middle of its work', () => {
  const idle = "SELECT CAST(current_setting('idle_in_transaction_session_timeout') AS interval) AS value";

  async function connected() {
    const { Database } = await import('../../src/ledger/postgres/database.js');
    const db = new Database(unwrapped(postgresAddress(await emptyLedgerDatabase())).config);
    onTestFinished(() => db.close());
    return db;
  }

  test.each([
    ['for fifteen seconds', {}, 15],
    ['no longer than it waits for an answer itself', { answerMs: 3_000 }, 3],
  ])('keeps others from its rows %s', async (_name, patience, seconds) => {
    const db = await connected();
    const set = await db.transaction((sql) => sql.row<{ value: object }>(idle), patience);
    expect(set?.value).toMatchObject({ seconds });
  });

  test('also while the server waits for rows of a file is found to be gone', async () => {
    const db = await connected();
    const set = await db.transaction((sql) =>
      sql.row(`SELECT current_setting('tcp_keepalives_idle') AS idle, current_setting('tcp_keepalives_interval') AS every,
        current_setting('tcp_keepalives_count') AS count, current_setting('tcp_user_timeout') AS unheard`),
    );
    expect(set).toEqual({ idle: '5', every: '3', count: '3', unheard: '15000' });
  });
});
