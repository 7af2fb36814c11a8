import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { campaignYaml, cliPlaceIn, recipientsCsv } from '../support/run-cli.js';
import { type BenchRow, printBench } from './bench-row.js';
import type { LimitedServerReport } from './limited-server.js';

const ALLOWED_PER_SECOND = 50;

/**
 * A campaign at 200/s against a provider that allows 50/s: how many requests are wasted on being told so, and
 * whether everybody is accepted once all the same.
 */
export async function adaptiveBench(people = 2_000): Promise<readonly BenchRow[]> {
  const file = fileURLToPath(new URL('./limited-server.js', import.meta.url));
  const server = fork(file, [String(ALLOWED_PER_SECOND)]);
  const [port] = (await once(server, 'message')) as [number];
  const { place, remove } = cliPlaceIn({
    PLAZBOT_BASE_URL: `http://127.0.0.1:${port}`,
    PLAZBOT_WORKSPACE_ID: 'workspace-bench',
  });
  try {
    place.write('sale/campaign.yaml', campaignYaml({ rate: '200/s' }));
    place.write('sale/recipients.csv', recipientsCsv(people));
    const started = performance.now();
    const end = await place.run(['send', 'sale', '--json']);
    const seconds = (performance.now() - started) / 1_000;
    server.send('report');
    const [report] = (await once(server, 'message')) as [LimitedServerReport];
    return rowsOf(people, end.code, report, seconds);
  } finally {
    server.disconnect();
    remove();
  }
}

function rowsOf(
  people: number,
  code: number | null,
  report: LimitedServerReport,
  seconds: number,
): readonly BenchRow[] {
  const { accepted, throttled } = report;
  const share = (100 * throttled) / (accepted + throttled);
  const once = code === 0 && accepted === people && report.people === people;
  return [
    { name: 'requests answered 429', value: share, unit: '%', bar: 10, ok: share < 10 },
    { name: 'people accepted once', value: report.people, unit: 'people', bar: people, ok: once },
    { name: 'rate reached, of the 50/s allowed', value: accepted / seconds, unit: '/s', bar: null, ok: true },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('Adaptive rate', await adaptiveBench(Number(process.argv[2] ?? 2_000)));
}
