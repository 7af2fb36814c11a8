import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { CopySource, CopyTarget, LedgerRow } from '../../core/ledger/ledger-copy.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { type RecordingApp, recordIfPossible } from '../actions/record-action.js';
import { withLedger } from '../open-ledger.js';
import { type CopyApp, holdStill } from './hold-still.js';
import { sumOf, TableDigest, type TableSum } from './table-digest.js';

/** What is to be moved. */
export interface CopyRequest {
  /** Real path, or address of PostgreSQL. */
  readonly from: string;
  readonly to: string;
  /** The place that it moved to before is gone for good: it may move again. */
  readonly again: boolean;
}

/** How far a move is: what is done of all rows, each of which is copied and then compared. */
export interface CopyProgress {
  readonly phase: 'copy' | 'compare';
  readonly done: number;
  readonly rows: number;
}

/** A table that was moved. */
export interface CopiedTable extends TableSum {
  readonly table: string;
}

/** What a move came to. */
export interface LedgerMoved {
  /** As people know them. */
  readonly from: string;
  readonly to: string;
  readonly tables: readonly CopiedTable[];
}

/**
 * Moves a ledger to another place: all of it, or nothing. Both are compared by counts and digests before the first one is
 * closed for good and the second one comes to be: at no moment can both be sent from. Where this is cut off in between, or its
 * end was not heard of, the same command goes on.
 */
export async function copyLedger(
  { from, to, again }: CopyRequest,
  app: CopyApp & Omit<RecordingApp, 'ledgerFile'>,
  onProgress: (progress: CopyProgress) => void,
): Promise<Result<LedgerMoved>> {
  const [fromName, toName] = [await app.ledgerCopies.nameOf(from), await app.ledgerCopies.nameOf(to)];
  if (!fromName.ok) return fromName;
  if (!toName.ok) return toName;
  const names = { from: fromName.value, to: toName.value };
  if (names.from === names.to) return failed({ code: 'ledger.copy-same', params: { file: names.to } });
  const moved = await holdStill<LedgerMoved>(from, app, () =>
    app.ledgerCopies.withSource({ from, to: names.to, again }, async (source) => {
      if ((await source.underWay()) > 0)
        return failed({ code: 'ledger.copy-run', params: { file: names.from } });
      if (source.isClosed && (await isThere(source, to, app)))
        return ok({ ...names, tables: await sumsOf(source) });
      return app.ledgerCopies.withTarget(to, async (target) => {
        const tables = await copied(source, target, onProgress);
        if (!tables.ok) return tables;
        const prepared = await target.prepare(source.id);
        if (!prepared.ok) return prepared;
        await source.retire();
        const finished = await target.finish();
        return finished.ok ? ok({ ...names, tables: tables.value }) : finished;
      });
    }),
  );
  if (moved.ok) {
    const after: ActionFacts = { from: names.from, to: names.to };
    await recordIfPossible({ kind: 'ledger-copied', workspace: '', after }, { ...app, ledgerFile: names.to });
  }
  return moved;
}

/** An earlier move has come to its end, and whoever asked for it did not hear of that. */
async function isThere({ id }: CopySource, to: string, { ledgers }: CopyApp): Promise<boolean> {
  const found = await withLedger({ ledgers, ledgerFile: to }, 'read', async ({ identity }) =>
    ok(await identity.id()),
  );
  return found.ok && found.value === id;
}

async function sumsOf(source: CopySource): Promise<readonly CopiedTable[]> {
  const tables: CopiedTable[] = [];
  for (const table of source.tables) tables.push({ table, ...(await sumOf(source.rows(table))) });
  return tables;
}

async function copied(
  source: CopySource,
  target: CopyTarget,
  onProgress: (progress: CopyProgress) => void,
): Promise<Result<readonly CopiedTable[]>> {
  let rows = 0;
  for (const table of source.tables) rows += await source.count(table);
  const tables: CopiedTable[] = [];
  let done = 0;
  const counted = (phase: CopyProgress['phase']) => (page: readonly LedgerRow[]) => {
    done += page.length;
    onProgress({ phase, done, rows });
  };
  for (const table of source.tables) {
    const digest = new TableDigest();
    await target.fill(
      table,
      heard(source.rows(table), (page) => digest.add(page), counted('copy')),
    );
    tables.push({ table, ...digest.sum() });
  }
  done = 0;
  for (const { table, rows: wanted, digest } of tables) {
    const found = await sumOf(heard(target.rows(table), counted('compare')));
    if (found.rows !== wanted || found.digest !== digest) {
      return failed({ code: 'ledger.copy-differs', params: { table, wanted, found: found.rows } });
    }
  }
  return ok(tables);
}

async function* heard(
  rows: AsyncIterable<readonly LedgerRow[]>,
  ...hear: readonly ((page: readonly LedgerRow[]) => void)[]
): AsyncGenerator<readonly LedgerRow[]> {
  for await (const page of rows) {
    for (const one of hear) one(page);
    yield page;
  }
}
