import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Database } from '../../src/ledger/postgres/database.js';
import { freePort, PASSWORD, startCluster, stopCluster } from '../support/postgres/cluster.js';
import { type BenchRow, printBench } from './bench-row.js';
import { CAMPAIGN, writeRecipients } from './million-rows-file.js';
import { benchEnv, CLI, sampledSend, shareOf } from './sampled-send.js';
import { answeringServer } from './sending.js';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 300_000);
const PER_SECOND = 1_000;
const SECONDS = 30;
/** Of `/proc`: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** A ledger in a database beside one in a file: what an import and a report take, and a run at 1,000/s. */
export async function databaseBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-database-'));
  const [server, port] = [await answeringServer(), await freePort()];
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster);
  startCluster(cluster, port);
  try {
    const ledger = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
    await writeRecipients(join(folder, 'recipients.csv'), ROWS);
    writeFileSync(join(folder, 'campaign.yaml'), CAMPAIGN);
    const env = benchEnv(folder, server.baseUrl);
    const took = async (words: readonly string[], at: string): Promise<number> => {
      const began = performance.now();
      await promisify(execFile)(process.execPath, [CLI, ...words, '--ledger', at], { env });
      return performance.now() - began;
    };
    const places = [join(folder, 'ledger.db'), ledger] as const;
    // Each in a state folder of its own would be another sender: the campaign is known by its ledger.
    const first = ['send', folder, '--yes', '--limit', '1', '--accept-ledger'];
    const imports = [await took(first, places[0]), await took(first, places[1])] as const;
    const reports = [await report(took, folder, places[0]), await report(took, folder, places[1])] as const;
    const before = serverCpuMs(cluster);
    const samples = await sampledSend({
      folder,
      baseUrl: server.baseUrl,
      limit: PER_SECOND * SECONDS,
      perSecond: PER_SECOND,
      ledger,
    });
    const usedMs = serverCpuMs(cluster) - before;
    const sendingMs = await lastSendingMs(ledger);
    const ofServer = (100 * usedMs) / sendingMs;
    const ofSender = shareOf(samples);
    const [importRatio, reportRatio] = [imports[1] / imports[0], reports[0] / reports[1]];
    const rows = ROWS.toLocaleString('en');
    return [
      { name: `import of ${rows} rows into a file`, value: imports[0], unit: 'ms', bar: null, ok: true },
      { name: 'the same into a database', value: importRatio, unit: '×', bar: 6, ok: importRatio <= 6 },
      {
        name: `report of ${rows} people from a database`,
        value: reportRatio,
        unit: '×',
        bar: 0.5,
        ok: reportRatio >= 0.5,
      },
      {
        name: 'a run at 1,000/s on a database, of one core',
        value: ofSender,
        unit: '%',
        bar: 25,
        ok: ofSender <= 25,
      },
      { name: 'its database, of one core', value: ofServer, unit: '%', bar: 30, ok: ofServer <= 30 },
      {
        name: 'messages a second of that run',
        value: (PER_SECOND * SECONDS) / (sendingMs / 1_000),
        unit: '/s',
        bar: null,
        ok: true,
      },
    ];
  } finally {
    server.close();
    stopCluster(cluster);
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(
  took: (words: readonly string[], at: string) => Promise<number>,
  folder: string,
  ledger: string,
): Promise<number> {
  return took(['report', folder, '--output', join(folder, 'report.csv')], ledger);
}

/** From the first message of the last run to its last answer: starting is not sending. */
async function lastSendingMs(ledger: string): Promise<number> {
  const db = new Database({ connectionString: ledger });
  const sending = await db.row<{ ms: number }>(
    'SELECT max(ended_at) - min(started_at) AS ms FROM attempts WHERE run_id = (SELECT max(id) FROM runs)',
  );
  await db.close();
  return sending?.ms ?? Number.NaN;
}

/** What all processes of a server used so far, those that have ended, too. */
function serverCpuMs(cluster: string): number {
  const first = readFileSync(join(cluster, 'data', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    const fields = statOf(pid);
    if (pid !== first && fields[1] !== first) continue;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
    ticks += user + system + (pid === first ? endedUser + endedSystem : 0);
  }
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

/** From the state on: names may hold spaces and parentheses. */
function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('A ledger in PostgreSQL', await databaseBench());
}
