import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { columnKey } from '../../core/column-key.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { suggestion } from '../../core/suggestion.js';
import { readProblem, UnusableFile } from '../../core/unusable-file.js';
import { openOrdinary } from '../../files/ordinary-file.js';
import type { RowBatch } from '../raw-row.js';
import type { RowSource, TableOptions } from '../table.js';
import { toldNames } from '../told-columns.js';
import { CellReader } from './cell-value.js';
import { readNumberFormats } from './number-formats.js';
import { PackageParts } from './package-parts.js';
import { SharedStrings } from './shared-strings.js';
import { countHiddenRows, sheetRows } from './sheet-rows.js';
import { readWorkbook, type Sheet, type Workbook } from './workbook.js';
import { asUnusable } from './workbook-error.js';

/**
 * Opens a workbook (.xlsx) as a table: its named sheet, or its first visible one. ECMA-376 says what stands where.
 *
 * A reader of our own, over yauzl (archive), saxes (XML) and numfmt (number formats): what there is ready-made holds the
 * sheet in memory, loses hidden rows or number formats, or brings some two hundred packages.
 */
export async function openWorkbook(file: string, options: TableOptions): Promise<Result<RowSource>> {
  try {
    return await withWorkbook(file, options, async (opened) => {
      const chosen = chosenSheet(opened.workbook, file, options);
      if (!chosen.ok) return chosen;
      const { name, part } = chosen.value;
      const hiddenRows = await countHiddenRows(opened.parts, part, opened.reader);
      return ok({
        format: { format: 'xlsx', sheet: name, hiddenRows },
        notices: noticesOf(file, options, name, hiddenRows),
        digest: null,
        sheets: opened.workbook.sheets.map(({ name: title, visible }) => ({ name: title, visible })),
        batches: (hash) => rowsOf(file, options, hash),
      });
    });
  } catch (error) {
    return failed(...problemsOf(error, file));
  }
}

interface OpenedWorkbook {
  readonly handle: FileHandle;
  readonly parts: PackageParts;
  readonly workbook: Workbook;
  readonly reader: CellReader;
}

async function opened(handle: FileHandle, { withMeanings }: TableOptions): Promise<OpenedWorkbook> {
  const parts = await PackageParts.of(handle);
  const workbook = await readWorkbook(parts);
  const formats = await readNumberFormats(parts, workbook.stylesPart);
  return { handle, parts, workbook, reader: new CellReader(formats, workbook, withMeanings ?? false) };
}

async function withWorkbook<T>(
  file: string,
  options: TableOptions,
  use: (workbook: OpenedWorkbook) => Promise<T>,
): Promise<T> {
  const handle = await openOrdinary(file);
  try {
    return await use(await opened(handle, options));
  } finally {
    await handle.close();
  }
}

/** Every reading opens the file anew: what is read is what lies there now. */
async function* rowsOf(file: string, options: TableOptions, hash: Hash | null): AsyncGenerator<RowBatch> {
  try {
    const handle = await openOrdinary(file);
    try {
      if (hash !== null) await hashAll(handle, hash);
      const before = hash?.copy().digest('hex');
      const { parts, workbook, reader } = await opened(handle, options);
      const chosen = chosenSheet(workbook, file, options);
      if (!chosen.ok) throw new UnusableFile(chosen.problems);
      const strings = new SharedStrings(parts, workbook.stringsPart);
      try {
        yield* sheetRows(parts, chosen.value.part, strings, reader);
      } finally {
        await strings.close();
      }
      if (hash !== null) await markIfChanged(handle, hash, before);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UnusableFile(problemsOf(error, file));
  }
}

const PIECE_BYTES = 1 << 18;

async function hashAll(handle: FileHandle, hash: Hash): Promise<void> {
  const memory = Buffer.allocUnsafe(PIECE_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(memory, 0, PIECE_BYTES, position);
    if (bytesRead === 0) return;
    hash.update(memory.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** An archive is not read from its start to its end, so it is hashed before and after: one that changed has no digest. */
async function markIfChanged(handle: FileHandle, hash: Hash, before: string | undefined): Promise<void> {
  const again = createHash('sha256');
  await hashAll(handle, again);
  if (again.digest('hex') !== before) hash.update('changed while it was read');
}

function problemsOf(error: unknown, file: string): readonly Problem[] {
  const told = asUnusable(error, file);
  return told instanceof UnusableFile ? told.problems : [readProblem(file, told)];
}

function chosenSheet({ sheets }: Workbook, file: string, options: TableOptions): Result<Sheet> {
  const { sheet: named, within } = options;
  if (named == null) {
    const first = sheets.find(({ visible }) => visible);
    return first === undefined ? failed({ code: 'recipients.no-sheet', at: { file } }) : ok(first);
  }
  const found =
    sheets.find(({ name }) => name === named) ??
    sheets.find(({ name }) => columnKey(name) === columnKey(named));
  if (found !== undefined) return ok(found);
  const names = sheets.map(({ name }) => name);
  const told = toldNames(names, file, within);
  const near = told === null ? null : suggestion(named, names);
  const params = { sheet: named, sheets: told ?? 'none', count: names.length, near: near ?? 'none' };
  return failed({ code: 'recipients.sheet-missing', params, at: { file } });
}

/** The delimiter and the encoding of a text mean nothing here: said, and no reason to send nothing. */
function noticesOf(
  file: string,
  { delimiter, encoding }: TableOptions,
  sheet: string,
  hiddenRows: number,
): readonly Problem[] {
  const at = { file };
  const notices: Problem[] = [];
  if (hiddenRows > 0)
    notices.push({ code: 'recipients.hidden-rows', params: { sheet, count: hiddenRows }, at });
  if (delimiter !== null || encoding !== null) notices.push({ code: 'recipients.text-options', at });
  return notices;
}
