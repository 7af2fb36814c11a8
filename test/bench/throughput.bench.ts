import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { unwrapped } from '../support/results.js';
import { type BenchRow, median, printBench } from './bench-row.js';
import { answeringServer, barePost, CONCURRENCY, filledCampaign, sendAll } from './sending.js';

const MESSAGES = 40_000;
/** Both sides run this much first, so that neither is measured while it is being compiled. */
const WARM_UP = 20_000;
/** The machine is shared: a few rounds alone would say more about the others on it. */
const ROUNDS = 9;

/** Messages per second with the limit out of the way, against a bare undici loop and the same server process. */
export async function throughputBench(): Promise<readonly BenchRow[]> {
  const server = await answeringServer();
  try {
    await bareLoop(server.baseUrl, WARM_UP);
    await engineRun(server.baseUrl, WARM_UP);
    const bare: number[] = [];
    const engine: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await bareLoop(server.baseUrl, MESSAGES));
      engine.push(await engineRun(server.baseUrl, MESSAGES));
    }
    const ratio = median(engine.map((value, index) => value / (bare[index] ?? value)));
    return [
      { name: 'bare undici Pool.request loop', value: median(bare), unit: 'POST/s', bar: null, ok: true },
      {
        name: 'plazcast, every intent synced first',
        value: median(engine),
        unit: 'POST/s',
        bar: null,
        ok: true,
      },
      { name: 'ratio', value: ratio, unit: 'of bare', bar: 0.6, ok: ratio >= 0.6 },
    ];
  } finally {
    server.close();
  }
}

async function bareLoop(baseUrl: string, messages: number): Promise<number> {
  const pool = new Pool(baseUrl, { connections: CONCURRENCY, pipelining: 1 });
  const post = barePost(pool);
  const started = performance.now();
  let left = messages;
  const loop = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await post();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return messages / seconds;
}

async function engineRun(baseUrl: string, messages: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-bench-'));
  const db = unwrapped(openLedger(join(folder, 'ledger.db'), { mode: 'create' }));
  try {
    const spent = await sendAll(db, await filledCampaign(db, 'bench', messages), baseUrl);
    if (spent.messages !== messages) throw new Error(`${spent.messages} of ${messages} accepted`);
    return messages / spent.seconds;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('Throughput', await throughputBench());
}
