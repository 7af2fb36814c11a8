import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { systemCode } from '../../core/problem.js';
import { beginFile, type FileInTheMaking } from '../../files/atomic-file.js';
import { makeFolders } from '../../files/make-folders.js';
import { digestRecipients } from '../digest.js';
import { fileChunks } from '../file-chunks.js';

/** What the list of rejected rows held when plazcast wrote it: so it can be told what a person changed in it since. */
export interface RejectedRecord {
  /** SHA-256 of the files that were looked through already, by their name. */
  readonly files: ReadonlyMap<string, string>;
  /** By line of the recipients file; empty when they were not asked for. */
  readonly rows: ReadonlyMap<number, RecordedRow>;
}

/** One row of it. */
export interface RecordedRow {
  /** `rowDigest` of the row as it was written. */
  readonly written: string;
  /** The same of the row of the recipients file that it stands for: another one where a mended row was rejected again. */
  readonly original: string;
}

const FILE = /^file ([0-9a-f]{64}) (.+)$/u;
const ROW = /^(\d{1,10}) ([0-9a-f]{16}) ([0-9a-f]{16})$/u;
const LONGEST_LINE = 400;
const LINES_PER_CHUNK = 1000;

/**
 * Reads a record. null: there is none, or none that plazcast wrote; then what a person changed is told from the rows
 * themselves.
 */
export async function readRecord(path: string | null, withRows: boolean): Promise<RejectedRecord | null> {
  if (path === null || !(await isOrdinary(path))) return null;
  const files = new Map<string, string>();
  const rows = new Map<number, RecordedRow>();
  try {
    for await (const line of linesOf(path)) {
      const [, digest, name] = FILE.exec(line) ?? [];
      const [, number, written, original] = digest === undefined ? (ROW.exec(line) ?? []) : [];
      if (digest !== undefined && name !== undefined) files.set(name, digest);
      else if (number === undefined || written === undefined || original === undefined) return null;
      else if (withRows) rows.set(Number(number), { written, original });
    }
  } catch (error) {
    if (systemCode(error) !== null) return null;
    throw error;
  }
  return { files, rows };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of fileChunks(path, 1 << 18)) {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LONGEST_LINE) break;
  }
  if (rest !== '') yield rest;
}

/** Writes a record while the rows that it is about are written. Throws `UnwritableFile`. */
export class RecordWriter {
  readonly #file: FileInTheMaking;
  #lines: string[] = [];

  private constructor(file: FileInTheMaking) {
    this.#file = file;
  }

  /** null: it cannot be written; what a person changes is told from the rows themselves then. */
  static async begin(path: string): Promise<RecordWriter | null> {
    try {
      makeFolders(dirname(path));
    } catch {
      return null;
    }
    const begun = await beginFile(path, 'plazcast');
    return begun.ok ? new RecordWriter(begun.value) : null;
  }

  async add(line: number, { written, original }: RecordedRow): Promise<void> {
    this.#lines.push(`${line} ${written} ${original}\n`);
    if (this.#lines.length >= LINES_PER_CHUNK) await this.#flush();
  }

  /** It is kept, with the files that need not be looked through again. */
  async keep(files: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, digest] of files) this.#lines.push(`file ${digest} ${name}\n`);
    await this.#flush();
    await this.#file.keep();
  }

  async discard(): Promise<void> {
    await this.#file.discard();
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await this.#file.write(lines.join(''));
  }
}

/** A file as a record knows it: its name and SHA-256. Throws `UnusableFile`. */
export async function recorded(path: string): Promise<readonly [string, string]> {
  return [basename(path), await digestRecipients(path)];
}

/** A link in a folder that came from somebody else leads anywhere: nothing behind one is read. */
export async function isOrdinary(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isFile() ?? false;
}
