import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, NOBODY, PASSWORD } from '../support/postgres/cluster.js';
import { type ChaosDatabase, ownServer } from './database.js';

const PGBOUNCER = '/usr/sbin/pgbouncer';

/** Whether pgbouncer is installed: npm does not bring it. */
export const hasBouncer = existsSync(PGBOUNCER);

/** A database behind pgbouncer, which lends a connection for one transaction. */
export async function pooled(): Promise<ChaosDatabase> {
  const database = await ownServer();
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-bouncer-'));
  const port = await freePort();
  const config = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  writeFileSync(users, `"postgres" "${PASSWORD}"\n`);
  writeFileSync(config, settings(database.server.port, port, users));
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (process.getuid?.() === 0) for (const path of [folder, config, users]) chownSync(path, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  const bouncer = spawn(PGBOUNCER, ['-q', config], { ...asNobody, stdio: 'ignore' });
  await listens(port);
  return {
    ...database,
    port,
    remove: async () => {
      bouncer.kill('SIGKILL');
      await database.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(server: number, port: number, users: string): string {
  return [
    '[databases]',
    `* = host=127.0.0.1 port=${server}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'pool_mode = transaction',
    'default_pool_size = 5',
    '',
  ].join('\n');
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (there) return;
    await pause(50);
  }
  throw new Error('pgbouncer does not listen');
}
