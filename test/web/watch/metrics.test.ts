import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { NEED_KINDS, WAIT_REASONS } from '../../../src/core/figures.js';
import { faultRule } from '../../../src/sandbox/faults/rules.js';
import { cliPlace } from '../../support/run-cli.js';
import { sendingPlace } from '../../support/sending-place.js';
import { type PageAnswer, type Served, servedPage } from '../support/served.js';

/** So many in the suite; all 10,000 with `SCRAPED_PEOPLE=10000`. */
const PEOPLE = Number(process.env['SCRAPED_PEOPLE'] ?? 1_500);
const TOKEN = 'metrics-token-51c0ffee';

type Samples = ReadonlyMap<string, number>;

/** The lines of an answer, by name and labels. */
function samplesOf({ text }: PageAnswer): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line): [string, number] => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}

async function scraped(page: Served): Promise<Samples> {
  const answer = await page.ask('/metrics');
  expect(answer.status).toBe(200);
  return samplesOf(answer);
}

/** What a metric says for every value of its only label that is above zero. */
function byLabel(samples: Samples, metric: string): Readonly<Record<string, number>> {
  const found = [...samples].flatMap(([name, value]) => {
    const [, label] = new RegExp(`^${metric}\\{\\w+="([^"]*)"\\}$`, 'u').exec(name) ?? [];
    return label === undefined || value === 0 ? [] : [[label, value] as const];
  });
  return Object.fromEntries(found);
}

function countedBy(db: Database.Database, table: string, column: string): Readonly<Record<string, number>> {
  const rows = db.prepare(`SELECT ${column}, count(*) FROM ${table} GROUP BY 1`).raw().all();
  return Object.fromEntries(rows as [string, number][]);
}

test('a scrape in the middle of a run agrees with what stands in the ledger at that moment, and at its end', async () => {
  const place = await sendingPlace(PEOPLE, {}, { faults: [faultRule('http-422', { probability: 0.02 })] });
  const page = await servedPage(place);
  const run = place.start(['send', 'sale', '--yes']);
  let goesOn = true;
  void run.ended.then(() => {
    goesOn = false;
  });
  await expect.poll(() => scraped(page).then((one) => byLabel(one, 'plazcast_runs'))).toEqual({ running: 1 });
  const db = new Database(place.ledger, { readonly: true });
  const version = (): unknown => db.pragma('data_version', { simple: true });
  let compared = 0;
  while (goesOn) {
    const before = version();
    const [deliveries, attempts] = [
      countedBy(db, 'deliveries', 'status'),
      countedBy(db, 'attempts', 'outcome'),
    ];
    const samples = await scraped(page);
    const stands = byLabel(samples, 'plazcast_deliveries');
    expect(Object.values(stands).reduce((sum, count) => sum + count, 0)).toBe(PEOPLE);
    // Nobody committed in between: it is the same state that both looked at.
    if (version() !== before) continue;
    compared += 1;
    expect(stands).toEqual(deliveries);
    expect(byLabel(samples, 'plazcast_attempts')).toEqual(attempts);
  }
  expect(compared).toBeGreaterThan(0);
  const samples = await scraped(page);
  expect(byLabel(samples, 'plazcast_deliveries')).toEqual(countedBy(db, 'deliveries', 'status'));
  expect(byLabel(samples, 'plazcast_attempts')).toEqual(countedBy(db, 'attempts', 'outcome'));
  expect(byLabel(samples, 'plazcast_runs')).toEqual({ finished: 1 });
  const lately = db
    .prepare('SELECT count(*) FROM attempts WHERE started_at > ?')
    .pluck()
    .get(Date.now() - 60_000) as number;
  // Between the two looks a minute may have ended for some.
  const perMinute = (samples.get('plazcast_send_rate_per_second') ?? 0) * 60;
  expect(perMinute).toBeGreaterThanOrEqual(lately - 0.5);
  const all = db.prepare('SELECT count(*) FROM attempts').pluck().get() as number;
  expect(perMinute).toBeLessThanOrEqual(all + 0.5);
  db.close();
});

