import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { unwrapped } from '../support/results.js';
import { type BenchRow, median, printBench } from './bench-row.js';
import { answeringServer, filledCampaign, type Spent, sendAll } from './sending.js';

const SMALL = 10_000;
const LARGE = Number(process.env['BENCH_DELIVERIES'] ?? 10_000_000);
const ROUNDS = 5;

/**
 * What a message costs in a ledger of ten million deliveries, against one of ten thousand: the processor's time of
 * all threads, because that is what grows when something is looked for in vain.
 */
export async function ledgerSizeBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-size-'));
  const server = await answeringServer();
  const large = unwrapped(openLedger(join(folder, 'large.db'), { mode: 'create' }));
  try {
    await enterHistory(large, LARGE - SMALL * (ROUNDS + 1));
    const round = async (index: number): Promise<{ small: Spent; large: Spent }> => {
      const fresh = unwrapped(openLedger(join(folder, `small-${index}.db`), { mode: 'create' }));
      const small = await sendAll(fresh, await filledCampaign(fresh, 'small', SMALL), server.baseUrl);
      fresh.close();
      const campaignId = await filledCampaign(large, `round-${index}`, SMALL);
      return { small, large: await sendAll(large, campaignId, server.baseUrl) };
    };
    await round(0);
    const rounds: { small: Spent; large: Spent }[] = [];
    for (let index = 1; index <= ROUNDS; index += 1) rounds.push(await round(index));
    return rowsOf(
      rounds.map((one) => microseconds(one.small)),
      rounds.map((one) => microseconds(one.large)),
    );
  } finally {
    large.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(small: readonly number[], large: readonly number[]): readonly BenchRow[] {
  const ratio = median(large.map((value, index) => value / (small[index] ?? value)));
  const cost = (deliveries: number, values: readonly number[]): BenchRow => ({
    name: `a message in a ledger of ${deliveries.toLocaleString('en')} deliveries`,
    value: median(values),
    unit: 'µs of processor',
    bar: null,
    ok: true,
  });
  return [
    cost(SMALL, small),
    cost(LARGE, large),
    { name: 'ratio', value: ratio, unit: '×', bar: 1.2, ok: ratio <= 1.2 },
  ];
}

function microseconds({ cpuMs, messages }: Spent): number {
  if (messages !== SMALL) throw new Error(`${messages} of ${SMALL} accepted`);
  return (cpuMs * 1000) / messages;
}

/** Ended campaigns of the past, each delivery with its attempt; written with SQL, because how they came does not matter. */
async function enterHistory(db: LedgerDatabase, deliveries: number): Promise<void> {
  const campaignId = await filledCampaign(db, 'history', 0);
  db.exec(`
    BEGIN;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${deliveries})
    INSERT INTO deliveries (id, campaign_id, person, key, phone, country, line, import_id, status, attempts,
      first_attempt_at, last_attempt_at, http_status, contact_id)
    SELECT i, ${campaignId}, CAST(51900000000 + i AS TEXT), '', CAST(51900000000 + i AS TEXT), 'PE', i + 1, 1,
      'accepted', 1, 1700000000000 + i, 1700000000100 + i, 200, '66a1f0c2e4b0' || printf('%012d', i) FROM n;
    INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, http_status)
    SELECT id, 1, first_attempt_at, last_attempt_at, 'accepted', 200 FROM deliveries WHERE campaign_id = ${campaignId};
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('A message in a large ledger', await ledgerSizeBench());
}
