import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyTarget, LedgerRow } from '../../core/ledger/ledger-copy.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { COPIED_TABLES, columnList, copiedTable } from '../sql/copied-tables.js';
import { PUT_BACK_MOVED } from '../sql/launches.js';
import { asLedger, type CopyEnd } from './copy-end.js';
import { lockTables, rowsIn } from './copy-rows.js';
import { copyText } from './copy-text.js';
import type { Sql } from './database.js';
import { guarded } from './postgres-problem.js';
import { TIMELINE } from './server-facts.js';

/** Works with an empty ledger, whose tables are made where they are missing: nobody sees what is filled in before it is finished. */
export function withPostgresTarget<T>(
  to: string,
  work: (target: CopyTarget) => Promise<Result<T>>,
): Promise<Result<T>> {
  return asLedger(to, 'create', async (end) => {
    await lockTables(end.sql);
    if (!(await isEmpty(end.sql)))
      return failed({ code: 'ledger.copy-not-empty', params: { file: end.name } });
    return work(targetIn(end));
  });
}

async function isEmpty(sql: Sql): Promise<boolean> {
  const any = COPIED_TABLES.map(({ name }) => `EXISTS (SELECT 1 FROM ${name})`).join(' OR ');
  return (await sql.row<{ any: boolean }>(`SELECT ${any} AS any`))?.any === false;
}

function targetIn({ sql, client, name, commit }: CopyEnd): CopyTarget {
  return {
    ...rowsIn(sql, name),
    fill: (table, rows) =>
      guarded(name, async () => {
        const own = await ownColumns(sql, table);
        const { columns } = copiedTable(table);
        const into = copyFrom(`COPY ${table} (${columnList([...columns, ...own.columns])}) FROM STDIN`);
        await pipeline(Readable.from(textOf(rows, own.values)), client.query(into));
      }),
    prepare: (id) =>
      guarded(name, async () => {
        await sql.run('UPDATE ledger_identity SET id = @id', { id });
        await sql.run(PUT_BACK_MOVED);
        for (const { name: table, key } of COPIED_TABLES) {
          if (key[0] === 'id') await sql.run(nextId(table));
        }
        await sql.run(`ANALYZE ${COPIED_TABLES.map((table) => table.name).join(', ')}`);
        return ok(null);
      }),
    finish: () => guarded(name, () => commit().then(() => ok(null))),
  };
}

/** What a table has here beside what every ledger has. */
interface OwnColumns {
  readonly columns: readonly string[];
  readonly values: (row: LedgerRow) => LedgerRow;
}

/** Nobody holds a run that was moved, and the server knows how long ago a reading of the list began. */
async function ownColumns(sql: Sql, table: string): Promise<OwnColumns> {
  if (table === 'runs') {
    const { timeline } =
      (await sql.row<{ timeline: string }>(`SELECT ${TIMELINE} AS timeline`)) ?? NO_TIMELINE;
    return { columns: ['lease_until', 'timeline'], values: () => ['-infinity', timeline] };
  }
  if (table !== 'scans') return { columns: [], values: () => [] };
  const startedAt = copiedTable(table).columns.indexOf('started_at');
  return { columns: ['began_at'], values: (row) => [new Date(Number(row[startedAt])).toISOString()] };
}

const NO_TIMELINE = { timeline: '' };

/** The next id of a table is the one behind its last. */
const nextId = (table: string): string => `
  SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM ${table}), false)`;

async function* textOf(
  rows: AsyncIterable<readonly LedgerRow[]>,
  own: (row: LedgerRow) => LedgerRow,
): AsyncGenerator<string> {
  for await (const page of rows) yield copyText(page.map((row) => [...row, ...own(row)]));
}
