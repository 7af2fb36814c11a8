import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { type BenchRow, printBench } from './bench-row.js';
import { CAMPAIGN, writeRecipients } from './million-rows-file.js';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const CLI = resolve(process.cwd(), 'dist/main.js');

/** What a command of the built command line took, and the most memory it held. */
interface Taken {
  readonly ms: number;
  readonly peakMb: number;
}

/** `check` and `send` of a file with a million rows, against csv-parse alone on the same file. */
export async function millionRowsBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-million-'));
  try {
    const file = join(folder, 'recipients.csv');
    await writeRecipients(file, ROWS);
    writeFileSync(join(folder, 'campaign.yaml'), CAMPAIGN);
    const bareMs = await bareParse(file);
    const check = taken(folder, ['check', folder]);
    const send = taken(folder, ['send', folder, '--sandbox', '--limit', '1']);
    const again = taken(folder, ['send', folder, '--sandbox', '--limit', '1']);
    return [
      {
        name: `csv-parse alone, ${ROWS.toLocaleString('en')} rows`,
        value: bareMs,
        unit: 'ms',
        bar: null,
        ok: true,
      },
      ratio('check', check.ms / bareMs, 3),
      ratio('import: send up to its first request', send.ms / bareMs, 4),
      ratio('send of the unchanged file, of the first', again.ms / send.ms, 0.25),
      memory('check', check.peakMb),
      memory('import', send.peakMb),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bareParse(file: string): Promise<number> {
  const started = performance.now();
  let rows = 0;
  for await (const _row of createReadStream(file).pipe(parse())) rows += 1;
  if (rows !== ROWS + 1) throw new Error(`${rows} rows read`);
  return performance.now() - started;
}

/**
 * Runs a command; a hook in it tells its peak memory at the end. The kernel counts a process that starts another
 * into `maxRSS` of the new one, and this one is large: so Linux is asked for the high-water mark of the memory itself.
 */
function taken(folder: string, args: readonly string[]): Taken {
  const hook = join(folder, 'peak.cjs');
  const peak = join(folder, 'peak.txt');
  writeFileSync(
    hook,
    `const { existsSync, readFileSync, writeFileSync } = require('node:fs');
process.on('exit', () => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  writeFileSync(${JSON.stringify(peak)}, /VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? String(process.resourceUsage().maxRSS));
});`,
  );
  const started = performance.now();
  const done = spawnSync(
    process.execPath,
    ['--require', hook, CLI, ...args, '--yes', '--ledger', join(folder, 'ledger.db')],
    { encoding: 'utf8', env: { ...process.env, PLAZCAST_STATE_DIR: join(folder, 'state') } },
  );
  if (done.status !== 0) throw new Error(`plazcast ${args[0]} ended with ${done.status}: ${done.stderr}`);
  const ms = performance.now() - started;
  const read = spawnSync('cat', [peak], { encoding: 'utf8' });
  return { ms, peakMb: Number(read.stdout) / 1024 };
}

function ratio(name: string, value: number, bar: number): BenchRow {
  return { name, value, unit: '×', bar, ok: value <= bar };
}

function memory(name: string, value: number): BenchRow {
  return { name: `peak memory of ${name}`, value, unit: 'MB', bar: 200, ok: value <= 200 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  printBench('A file of a million rows', await millionRowsBench());
}
