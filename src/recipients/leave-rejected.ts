import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, ok, type Problem, type Result, systemCode } from '../core/problem.js';
import type { FileFormat, RecipientsFile, Rejection, TranslateReason } from '../core/recipient.js';
import { UnusableFile } from '../core/unusable-file.js';
import { errorCode, UnwritableFile } from '../files/unwritable-file.js';
import { heldText } from '../xlsx/cell-text.js';
import type { Collected } from './mended/collect-mended.js';
import { writeMended } from './mended/mended-file.js';
import { rowDigest } from './mended/mended-rows.js';
import type { MendedPlaces } from './mended/places.js';
import { isOrdinary, RecordWriter, recorded } from './mended/rejected-record.js';
import { type Rejections, removeRejected, writeRejected } from './rejected-file.js';

/**
 * Writes the list of rejected rows, in the form of the recipients file, or removes an old one when nothing is rejected. What a person mended in the old one
 * is kept in `mended.csv` before. A list, or mended rows, that were saved after they were looked through are left as they are, and a problem.
 *
 * @returns the path, or null when nothing is rejected.
 */
export async function leaveRejected(
  places: MendedPlaces,
  file: RecipientsFile,
  mended: Collected,
  rejections: Rejections,
  translate: TranslateReason,
): Promise<Result<string | null>> {
  const record = new LazyRecord(places.record);
  const list = { path: places.rejected[file.format], format: file.format };
  try {
    const noted = noting(rejections, record, mended, list, () => keepMended(places.mended, file, mended));
    const written = await writeRejected(list.path, file, noted, translate);
    if (!written.ok) return failed(...written.problems.map(unwritableList));
    if (written.value === 0) await removeRejected(list.path);
    await record.keep(await filesLeft(list.path, mended, written.value > 0));
    return ok(written.value > 0 ? list.path : null);
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    if (error instanceof UnwritableFile) return failed(...error.problems.map(unwritableList));
    if (systemCode(error) === null) throw error;
    return failed({
      code: 'cli.rejected-unwritable',
      params: { path: list.path, detail: errorCode(error) },
    });
  } finally {
    await record.discard();
  }
}

/** Keeps what a person mended, once the file was read: only then it is known what each row replaces. */
async function keepMended(path: string, file: RecipientsFile, mended: Collected): Promise<void> {
  if (!mended.isEdited && !mended.rows.haveMoved) return;
  if (!mended.isKeptCurrent()) throw new UnwritableFile([changedMeanwhile(path)]);
  const rows = mended.rows.found();
  if (rows.length > 0 || (await isOrdinary(path))) await writeMended(path, file, rows);
}

/**
 * The rejections, with a note of each as it is written; at their end, before the list takes the place of the old one, what
 * was mended there is kept. Throws where somebody saved the list meanwhile.
 */
async function* noting(
  rejections: Rejections,
  record: LazyRecord,
  { rows, record: before, isCurrent }: Collected,
  { path, format }: { readonly path: string; readonly format: FileFormat['format'] },
  keep: () => Promise<void>,
): AsyncGenerator<Rejection> {
  for await (const rejection of rejections) {
    const { line, cells } = rejection;
    const original = rowDigest({ cells, surplus: [] });
    const written = format === 'csv' ? original : rowDigest({ cells: cells.map(heldText), surplus: [] });
    const noted = before?.rows.get(line);
    const known = noted?.written === written ? noted.original : original;
    await record.add(line, { written, original: rows.originalAt(line) ?? known });
    yield rejection;
  }
  await keep();
  if (!isCurrent()) throw new UnwritableFile([changedMeanwhile(path)]);
}

function changedMeanwhile(file: string): Problem {
  return { code: 'mended.changed-meanwhile', at: { file } };
}

/** The lists as they lie there now: they need not be looked through again. */
async function filesLeft(
  path: string,
  { files }: Collected,
  isWritten: boolean,
): Promise<ReadonlyMap<string, string>> {
  const left = new Map(files);
  left.delete(basename(path));
  return isWritten ? left.set(...(await recorded(path))) : left;
}

/**
 * A record that is begun by its first row: where nothing is rejected, nothing is touched. One that cannot be written is
 * left out: it only makes it surer what a person changed.
 */
class LazyRecord {
  readonly #path: string | null;
  #writer: Promise<RecordWriter | null> | null = null;

  constructor(path: string | null) {
    this.#path = path;
  }

  async add(...row: Parameters<RecordWriter['add']>): Promise<void> {
    const writer = await this.#begun();
    if (writer !== null) await this.#unlessUnwritable(writer.add(...row));
  }

  /** An older one is gone where nothing is to be noted any more. */
  async keep(files: ReadonlyMap<string, string>): Promise<void> {
    if (this.#path === null) return;
    const writer = files.size > 0 ? await this.#begun() : null;
    if (writer === null) await rm(this.#path, { force: true }).catch(() => undefined);
    else await this.#unlessUnwritable(writer.keep(files));
  }

  async discard(): Promise<void> {
    const writer = await this.#writer;
    await writer?.discard();
  }

  async #unlessUnwritable(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof UnwritableFile)) throw error;
      await this.discard();
      this.#writer = Promise.resolve(null);
    }
  }

  #begun(): Promise<RecordWriter | null> {
    if (this.#path === null) return Promise.resolve(null);
    this.#writer ??= RecordWriter.begin(this.#path);
    return this.#writer;
  }
}

/** Nobody chose these names, so none else can be given: what the disk says is said in words of its own. */
function unwritableList(problem: Problem): Problem {
  const { params } = problem;
  if (problem.code === 'report.file-in-use') return problem;
  if (params === undefined || !('code' in params && 'path' in params)) return problem;
  return { code: 'cli.rejected-unwritable', params: { path: params.path, detail: params.code } };
}
