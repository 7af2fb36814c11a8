import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/machine/clock.js';
import { PacedThrottle } from '../../src/throttle/throttle.js';
import { type Left, worstWindow } from '../throttle/worst-window.js';
import { type BenchRow, printBench } from './bench-row.js';
import { CONCURRENCY } from './sending.js';

const RATES = [20, 80, 200, 1_000];
const STALL_MS = 1_000;

/**
 * How exactly the throttle keeps a rate: the mean after the first second, the worst second, and what a stalled
 * event loop lets out at once.
 *
 * @param seconds how long each rate is measured
 */
export async function throttleBench(seconds = 60): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const rate of RATES) {
    const left = await takenWithin(rate, seconds, null);
    rows.push(...exactness(rate, left, seconds));
  }
  const stalled = await takenWithin(80, 4, STALL_MS);
  const worst = worstWindow(stalled, 100);
  rows.push({
    name: '80/s: worst 100 ms with a loop stalled for 1 s',
    value: worst,
    unit: 'permits',
    bar: 16,
    ok: worst <= 16,
  });
  return rows;
}

function exactness(rate: number, left: readonly Left[], seconds: number): readonly BenchRow[] {
  const afterFirst = left.filter(({ atMs }) => atMs >= 1_000);
  const mean = afterFirst.reduce((sum, { permits }) => sum + permits, 0) / (seconds - 1) / rate;
  const worst = worstWindow(left, 1_000);
  const most = 1.02 * rate + 1;
  return [
    {
      name: `${rate}/s: mean (at most 1.005)`,
      value: mean,
      unit: 'of limit',
      bar: 0.98,
      ok: mean >= 0.98 && mean <= 1.005,
    },
    { name: `${rate}/s: worst second`, value: worst, unit: 'permits', bar: most, ok: worst <= most },
  ];
}

/** Everything that the throttle lets leave within so many seconds, at its moment since the start. */
async function takenWithin(rate: number, seconds: number, stallMs: number | null): Promise<readonly Left[]> {
  const throttle = new PacedThrottle({
    limitPerSecond: rate,
    startPerSecond: null,
    concurrency: CONCURRENCY,
    clock: systemClock,
  });
  const stop = AbortSignal.timeout(seconds * 1_000);
  if (stallMs !== null) setTimeout(() => stall(stallMs), 1_500);
  const started = performance.now();
  const left: Left[] = [];
  while (!stop.aborted) {
    const permits = await throttle.take(() => CONCURRENCY, stop);
    if (permits > 0) left.push({ permits, atMs: performance.now() - started });
  }
  await throttle.close();
  return left;
}

function stall(forMs: number): void {
  const until = performance.now() + forMs;
  while (performance.now() < until);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seconds = Number(process.argv[2] ?? 60);
  printBench(`Throttle, ${seconds} s per rate`, await throttleBench(seconds));
}
