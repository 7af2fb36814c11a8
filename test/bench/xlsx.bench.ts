import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { bookParts, type TestBook, writeParts } from '../support/xlsx-writing.js';
import { type BenchRow, printBench } from './bench-row.js';

/**
 * A million rows of six columns from a workbook, against the same rows from a CSV in the same run: with the strings shared
 * in the order of the rows (as programs write them), shared in no order (as Excel leaves them when rows were sorted), and
 * in the cells themselves. The processor time of each, and the peak memory, of a process that does nothing else. What is in no order
 * has no bar: nearly every string is then read from the disk.
 */
const ROWS = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const TIME_BAR = 3;
const MEMORY_BAR_MB = 250;
const ONLY_READ = '--only-read';

const COLUMNS = ['telefono', 'nombre', 'body.1', 'body.2', 'ciudad', 'correo'];
const CITIES = ['Lima', 'Bogotá', 'Ciudad de México', 'São Paulo', 'Santiago'];

interface Person {
  readonly phone: number;
  readonly name: string;
  readonly amount: number;
  /** Days from 1900. */
  readonly day: number;
  readonly city: string;
  readonly mail: string;
}

function person(row: number): Person {
  const tail = String(row).padStart(7, '0');
  return {
    phone: 51_980_000_000 + row,
    name: `Pérez ${tail}`,
    amount: (row % 1000) + 0.5,
    day: 46_082 + (row % 28),
    city: CITIES[row % CITIES.length] ?? '',
    mail: `persona${tail}@ejemplo.com`,
  };
}

async function writeCsv(file: string): Promise<void> {
  const output = createWriteStream(file);
  output.write(`${COLUMNS.join(';')}\r\n`);
  for (let row = 0; row < ROWS; row += 1) {
    const { phone, name, amount, day, city, mail } = person(row);
    const line = `${phone};${name};S/ ${amount.toFixed(2)};${String(day - 46_081).padStart(2, '0')}/03/2026;${city};${mail}\r\n`;
    if (!output.write(line)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'close');
}

const FORMATS = ['General', '"S/" #,##0.00', 14];
/** Prime to the number of rows, so that every row has another. */
const STRIDE = 7_919;

function sharedBook(isSorted: boolean): TestBook {
  const placeOf = (row: number): number => (isSorted ? (row * STRIDE) % ROWS : row);
  const strings = function* (): Generator<string> {
    for (const text of [...COLUMNS, ...CITIES]) yield `<si><t>${text}</t></si>`;
    for (let row = 0; row < ROWS; row += 1) {
      const { name, mail } = person(row);
      yield `<si><t>${name}</t></si><si><t>${mail}</t></si>`;
    }
  };
  const xml = function* (): Generator<string> {
    yield '<sheetData><row r="1">';
    for (const index of COLUMNS.keys()) yield `<c r="${'ABCDEF'[index]}1" t="s"><v>${index}</v></c>`;
    yield '</row>';
    for (let row = 0; row < ROWS; row += 1) {
      const { phone, amount, day } = person(row);
      const line = row + 2;
      const own = COLUMNS.length + CITIES.length + 2 * placeOf(row);
      yield `<row r="${line}" spans="1:6" x14ac:dyDescent="0.25"><c r="A${line}"><v>${phone}</v></c><c r="B${line}" t="s"><v>${own}</v></c><c r="C${line}" s="1"><v>${amount}</v></c><c r="D${line}" s="2"><v>${day}</v></c><c r="E${line}" t="s"><v>${COLUMNS.length + (row % CITIES.length)}</v></c><c r="F${line}" t="s"><v>${own + 1}</v></c></row>`;
    }
    yield '</sheetData>';
  };
  return { sheets: [{ name: 'Clientes', xml: xml() }], strings: strings(), formats: FORMATS };
}

function inlineBook(): TestBook {
  const cell = (place: string, text: string): string =>
    `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const xml = function* (): Generator<string> {
    yield `<sheetData><row r="1">${COLUMNS.map((name, index) => cell(`${'ABCDEF'[index]}1`, name)).join('')}</row>`;
    for (let row = 0; row < ROWS; row += 1) {
      const { phone, name, amount, day, city, mail } = person(row);
      const line = row + 2;
      yield `<row r="${line}"><c r="A${line}"><v>${phone}</v></c>${cell(`B${line}`, name)}<c r="C${line}" s="1"><v>${amount}</v></c><c r="D${line}" s="2"><v>${day}</v></c>${cell(`E${line}`, city)}${cell(`F${line}`, mail)}</row>`;
    }
    yield '</sheetData>';
  };
  return { sheets: [{ name: 'Clientes', xml: xml() }], formats: FORMATS };
}

async function readAll(file: string): Promise<void> {
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
  const opened = await openRecipients(source, { render: null, fixValues: false });
  if (!opened.ok) throw new Error(opened.problems[0]?.code);
  let recipients = 0;
  for await (const batch of opened.value.batches) {
    for (const verdict of batch) if (verdict.kind === 'recipient') recipients += 1;
  }
  if (recipients !== ROWS) throw new Error(`${recipients} recipients of ${ROWS} rows`);
}

/** Processor seconds and peak resident megabytes of another process that opens the file and reads it once. */
async function reading(file: string): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const child = fork(fileURLToPath(import.meta.url), [ONLY_READ, file]);
  const [[seconds, kilobytes]] = (await once(child, 'message')) as [[number, number]];
  await once(child, 'exit');
  return { seconds, megabytes: Math.round(kilobytes / 1000) };
}

async function xlsxBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'xlsx-bench-'));
  try {
    const csv = join(folder, 'recipients.csv');
    await writeCsv(csv);
    const base = await reading(csv);
    const rows: BenchRow[] = [
      { name: 'CSV, a million rows', value: base.seconds, unit: 's', bar: null, ok: true },
      { name: 'CSV, peak memory', value: base.megabytes, unit: 'MB', bar: null, ok: true },
    ];
    const books = { shared: sharedBook(false), 'shared in no order': sharedBook(true), inline: inlineBook() };
    for (const [name, book] of Object.entries(books)) {
      const file = join(folder, 'recipients.xlsx');
      await writeParts(file, bookParts(book));
      const { seconds, megabytes } = await reading(file);
      const times = seconds / base.seconds;
      const hasBar = name !== 'shared in no order';
      rows.push(
        {
          name: `Excel file, strings ${name}`,
          value: times,
          unit: '× CSV',
          bar: hasBar ? TIME_BAR : null,
          ok: !hasBar || times <= TIME_BAR,
        },
        {
          name: `Excel file, strings ${name}, peak memory`,
          value: megabytes,
          unit: 'MB',
          bar: hasBar ? MEMORY_BAR_MB : null,
          ok: !hasBar || megabytes <= MEMORY_BAR_MB,
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [option, file] = process.argv.slice(2);
if (option === ONLY_READ && file !== undefined) {
  await readAll(file);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send?.([(userCPUTime + systemCPUTime) / 1e6, maxRSS]);
  process.disconnect?.();
} else {
  const rows = await xlsxBench();
  printBench('Recipients from a workbook', rows);
  if (rows.some((row) => !row.ok)) process.exitCode = 1;
}
