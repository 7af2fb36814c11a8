import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { ianaZones } from '../../src/campaign/zones.js';
import type { ReportRow, ReportSource } from '../../src/core/report-data.js';
import { type FilePiece, writeAtomically } from '../../src/files/atomic-file.js';
import { reportRows } from '../../src/ledger/sqlite/report-rows.js';
import { csvReport } from '../../src/report/csv.js';
import { reportFields } from '../../src/report/fields.js';
import { htmlReport } from '../../src/report/html.js';
import { jsonReport } from '../../src/report/json.js';
import { xlsxReport } from '../../src/report/xlsx.js';
import { MORNING, rowWith, summaryWith } from '../report/support.js';
import { enormousSummary } from '../security/hostile-summaries.js';
import { translateIn } from '../support/said.js';
import { filledLedgerFile } from './filled-ledger-file.js';

/** One measured figure; `bar` is what it has to reach, or stay below where the unit is a cost. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: a baseline, measured only for comparison. */
  readonly bar: number | null;
  readonly ok: boolean;
}

const ROWS = 1_000_000;
/** A file of half a gigabyte would take a minute to fill; reading it goes at the same speed. */
const LEDGER_ROWS = Number(process.env['BENCH_LEDGER_ROWS'] ?? 300_000);
const BATCH = 1_000;
const COLUMNS = ['celular', 'nombre', 'monto', 'ciudad'];

/** A million-row report against bare csv-stringify over the same values, and the HTML of a million people. */
export async function reportBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'report-bench-'));
  try {
    const bare = bareStringify();
    const csv = await rowsPerSecond(
      join(folder, 'report.csv'),
      csvReport(source(), { delimiter: ',', statuses: null }),
    );
    const { offsetMsAt } = ianaZones();
    const xlsx = await rowsPerSecond(
      join(folder, 'report.xlsx'),
      xlsxReport(source(), translateIn('en'), 'en', { statuses: null, offsetMsAt }),
    );
    const json = await rowsPerSecond(join(folder, 'report.json'), jsonReport(source(), { statuses: null }));
    return [
      { name: 'csv-stringify alone, in memory', value: bare, unit: 'rows/s', bar: null, ok: true },
      {
        name: 'report CSV, a million rows to disk',
        value: csv.speed,
        unit: 'rows/s',
        bar: 100_000,
        ok: csv.speed >= 100_000,
      },
      { name: 'report CSV, memory grown', value: csv.grownMb, unit: 'MB', bar: 64, ok: csv.grownMb <= 64 },
      ...(await ledgerRows(folder)),
      {
        name: 'report JSON, a million rows to disk',
        value: json.speed,
        unit: 'rows/s',
        bar: 50_000,
        ok: json.speed >= 50_000,
      },
      {
        name: 'report Excel, a million rows to disk',
        value: xlsx.speed,
        unit: 'rows/s',
        bar: 20_000,
        ok: xlsx.speed >= 20_000,
      },
      {
        name: 'report Excel, memory grown',
        value: xlsx.grownMb,
        unit: 'MB',
        bar: 64,
        ok: xlsx.grownMb <= 64,
      },
      ...htmlRows(),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the ledger's file to the report's file, as `plazcast report` goes. */
async function ledgerRows(folder: string): Promise<readonly BenchRow[]> {
  const { db, campaign } = await filledLedgerFile(join(folder, 'plazcast.db'), LEDGER_ROWS);
  try {
    const source: ReportSource = {
      columns: campaign.columns,
      campaign: campaign.name,
      summary: async () => summaryWith(),
      rows: (statuses) => reportRows(db, campaign.id, statuses),
    };
    const csv = csvReport(source, { delimiter: ',', statuses: null });
    const { speed, grownMb } = await rowsPerSecond(join(folder, 'ledger.csv'), csv, LEDGER_ROWS);
    return [
      {
        name: 'report CSV, from a ledger file to disk',
        value: speed,
        unit: 'rows/s',
        bar: 100_000,
        ok: speed >= 100_000,
      },
      {
        name: 'report CSV, from a ledger file, memory grown',
        value: grownMb,
        unit: 'MB',
        bar: 64,
        ok: grownMb <= 64,
      },
    ];
  } finally {
    db.close();
  }
}

/** The same batch over and over: what is measured is the writing, not the making of rows. */
function batch(): readonly ReportRow[] {
  return Array.from({ length: BATCH }, (_, index) =>
    rowWith({
      line: index + 2,
      phone: String(51_900_000_000 + index),
      firstAttemptAt: MORNING + index * 50,
      lastAttemptAt: MORNING + index * 50 + 180,
      contactId: `66a1f0c2e4b0${String(index).padStart(12, '0')}`,
      cells: [String(900_000_000 + index), `José Ñandú ${index}`, '1,250.00', 'Lima, Perú'],
    }),
  );
}

function source(): ReportSource {
  const rows = batch();
  return {
    columns: COLUMNS,
    campaign: 'million',
    summary: async () => summaryWith(),
    async *rows() {
      for (let done = 0; done < ROWS; done += BATCH) yield rows;
    },
  };
}

function bareStringify(): number {
  const fields = reportFields({ columns: COLUMNS }, null);
  const values = batch().map((row) => fields.valuesOf(row));
  const rows = ROWS / 4;
  const startedAt = performance.now();
  for (let done = 0; done < rows; done += BATCH) stringify(values, { escape_formulas: true });
  return perSecond(rows, startedAt);
}

async function rowsPerSecond(
  path: string,
  chunks: AsyncIterable<FilePiece>,
  rows = ROWS,
): Promise<{ readonly speed: number; readonly grownMb: number }> {
  const memory = new MemoryWatch();
  const startedAt = performance.now();
  await writeAtomically(path, memory.watched(chunks), 'person');
  return { speed: perSecond(rows, startedAt), grownMb: memory.grownMb() };
}

/** Largest memory of the process in the second half of a stream against that in the first half. */
class MemoryWatch {
  readonly #sizes: number[] = [];

  async *watched(chunks: AsyncIterable<FilePiece>): AsyncIterable<FilePiece> {
    for await (const chunk of chunks) {
      this.#sizes.push(process.memoryUsage.rss());
      yield chunk;
    }
  }

  grownMb(): number {
    const half = this.#sizes.length / 2;
    const before = Math.max(...this.#sizes.slice(0, half));
    return Math.max(0, Math.max(...this.#sizes.slice(half)) - before) / 2 ** 20;
  }
}

function htmlRows(): readonly BenchRow[] {
  const summary = enormousSummary();
  const startedAt = performance.now();
  const page = htmlReport(summary, translateIn('en'), 'en', { timeZone: 'America/Lima' });
  const seconds = (performance.now() - startedAt) / 1000;
  const megabytes = Buffer.byteLength(page) / 1e6;
  return [
    { name: 'report HTML, a million people', value: seconds, unit: 's', bar: 10, ok: seconds < 10 },
    { name: 'report HTML, size', value: megabytes, unit: 'MB', bar: 2, ok: megabytes < 2 },
  ];
}

function perSecond(rows: number, startedAt: number): number {
  return Math.round((1000 * rows) / (performance.now() - startedAt));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, bar, ok } of await reportBench()) {
    const shown = value.toLocaleString('en', { maximumFractionDigits: 2 });
    process.stdout.write(
      `${ok ? 'ok  ' : 'FAIL'} ${name}: ${shown} ${unit}${bar === null ? '' : ` (bar ${bar})`}\n`,
    );
  }
}
