import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BenchRow, median, printBench } from './bench-row.js';
import { CAMPAIGN, writeRecipients } from './million-rows-file.js';
import { answeringServer } from './sending.js';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const CLI = resolve(process.cwd(), 'dist/main.js');
const TIMES = 20;
const VIEWERS = 5;
const SENT = 30_000;
const ROUNDS = 3;

/** `plazcast serve` in a process of its own, and a browser that is logged in. */
interface BenchPage {
  readonly process: ChildProcess;
  readonly get: (path: string) => Promise<{ readonly text: string; readonly ms: number }>;
}

/** The page on a campaign of a million people: how long a reader waits, and what the server holds. */
export async function pageBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-page-'));
  const provider = await answeringServer();
  const env = {
    ...process.env,
    PLAZCAST_STATE_DIR: join(folder, 'state'),
    PLAZCAST_LEDGER: join(folder, 'plazcast.db'),
    PLAZBOT_BASE_URL: provider.baseUrl,
    PLAZBOT_WORKSPACE_ID: 'bench',
  };
  try {
    await writeCampaign(folder, 'million', CAMPAIGN, ROWS);
    // The list is in the ledger, and one person has the message.
    command(folder, env, ['send', 'million', '--yes', '--limit', '1']);
    const page = await served(folder, env);
    const rows = [...(await ofPages(page)), ...(await ofRows(page)), memory(page)];
    const sending = await ofSending(folder, env, page);
    page.process.kill();
    await once(page.process, 'exit');
    return [...rows, ...sending];
  } finally {
    provider.close();
    rmSync(folder, { recursive: true });
  }
}

async function writeCampaign(folder: string, name: string, yaml: string, rows: number): Promise<void> {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'campaign.yaml'), yaml.replace('million', name));
  await writeRecipients(join(folder, name, 'recipients.csv'), rows);
}

function command(cwd: string, env: NodeJS.ProcessEnv, words: readonly string[]): void {
  const done = spawnSync(process.execPath, [CLI, ...words], { cwd, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}: ${done.stderr}`);
}

async function served(cwd: string, env: NodeJS.ProcessEnv): Promise<BenchPage> {
  const words = [CLI, 'serve', '--port', '0', '--no-open', '--campaigns', '.', '--json'];
  const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, address } = JSON.parse(said.toString()) as { url: string; address: string };
  const entered = await fetch(address);
  const [cookie = ''] = entered.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
  const get: BenchPage['get'] = async (path) => {
    const started = performance.now();
    const answer = await fetch(url + path, { headers: { cookie } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} is answered ${answer.status}`);
    return { text, ms: performance.now() - started };
  };
  return { process: child, get };
}

/** Every page, then those that are asked for while somebody types or looks on. */
async function ofPages({ get }: BenchPage): Promise<readonly BenchRow[]> {
  const tabs = ['', '/list', '/message', '/live', '/people', '/people?status=pending', '/send'];
  const rows: BenchRow[] = [];
  for (const path of ['/', ...tabs.map((tab) => `/campaigns/million${tab}`), '/workspace/no-contact'])
    rows.push(row(`page ${path}, p95`, await p95(() => get(path)), 1_000));
  rows.push(row('poll of what is being sent, p95', await p95(() => get('/campaigns/million/live/now')), 50));
  const first = await longestMeanwhile(get, () => get('/campaigns/million/people?phone=%2B519123'));
  rows.push(row('first search of a part of a phone', first.ms, null));
  rows.push(row('longest that another reader waits meanwhile', first.longestMs, null));
  let part = 100;
  const search = () => get(`/campaigns/million/people?phone=${1_000 + part++}`);
  rows.push(row('search of the last digits of a phone, p95', await p95(search), 100));
  return rows;
}

/** The list is read by a process of its own: others are answered meanwhile. */
async function ofRows({ get }: BenchPage): Promise<readonly BenchRow[]> {
  const wrong = '/campaigns/million/wrong';
  const isRead = async (): Promise<void> => {
    while ((await get(wrong)).text.includes('data-reading')) await delay(200);
  };
  const reading = await longestMeanwhile(get, async () => {
    const started = performance.now();
    await isRead();
    return { ms: performance.now() - started };
  });
  const preview = `/campaigns/million/message/preview?row=${Math.round(ROWS * 0.9)}`;
  return [
    row('what is wrong: the list is read for the first time', reading.ms, null),
    row('longest that another reader waits meanwhile', reading.longestMs, 50),
    row(`page ${wrong}, p95`, await p95(() => get(wrong)), 1_000),
    row('preview of a late row, p95', await p95(() => get(preview)), 300),
  ];
}

/** Messages per second with viewers on the live page, of those without. */
async function ofSending(
  folder: string,
  env: NodeJS.ProcessEnv,
  { get }: BenchPage,
): Promise<readonly BenchRow[]> {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const alone = await sendingMs(folder, env, `alone-${round}`, null);
    const watched = await sendingMs(folder, env, `watched-${round}`, get);
    ratios.push(alone / watched);
  }
  const value = median(ratios);
  const name = `sending with ${VIEWERS} on the live page, of without`;
  return [{ name, value, unit: '×', bar: 0.97, ok: value >= 0.97 }];
}

async function sendingMs(
  folder: string,
  env: NodeJS.ProcessEnv,
  name: string,
  get: BenchPage['get'] | null,
): Promise<number> {
  await writeCampaign(folder, name, `${CAMPAIGN}rate: 5000/s\n`, SENT);
  const child = spawn(process.execPath, [CLI, 'send', name, '--yes', '--json'], { cwd: folder, env });
  child.stdout.resume();
  child.stderr.resume();
  const started = performance.now();
  let over = false;
  const ended = once(child, 'exit').then(() => {
    over = true;
  });
  const look = async (): Promise<void> => {
    while (!over && get !== null) {
      await get(`/campaigns/${name}/live/now`);
      await delay(1_000);
    }
  };
  await Promise.all([ended, ...Array.from({ length: VIEWERS }, look)]);
  return performance.now() - started;
}

/** How long `work` took, and how long the slowest of those waited who asked meanwhile. */
async function longestMeanwhile(
  get: BenchPage['get'],
  work: () => Promise<{ readonly ms: number }>,
): Promise<{ readonly ms: number; readonly longestMs: number }> {
  let [longestMs, over] = [0, false];
  const others = (async () => {
    while (!over) {
      longestMs = Math.max(longestMs, (await get('/healthz')).ms);
      await delay(5);
    }
  })();
  const { ms } = await work();
  over = true;
  await others;
  return { ms, longestMs };
}

async function p95(ask: () => Promise<{ readonly ms: number }>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) times.push((await ask()).ms);
  return times.toSorted((one, other) => one - other)[Math.floor(TIMES * 0.95) - 1] ?? 0;
}

function memory({ process: { pid } }: BenchPage): BenchRow {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const value = Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
  return { name: 'peak memory of the server', value, unit: 'MB', bar: 200, ok: value <= 200 };
}

function row(name: string, value: number, bar: number | null): BenchRow {
  return { name, value, unit: 'ms', bar, ok: bar === null || value <= bar };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench(`The page, with ${ROWS.toLocaleString('en')} people`, await pageBench());
}
