import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UnusableFile } from '../../src/core/unusable-file.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { writeAnyWorkbook } from './xlsx/any-workbook.js';

/** What one stretch of fuzzing saw. */
export interface FuzzCounts {
  files: number;
  recipients: number;
  rejections: number;
  /** Files that were refused as a whole. */
  unusable: number;
  /** The longest that one of them took. */
  slowestMs: number;
}

/** A small generator of numbers below 2^32 from a seed, so that a failure can be run again (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const PIECES = [
  'telefono',
  'phone',
  'nombre',
  'body.1',
  'header.x',
  'line',
  'reason',
  'detail',
  '__proto__',
  'sep=;',
  '987654321',
  '+52 1 55 1234 5678',
  '5,19E+11',
  '987654321/2',
  "'+51",
  '="9"',
  'Peña',
  'PeÃ±a',
  '\ufffd',
  '😀',
  ',',
  ',',
  ';',
  ';',
  '\t',
  '|',
  '"',
  '"',
  '""',
  '\n',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '     ',
  '{{1}}',
  '\u0000',
  '\u001a',
  '\ufeff',
];

/** A table that is nearly right: some of its rows can be sent. */
function nearlyTable(next: () => number): string {
  const delimiter = [',', ';', '\t', '|'][next() % 4] ?? ',';
  const rows = [['telefono', 'nombre', 'body.1']];
  for (let row = next() % 12; row >= 0; row -= 1) {
    const typed =
      next() % 3 === 0 ? PIECES[next() % PIECES.length] : `+51 98${1_000_000 + (next() % 1_000_000)}`;
    rows.push([
      typed ?? '',
      PIECES[next() % PIECES.length] ?? '',
      next() % 3 === 0 ? (PIECES[next() % PIECES.length] ?? '') : 'hola',
    ]);
  }
  return rows
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
    .join('\r\n');
}

function anyText(next: () => number): string {
  if (next() % 2 === 0) return nearlyTable(next);
  const length = next() % 60;
  let text = next() % 3 === 0 ? '' : 'telefono;nombre;body.1\n';
  for (let index = 0; index < length; index += 1) {
    const piece = PIECES[next() % PIECES.length] ?? '';
    text += next() % 200 === 0 ? piece.repeat(next() % 5000) : piece;
  }
  return text;
}

function anyBytes(next: () => number): Buffer {
  const text = anyText(next);
  const shapes = [
    () => Buffer.from(text),
    () => Buffer.from(text),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(Array.from({ length: next() % 400 }, () => next() % 256)),
  ];
  const bytes = shapes[next() % shapes.length]?.() ?? Buffer.alloc(0);
  if (bytes.length > 0 && next() % 4 === 0) bytes[next() % bytes.length] = next() % 256;
  return bytes.subarray(0, next() % 5 === 0 ? next() % (bytes.length + 1) : bytes.length);
}

/** How a file is made from chance. */
type WriteAny = (file: string, next: () => number) => void | Promise<void>;

const writeAnyText: WriteAny = (file, next) => writeFileSync(file, anyBytes(next));

/**
 * Feeds files of arbitrary bytes to the reading of recipients until `goesOn` says no. Any answer is right but an
 * exception, a row without a verdict of one kind, a line number that does not grow, or a phone that is not digits:
 * those throw, with the seed of the file.
 */
export async function fuzz(
  firstSeed: number,
  goesOn: (files: number) => boolean,
  write: WriteAny = writeAnyText,
): Promise<FuzzCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-fuzz-'));
  const counts: FuzzCounts = { files: 0, recipients: 0, rejections: 0, unusable: 0, slowestMs: 0 };
  try {
    while (goesOn(counts.files)) {
      const seed = firstSeed + counts.files;
      try {
        const next = numbersFrom(seed);
        const file = join(folder, 'any');
        await write(file, next);
        const startedAt = performance.now();
        await readOne(file, next, counts);
        counts.slowestMs = Math.max(counts.slowestMs, Math.round(performance.now() - startedAt));
      } catch (error) {
        throw new Error(`Fuzzing failed with seed ${seed}`, { cause: error });
      }
      counts.files += 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

async function readOne(file: string, next: () => number, counts: FuzzCounts): Promise<void> {
  const source = {
    file,
    sheet: null,
    phoneColumn: null,
    country: ['PE', 'MX', 'BR', null][next() % 4] ?? null,
    keyColumn: null,
    delimiter: null,
    encoding: null,
    landlines: 'reject',
    wire: {},
  } as const;
  const opened = await openRecipients(source, { render: null, fixValues: next() % 2 === 0 });
  if (!opened.ok) {
    counts.unusable += 1;
    return;
  }
  let line = 0;
  try {
    for await (const batch of opened.value.batches) {
      for (const verdict of batch) {
        const row = verdict.kind === 'recipient' ? verdict.recipient : verdict.rejection;
        if (row.line <= line) throw new Error(`line ${row.line} after line ${line}`);
        const surplus = row.cells.length - opened.value.file.columns.length;
        const mayHaveMore = verdict.kind === 'rejection' && verdict.rejection.reason === 'columns.mismatch';
        if (surplus < 0 || (surplus > 0 && !mayHaveMore))
          throw new Error(`line ${row.line} has other columns`);
        if (verdict.kind === 'recipient' && !/^\d{5,15}$/.test(verdict.recipient.phone))
          throw new Error('no phone');
        line = row.line;
        if (verdict.kind === 'recipient') counts.recipients += 1;
        else counts.rejections += 1;
      }
    }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    counts.unusable += 1;
  }
}

/** `npx tsx test/recipients/fuzz.ts [seconds] [seed] [csv|xlsx]` */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const endsAt = performance.now() + 1000 * Number(process.argv[2] ?? 30);
  const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
  const write = process.argv[4] === 'xlsx' ? writeAnyWorkbook : writeAnyText;
  const counts = await fuzz(seed, () => performance.now() < endsAt, write);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(`${JSON.stringify({ seed, ...counts, megabytes })}\n`);
}