test('where there is no ledger yet, it is not said to be gone', async () => {
  const page = await servedPage(cliPlace());
  const samples = await scraped(page);
  expect(samples.get('plazcast_ledger_up')).toBe(1);
  expect([...samples.keys()].filter((name) => name.startsWith('plazcast_deliveries'))).toEqual([]);
});

test('a ledger that cannot be read is said to be gone, and old numbers go with it', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  const page = await servedPage(place);
  expect(byLabel(await scraped(page), 'plazcast_deliveries')).toEqual({ accepted: 2 });
  place.write('plazcast.db', 'no ledger');
  const samples = await scraped(page);
  expect(samples.get('plazcast_ledger_up')).toBe(0);
  expect(byLabel(samples, 'plazcast_deliveries')).toEqual({});
  expect(await page.ask('/healthz')).toMatchObject({ status: 503, text: 'ledger\n' });
});

test('labels say nothing of people or campaigns, and do not grow with what is asked for', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--yes']);
  const page = await servedPage(place);
  const asked = ['/', '/campaigns/sale', '/campaigns/spring', '/no/such/page', '/people?phone=51910000000'];
  const askAll = async (): Promise<void> => {
    for (const path of asked) await page.get(path);
    await page.ask('/', { headers: { host: 'evil.example' } });
    await page.ask('/', { method: 'DELETE' });
    await page.post('/workspace/address', {});
  };
  await askAll();
  // An answer is counted once it has gone.
  await expect
    .poll(async () => [...(await scraped(page)).keys()].join('\n'))
    .toMatch(/^(?=.*method="other",route="refused")(?=.*route="\/metrics")/su);
  const names = [...(await scraped(page)).keys()];
  asked.push(
    '/campaigns/third/list',
    '/campaigns/fourth',
    '/enter?token=abc',
    '/%E2%82%AC',
    '/no/such/place',
  );
  await askAll();
  const later = [...(await scraped(page)).keys()].filter(
    (name) => name.startsWith('plazcast_') && !names.includes(name),
  );
  expect(later.filter((name) => !/route="\/(?:enter|campaigns\/:campaign\/list)"/u.test(name))).toEqual([]);
  const all = [...names, ...later].filter((name) => name.startsWith('plazcast_'));
  expect(all.filter((name) => /sale|spring|third|5191|evil|token=|such/u.test(name))).toEqual([]);
  const routes = new Set(all.flatMap((name) => /route="([^"]*)"/u.exec(name)?.[1] ?? []));
  expect([...routes]).toEqual(
    expect.arrayContaining([
      '/',
      '/metrics',
      '/campaigns/:campaign',
      'none',
      'refused',
      '/workspace/address',
    ]),
  );
  expect(byName(all, 'plazcast_waiting_runs', 'reason')).toEqual([...WAIT_REASONS]);
  expect(byName(all, 'plazcast_needs', 'kind')).toEqual([...NEED_KINDS]);
});

function byName(names: readonly string[], metric: string, label: string): readonly string[] {
  return names.flatMap((name) => new RegExp(`^${metric}\\{${label}="([^"]*)"\\}`, 'u').exec(name)?.[1] ?? []);
}

test('requests, reads of the ledger and the process itself are measured', async () => {
  const place = await sendingPlace(1);
  await place.run(['send', 'sale', '--yes']);
  const page = await servedPage(place);
  await page.get('/');
  const samples = await scraped(page);
  expect(
    samples.get('plazcast_http_request_seconds_count{method="GET",route="/",status="2xx"}'),
  ).toBeGreaterThanOrEqual(1);
  expect(samples.get('plazcast_ledger_read_seconds_count')).toBeGreaterThanOrEqual(2);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
});

test('a program of this machine needs no token; what comes through a proxy needs it', async () => {
  const page = await servedPage(cliPlace({ PLAZCAST_METRICS_TOKEN: TOKEN }));
  const ask = (headers: Readonly<Record<string, string>>) => page.ask('/metrics', { headers });
  expect((await ask({})).status).toBe(200);
  const forwarded = { 'x-forwarded-for': '203.0.113.9' };
  const refused = await ask(forwarded);
  expect(refused).toMatchObject({ status: 401, text: 'token\n' });
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expect((await ask({ ...forwarded, authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
  expect((await ask({ ...forwarded, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
});
