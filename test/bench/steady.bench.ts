import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { type BenchRow, printBench } from './bench-row.js';
import { CAMPAIGN, writeRecipients } from './million-rows-file.js';
import { mostMb, type Sample, sampledSend, shareOf } from './sampled-send.js';
import { answeringServer, barePost, CONCURRENCY } from './sending.js';

const PENDING = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const PER_SECOND = 1_000;
/** What WhatsApp takes per number, unless raised. */
const USUAL_PER_SECOND = 80;
const SECONDS = 30;
const BARE_SECONDS = 10;
/** As often as the throttle grants. */
const BURST_EVERY_MS = 14;
/** How long the run goes on that has to import the file first. */
const AFTER_IMPORT_SECONDS = 15;

/** A long run at 1,000/s with a million deliveries pending: what it takes of a core, and of the memory. */
export async function steadyBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-steady-'));
  const server = await answeringServer();
  try {
    await writeRecipients(join(folder, 'recipients.csv'), PENDING);
    writeFileSync(join(folder, 'campaign.yaml'), CAMPAIGN);
    const send = (limit: number, perSecond = PER_SECOND): Promise<readonly Sample[]> =>
      sampledSend({ folder, baseUrl: server.baseUrl, limit, perSecond, ledger: join(folder, 'ledger.db') });
    const importing = await send(PER_SECOND * AFTER_IMPORT_SECONDS);
    const afterImport = mostMb(importing.slice(-AFTER_IMPORT_SECONDS));
    const samples = await send(PER_SECOND * SECONDS);
    const share = shareOf(samples);
    const slowShare = shareOf(await send(USUAL_PER_SECOND * SECONDS, USUAL_PER_SECOND));
    const most = mostMb(samples);
    const bare = await bareShare(server.baseUrl, PER_SECOND);
    const slowBare = await bareShare(server.baseUrl, USUAL_PER_SECOND);
    const pending = PENDING.toLocaleString('en');
    return [
      { name: 'a bare undici loop at 1,000/s, of one core', value: bare, unit: '%', bar: null, ok: true },
      { name: 'a run at 1,000/s, of one core', value: share, unit: '%', bar: 20, ok: share <= 20 },
      { name: 'a bare undici loop at 80/s, of one core', value: slowBare, unit: '%', bar: null, ok: true },
      { name: 'a run at 80/s, of one core', value: slowShare, unit: '%', bar: 8, ok: slowShare <= 8 },
      { name: `most memory with ${pending} pending`, value: most, unit: 'MB', bar: 150, ok: most <= 150 },
      {
        name: 'the same in the run that imports them, sending',
        value: afterImport,
        unit: 'MB',
        bar: 150,
        ok: afterImport <= 150,
      },
    ];
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** What a loop that does nothing but post takes of a core at the same rate, in bursts as a timer makes them. */
async function bareShare(baseUrl: string, perSecond: number): Promise<number> {
  const pool = new Pool(baseUrl, { connections: CONCURRENCY, pipelining: 1 });
  const post = barePost(pool);
  const started = performance.now();
  const cpu = process.cpuUsage();
  let posted = 0;
  while (performance.now() - started < BARE_SECONDS * 1000) {
    await delay(BURST_EVERY_MS);
    const due = Math.floor(((performance.now() - started) * perSecond) / 1000) - posted;
    posted += due;
    await Promise.all(Array.from({ length: due }, post));
  }
  const { user, system } = process.cpuUsage(cpu);
  const tookMs = performance.now() - started;
  await pool.close();
  return (100 * (user + system)) / 1000 / tookMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('A long run', await steadyBench());
}
