import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { ok } from '../../src/core/problem.js';
import type { RowRenderer, RowRules } from '../../src/core/recipient.js';
import { digestRecipients } from '../../src/recipients/digest.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';

/** One measured figure; `bar` is what it has to stay below. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: a baseline, measured only for comparison. */
  readonly bar: number | null;
  readonly ok: boolean;
}

const ROWS = 1_000_000;
const TIMES = 3;
const RATIO_BAR = 2.5;
const MEMORY_BAR_MB = 200;

/**
 * A million rows (85 MB) from bytes to verdicts, as ratios to csv-parse alone with the same file in the same run
 * (the best of several turns each, taken in turn), and the peak memory of a process that does nothing else.
 */
export async function recipientsBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'recipients-bench-'));
  try {
    const file = join(folder, 'recipients.csv');
    await writeFile(file);
    const best = { bare: Infinity, columns: Infinity, mapped: Infinity, digest: Infinity };
    for (let time = 0; time < TIMES; time += 1) {
      best.bare = Math.min(best.bare, await secondsOf(() => parseAlone(file)));
      best.columns = Math.min(best.columns, await secondsOf(() => readAll(file, FROM_COLUMNS)));
      best.mapped = Math.min(best.mapped, await secondsOf(() => readAll(file, MAPPED)));
      best.digest = Math.min(best.digest, await secondsOf(() => digestRecipients(file)));
    }
    const memory = await peakMegabytes(file);
    const ratio = (name: string, seconds: number, bar: number): BenchRow => {
      const value = seconds / best.bare;
      return { name, value, unit: '× csv-parse alone', bar, ok: value <= bar };
    };
    return [
      {
        name: `csv-parse alone, ${megabytes(statSync(file).size)} MB`,
        value: ROWS / best.bare,
        unit: 'rows/s',
        bar: null,
        ok: true,
      },
      ratio('a million rows to verdicts, columns body.*', best.columns, RATIO_BAR),
      ratio('a million rows to verdicts, two values filled by a function', best.mapped, RATIO_BAR),
      ratio('digest of an unchanged file', best.digest, 1),
      {
        name: 'peak memory of reading',
        value: memory,
        unit: 'MB',
        bar: MEMORY_BAR_MB,
        ok: memory <= MEMORY_BAR_MB,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FROM_COLUMNS: RowRules = { render: null, fixValues: false };

/** The cheapest filling there is: what Liquid costs on top is the campaign's to measure. */
const FILL_TWO: RowRenderer = {
  fillsVariables: true,
  readsMeanings: false,
  columnOf: () => null,
  prepare: (columns) => {
    const name = columns.indexOf('nombre');
    const amount = columns.indexOf('body.1');
    return ok((cells) => ({
      ok: true,
      body: [
        { variable: '1', value: `Hola ${cells[name] ?? ''}` },
        { variable: '2', value: cells[amount] ?? '' },
      ],
      header: [],
      attachment: null,
    }));
  },
};
const MAPPED: RowRules = { render: FILL_TWO, fixValues: false };

/** Numbers of four countries, as people type them: with and without code, with spaces; quoted names; accents. */
async function writeFile(file: string): Promise<void> {
  const output = createWriteStream(file);
  output.write('telefono;nombre;body.1;body.2;ciudad;correo\r\n');
  const cities = ['Lima', 'Bogotá', 'Ciudad de México', 'São Paulo', 'Santiago'];
  for (let row = 0; row < ROWS; row += 1) {
    const tail = String(row).padStart(7, '0');
    const phone = [`5198${tail}`, `+52 55 1${tail}`, `+57300${tail}`, `98${tail}`][row % 4];
    const name = row % 10 === 0 ? `"Pérez ${tail}; hijo"` : `Pérez ${tail}`;
    const line = `${phone};${name};S/ ${row % 1000}.50;2026-03-${1 + (row % 28)};${cities[row % 5]};persona${tail}@ejemplo.com\r\n`;
    if (!output.write(line)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'close');
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function parseAlone(file: string): Promise<void> {
  let rows = 0;
  const parser = createReadStream(file).pipe(parse({ delimiter: ';', bom: true }));
  parser.on('data', () => {
    rows += 1;
  });
  await once(parser, 'end');
  if (rows !== ROWS + 1) throw new Error(`csv-parse gave ${rows} rows`);
}

async function readAll(file: string, rules: RowRules): Promise<void> {
  const source = {
    file,
    sheet: null,
    phoneColumn: null,
    country: 'PE',
    keyColumn: null,
    delimiter: null,
    encoding: null,
    landlines: 'reject',
    wire: {},
  } as const;
  const opened = await openRecipients(source, rules);
  if (!opened.ok) throw new Error(opened.problems[0]?.code);
  let recipients = 0;
  for await (const batch of opened.value.batches) {
    for (const verdict of batch) if (verdict.kind === 'recipient') recipients += 1;
  }
  if (recipients !== ROWS) throw new Error(`${recipients} recipients of ${ROWS} rows`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

const ONLY_READ = '--only-read';

/** Peak resident memory of another process that reads the file once. */
async function peakMegabytes(file: string): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [ONLY_READ, file]);
  const [kilobytes] = (await once(child, 'message')) as [number];
  await once(child, 'exit');
  return Math.round(kilobytes / 1000);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [option, file] = process.argv.slice(2);
  if (option === ONLY_READ && file !== undefined) {
    await readAll(file, FROM_COLUMNS);
    process.send?.(process.resourceUsage().maxRSS);
    process.disconnect?.();
  } else {
    for (const row of await recipientsBench()) {
      const bar = row.bar === null ? '' : ` (at most ${row.bar})`;
      process.stdout.write(
        `${row.ok ? 'ok  ' : 'MISS'} ${row.name}: ${row.value.toFixed(2)} ${row.unit}${bar}\n`,
      );
    }
  }
}
