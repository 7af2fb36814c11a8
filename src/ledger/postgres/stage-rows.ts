import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Recipient, Rejection, RowVerdict } from '../../core/recipient.js';
import type { Fingerprint } from '../sql/fingerprint.js';
import type { Sql } from './database.js';

/**
 * Rows of a file before they are what the ledger knows, in the order of the file; person is NULL for one that is rejected.
 * Each has the id that its delivery gets where there is none yet.
 */
const STAGED = `
  CREATE TEMP TABLE staged (
    id bigint NOT NULL DEFAULT nextval('deliveries_id_seq'), line bigint NOT NULL, person text, key text, phone text NOT NULL,
    country text, body text, header text, attachment text, repaired text, cells text NOT NULL, fingerprint text,
    row_number bigint, reason text, column_name text, value text) ON COMMIT DROP`;

const COPY = `
  COPY staged (line, person, key, phone, country, body, header, attachment, repaired, cells, fingerprint, row_number, reason,
    column_name, value) FROM STDIN`;

/**
 * Brings the rows of a file to the server, as they are read. What `batches` throws comes out, and the transaction is over.
 *
 * @param fingerprint null while nobody was ever forgotten
 */
export async function stageRows(
  sql: Sql,
  client: pg.ClientBase,
  batches: AsyncIterable<readonly RowVerdict[]>,
  fingerprint: Fingerprint | null,
): Promise<void> {
  await sql.run(STAGED);
  await pipeline(Readable.from(textOf(batches, fingerprint)), client.query(copyFrom(COPY)));
  // Nobody else has looked at it yet, and without its size the server guesses.
  await sql.run('ANALYZE staged');
}

async function* textOf(
  batches: AsyncIterable<readonly RowVerdict[]>,
  fingerprint: Fingerprint | null,
): AsyncGenerator<Buffer> {
  for await (const verdicts of batches) {
    if (verdicts.length === 0) continue;
    yield Buffer.from(verdicts.map((verdict) => `${lineOf(verdict, fingerprint)}\n`).join(''));
  }
}

function lineOf(verdict: RowVerdict, fingerprint: Fingerprint | null): string {
  const values =
    verdict.kind === 'rejection' ? rejected(verdict.rejection) : sendable(verdict.recipient, fingerprint);
  return values.map(copied).join('\t');
}

function sendable(r: Recipient, fingerprint: Fingerprint | null): readonly Value[] {
  const attachment = r.attachment === null ? null : JSON.stringify(r.attachment);
  const repaired = r.repaired.length === 0 ? null : JSON.stringify(r.repaired);
  const texts = [
    JSON.stringify(r.body),
    JSON.stringify(r.header),
    attachment,
    repaired,
    JSON.stringify(r.cells),
  ];
  const print = fingerprint === null ? null : fingerprint(r.person);
  return [r.line, r.person, r.key, r.phone, r.country, ...texts, print, null, null, null, null];
}

function rejected({ line, row, phone, reason, column, value, cells }: Rejection): readonly Value[] {
  const [told, ...nothing] = [JSON.stringify(cells), null, null, null, null];
  return [line, null, null, phone, null, ...nothing, told, null, row ?? null, reason, column, value];
}

type Value = string | number | null;

const SPECIAL = /[\\\n\r\t\0]/gu;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  // PostgreSQL's texts hold every character but this one.
  '\0': '\uFFFD',
};

/** A value in the text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html. */
function copied(value: Value): string {
  if (value === null) return '\\N';
  return typeof value === 'number' ? String(value) : value.replace(SPECIAL, (sign) => ESCAPED[sign] ?? sign);
}
