import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'undici';
import { Breaker } from '../../src/core/breaker.js';
import type { RunObserver } from '../../src/core/ports.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { LedgerThread, runWritingIn } from '../../src/ledger/sqlite/ledger-thread.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteRunLedger } from '../../src/ledger/sqlite/run-ledger.js';
import { startRun } from '../../src/ledger/sqlite/runs.js';
import { eventLoopTurn, systemClock } from '../../src/machine/clock.js';
import { PlazbotSender } from '../../src/providers/plazbot/sender.js';
import { ConnectionBreaker } from '../../src/run/connection-breaker.js';
import { ControlPoller } from '../../src/run/control-poller.js';
import { deliver } from '../../src/run/deliver.js';
import { RunLimit } from '../../src/run/run-limit.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { openCampaign } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';

/** Requests at a time, of every benchmark that sends. */
export const CONCURRENCY = 64;

/** A provider in a process of its own. */
export interface BenchServer {
  readonly baseUrl: string;
  readonly close: () => void;
}

/** What sending a campaign took. */
export interface Spent {
  readonly messages: number;
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly cpuMs: number;
}

export async function answeringServer(): Promise<BenchServer> {
  const server = fork(fileURLToPath(new URL('./answering-server.js', import.meta.url)));
  const [port] = (await once(server, 'message')) as [number];
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => server.disconnect() };
}

/** The least that a POST can cost with undici: the baseline. */
export function barePost(pool: Pool): () => Promise<void> {
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
  return async () => {
    const answer = await pool.request({ method: 'POST', path: '/api/message/conversation', headers, body });
    await answer.body.json();
  };
}

/** Sends a whole campaign with the limit out of the way, as `send` does it: with the ledger's own thread. */
export async function sendAll(db: LedgerDatabase, campaignId: number, baseUrl: string): Promise<Spent> {
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
    timeoutMs: 60_000,
    clock: systemClock,
  });
  const throttle = new PacedThrottle({
    limitPerSecond: 100_000,
    startPerSecond: null,
    concurrency: CONCURRENCY,
    clock: systemClock,
  });
  const started = performance.now();
  const cpu = process.cpuUsage();
  const delivered = await deliver({
    ledger,
    sender,
    throttle,
    gates: [],
    breaker: new Breaker({ failures: 0.5, over: 100, uncertain: 50 }),
    connections: new ConnectionBreaker(baseUrl),
    control: new ControlPoller(ledger, systemClock, false),
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
  const { user, system } = process.cpuUsage(cpu);
  await throttle.close();
  await sender.close();
  await thread.close();
  if (delivered.halt !== null) throw new Error(JSON.stringify(delivered.halt));
  return { messages: delivered.accepted, seconds, cpuMs: (user + system) / 1000 };
}

const NOBODY: RunObserver = {
  claimed: () => undefined,
  recorded: () => undefined,
  waiting: () => undefined,
};

/** A campaign with so many pending deliveries. */
export async function filledCampaign(db: LedgerDatabase, name: string, recipients: number): Promise<number> {
  const entry = {
    workspace: 'bench',
    name,
    baseUrl: 'http://127.0.0.1',
    file: `/${name}/campaign.yaml`,
    template: 'bench',
    type: 'campaign' as const,
    campaignName: name,
    keyColumn: null,
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
