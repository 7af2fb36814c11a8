import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { Params } from '../core/problem.js';
import type { RecipientsFile, Rejection, RejectionReason } from '../core/recipient.js';
import { REJECTED_COLUMNS } from './columns.js';
import { withSafetyMark } from './safety-mark.js';

/** Turns a reason into the sentence that stands in the column `detail`. */
export type SayReason = (reason: RejectionReason, params: Params) => string;

const ROWS_PER_WRITE = 500;

/**
 * Writes the rejected rows as a table that can be repaired and sent back in: UTF-8 with byte order mark, CRLF, the
 * delimiter of the source, the original columns, then `line`, `reason`, `detail`. No cell is taken for a formula: a
 * `'` stands before those that would be, and is taken off when such a file is read. Streamed, and atomic: the file
 * at `path` is the old one or the complete new one. Gives the number of rows; file system errors are thrown as Node
 * gives them.
 */
export async function writeRejected(
  path: string,
  file: RecipientsFile,
  rejections: AsyncIterable<Rejection> | Iterable<Rejection>,
  say: SayReason,
): Promise<number> {
  const temporary = `${path}.${process.pid}.tmp`;
  const output = createWriteStream(temporary);
  const closed = once(output, 'close');
  let count = 0;
  try {
    await write(
      output,
      `\ufeff${csvOf([[...file.columns.map(withSafetyMark), ...REJECTED_COLUMNS]], file.delimiter)}`,
    );
    let rows: string[][] = [];
    for await (const rejection of rejections) {
      rows.push(rowOf(rejection, say));
      count += 1;
      if (rows.length < ROWS_PER_WRITE) continue;
      await write(output, csvOf(rows, file.delimiter));
      rows = [];
    }
    await write(output, csvOf(rows, file.delimiter));
    output.end();
    await closed;
    await rename(temporary, path);
    return count;
  } catch (error) {
    output.destroy();
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes an earlier list of rejected rows; that there is none is no error. */
export async function removeRejected(path: string): Promise<void> {
  await rm(path, { force: true });
}

function rowOf(rejection: Rejection, say: SayReason): string[] {
  const { line, reason, column, value } = rejection;
  return [...rejection.cells, String(line), reason, say(reason, { column, value })].map(withSafetyMark);
}

/** `quote_record_delimiter`: with CRLF given, csv-stringify leaves cells with a lone CR or LF without quotes otherwise. */
function csvOf(rows: readonly (readonly string[])[], delimiter: string): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter, escape_formulas: true, record_delimiter: '\r\n', quote_record_delimiter: true },
  );
}

async function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}
