import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { eventLoopTurn, systemClock } from '../../src/cli/clock.js';
import { Breaker } from '../../src/core/breaker.js';
import type { RunObserver } from '../../src/core/ports.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { openCampaign } from '../../src/ledger/campaign-records.js';
import { importingHere, importRecipients } from '../../src/ledger/import-recipients.js';
import { LedgerThread } from '../../src/ledger/ledger-thread.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/run-ledger.js';
import { startRun } from '../../src/ledger/runs.js';
import { runWritingIn } from '../../src/ledger/threaded-writing.js';
import { PlazbotSender } from '../../src/providers/plazbot/sender.js';
import { ConnectionWatch } from '../../src/run/connection-watch.js';
import { ControlWatch } from '../../src/run/control-watch.js';
import { deliver } from '../../src/run/deliver.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { unwrapped } from '../support/results.js';
import { type BenchRow, printBench } from './bench-row.js';

const MESSAGES = 60_000;
/** Both sides run this much first, so that neither is measured while it is being compiled. */
const WARM_UP = 20_000;
const CONCURRENCY = 64;
const ROUNDS = 3;

/** Messages per second with the limit out of the way, against a bare undici loop and the same server process. */
export async function throughputBench(): Promise<readonly BenchRow[]> {
  const server = fork(fileURLToPath(new URL('./answering-server.js', import.meta.url)));
  const [port] = (await once(server, 'message')) as [number];
  const baseUrl = `http://127.0.0.1:${port}`;
  try {
    await bareLoop(baseUrl, WARM_UP);
    await engineRun(baseUrl, WARM_UP);
    const bare: number[] = [];
    const engine: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await bareLoop(baseUrl, MESSAGES));
      engine.push(await engineRun(baseUrl, MESSAGES));
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
      { name: 'ratio', value: ratio, unit: 'of bare', bar: 0.75, ok: ratio >= 0.75 },
    ];
  } finally {
    server.disconnect();
  }
}

async function bareLoop(baseUrl: string, messages: number): Promise<number> {
  const pool = new Pool(baseUrl, { connections: CONCURRENCY, pipelining: 1 });
  const body = JSON.stringify({
    workspaceId: 'bench',
    template: 'bench',
    destination: '51900000000',
    variablesBody: [{ variable: '1', value: 'Ana' }],
    variablesHeader: [],
    type: '1',
    campaignName: 'bench',
  });
  const headers = { 'content-type': 'application/json', 'x-workspace-id': 'bench' };
  const started = performance.now();
  let left = messages;
  const loop = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const answer = await pool.request({ method: 'POST', path: '/api/message/conversation', headers, body });
      await answer.body.json();
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
    const campaignId = await filledCampaign(db, messages);
    const runId = startRun(db, campaignId, {
      pid: process.pid,
      host: 'bench',
      at: Date.now(),
      ratePerSecond: 1e5,
    });
    const run = { runId, campaignId, workspace: 'bench', limit: null };
    const thread = new LedgerThread(db.name);
    const ledger = new SqliteRunLedger(db, run, await runWritingIn(thread, run));
    const sender = new PlazbotSender({
      baseUrl,
      workspaceId: 'bench',
      apiKey: null,
      template: 'bench',
      type: 'campaign',
      campaignName: 'bench',
      api: 'classic',
      concurrency: CONCURRENCY,
      timeoutMs: 60_000,
      clock: systemClock,
    });
    const throttle = new PacedThrottle({ limitPerSecond: 100_000, startPerSecond: null, clock: systemClock });
    const started = performance.now();
    const delivered = await deliver({
      ledger,
      sender,
      throttle,
      gates: [],
      breaker: new Breaker({ failures: 0.5, over: 100, uncertain: 50 }),
      connections: new ConnectionWatch(baseUrl),
      control: new ControlWatch(ledger, systemClock, false),
      observer: NOBODY,
      concurrency: CONCURRENCY,
      limit: new RunLimit(null),
      policy: { attempts: 5 },
      clock: systemClock,
      chance: Math.random,
      stop: new AbortController().signal,
      turn: eventLoopTurn,
    });
    const seconds = (performance.now() - started) / 1000;
    await throttle.close();
    await sender.close();
    await thread.close();
    if (delivered.accepted !== messages) throw new Error(`${delivered.accepted} of ${messages} accepted`);
    return messages / seconds;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

const NOBODY: RunObserver = {
  claimed: () => undefined,
  settled: () => undefined,
  waiting: () => undefined,
};

/** A campaign with so many pending deliveries. */
async function filledCampaign(db: LedgerDatabase, recipients: number): Promise<number> {
  const entry = {
    workspace: 'bench',
    name: 'bench',
    baseUrl: 'http://127.0.0.1',
    file: '/bench/campaign.yaml',
    template: 'bench',
    type: 'campaign' as const,
    campaignName: 'bench',
  };
  const { id } = unwrapped(openCampaign(db, entry, false, Date.now()));
  const source = { file: 'bench.csv', fileDigest: 'a', settingsDigest: 'b', columns: ['phone', 'name'] };
  await importRecipients(importingHere(db), { campaignId: id, source, at: Date.now() }, verdicts(recipients));
  return id;
}

async function* verdicts(recipients: number): AsyncGenerator<readonly RowVerdict[]> {
  for (let first = 0; first < recipients; first += 1000) {
    yield Array.from({ length: Math.min(1000, recipients - first) }, (_, index) => recipient(first + index));
  }
}

function recipient(index: number): RowVerdict {
  const phone = String(51_900_000_000 + index);
  return {
    kind: 'recipient',
    recipient: {
      line: index + 2,
      phone,
      person: phone,
      country: 'PE',
      key: '',
      body: [{ variable: '1', value: 'Ana' }],
      header: [],
      attachment: null,
      repaired: [],
      cells: [phone, 'Ana'],
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('Throughput', await throughputBench());
}
