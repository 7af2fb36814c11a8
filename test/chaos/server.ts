import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asServer, freePort, NOBODY, PASSWORD, program } from '../support/postgres/cluster.js';

/** A database server of its own, which a fault may end, copy and promote. */
export class ChaosServer {
  readonly folder: string;
  readonly port: number;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  /** Makes one that is not started yet. */
  static async make(settings: readonly string[] = []): Promise<ChaosServer> {
    const root = rootFolder();
    const server = new ChaosServer(join(root, 'data'), await freePort());
    mkdirSync(server.folder);
    const secret = join(root, 'password');
    writeFileSync(secret, PASSWORD);
    own(server.folder);
    own(secret);
    const made = ['-D', server.folder, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', secret];
    asServer(program('initdb'), [...made, '-E', 'UTF8', '--locale=C', '--no-sync', '--wal-segsize=4']);
    server.set([
      "listen_addresses = '127.0.0.1'",
      `unix_socket_directories = '${server.folder}'`,
      `port = ${server.port}`,
      'max_connections = 100',
      'shared_buffers = 32MB',
      'wal_keep_size = 256MB',
      ...settings,
    ]);
    return server;
  }

  /** Copies it while it is stopped; the copy follows it as a standby. */
  async standby(): Promise<ChaosServer> {
    const copy = new ChaosServer(join(rootFolder(), 'data'), await freePort());
    cpSync(this.folder, copy.folder, { recursive: true, preserveTimestamps: true });
    spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, copy.folder]);
    chmodSync(copy.folder, 0o700);
    copy.set([
      `port = ${copy.port}`,
      `unix_socket_directories = '${copy.folder}'`,
      `primary_conninfo = 'host=127.0.0.1 port=${this.port} user=postgres password=${PASSWORD} application_name=copy'`,
    ]);
    writeFileSync(join(copy.folder, 'standby.signal'), '');
    own(join(copy.folder, 'standby.signal'));
    return copy;
  }

  /** Adds lines to its settings; read when it starts. */
  set(lines: readonly string[]): void {
    appendFileSync(join(this.folder, 'postgresql.conf'), `${lines.join('\n')}\n`);
  }

  start(): void {
    this.#control('start', '-w', '-t', '60', '-l', join(this.folder, 'log'));
  }

  /** As if the machine had lost its power. */
  stopAtOnce(): void {
    this.#control('stop', '-m', 'immediate');
  }

  promote(): void {
    this.#control('promote', '-w');
  }

  address(database: string, port = this.port): string {
    return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  }

  remove(): void {
    spawnSync(program('pg_ctl'), ['stop', '-m', 'immediate', '-D', this.folder], asNobody());
    rmSync(join(this.folder, '..'), { recursive: true, force: true });
  }

  #control(...words: readonly string[]): void {
    asServer(program('pg_ctl'), [...words, '-D', this.folder]);
  }
}

/** The server's user has to get through to its folder. */
function rootFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'plazcast-chaos-'));
  for (const folder of [tmpdir(), root]) {
    const { mode } = statSync(folder);
    if ((mode & 0o001) === 0) chmodSync(folder, mode | 0o011);
  }
  return root;
}

function own(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, NOBODY, NOBODY);
}

function asNobody() {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}
