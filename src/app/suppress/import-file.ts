import { basename } from 'node:path';
import { indexOfColumn } from '../../core/column-key.js';
import type { Suppression } from '../../core/ledger/people.js';
import { isCalendarDate, momentOf, startOfLocalDay } from '../../core/moments.js';
import type { OpenPhoneList, PhoneListRow } from '../../core/phone-list.js';
import { failed, ok, type Problem, type Result, shortened } from '../../core/problem.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import {
  type EntryOptions,
  EntryTally,
  readEntryOptions,
  recordImport,
  type TypedEntry,
  takenIn,
} from './list-entries.js';

/**
 * Puts the phones of any CSV on a list. A file that was exported from a list brings back all it says. What was taken in
 * before a file turns out broken stays.
 *
 * @param file absolute path
 * @param name what people call the file; default: its own name
 * @param told what a person should know of the file: before it is taken in, and of what was
 */
export async function importSuppressionFile(
  file: string,
  workspace: string,
  entry: TypedEntry,
  told: (notices: readonly Problem[]) => void,
  app: App,
  name = basename(file),
): Promise<Result<EntryTally>> {
  const options = await readEntryOptions(entry, app);
  if (!options.ok) return options;
  const { country } = options.value;
  const source = { file, phoneColumn: null, country, delimiter: null, encoding: null };
  const list = await app.recipientFiles.phoneList(source);
  if (!list.ok) return list;
  told(list.value.notices);
  const ends = new UnreadableEnds(file);
  const entryOf = entryReader(list.value, options.value, name, ends);
  return withLedger(app, 'create', async (ledger) => {
    const { lists } = ledger;
    const tally = new EntryTally((entries) => lists.add(workspace, entries, app.clock.now()));
    const take = async (): Promise<void> => {
      for await (const rows of list.value.batches) {
        for (const row of rows) {
          if (!row.ok) tally.missed({ typed: row.typed, reason: row.reason, at: { file, line: row.line } });
        }
        await tally.take(rows.filter((row) => row.ok).map(entryOf));
      }
    };
    try {
      await takenIn(take, () => recordImport(ledger, workspace, name, tally, app), tally);
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      return failed(...error.problems);
    }
    told(ends.notices());
    tally.unreadableEnds = ends.count;
    return ok(tally);
  });
}

type ReadableRow = Extract<PhoneListRow, { ok: true }>;

/** Makes an entry of a row: options first, then the columns that `suppress export` writes, then the usual words. */
function entryReader(
  list: OpenPhoneList,
  options: EntryOptions,
  fileName: string,
  ends: UnreadableEnds,
): (row: ReadableRow) => Suppression {
  const cellOf = (name: string): ((row: ReadableRow) => string) => {
    const index = indexOfColumn(list.columns, name);
    return (row) => (row.cells[index] ?? '').trim();
  };
  const [reason, source, addedAt, expiresAt] = ['reason', 'source', 'added_at', 'expires_at'].map(cellOf);
  return (row) => {
    const since = momentOf(addedAt?.(row));
    const typedEnd = options.expiresAt === null ? (expiresAt?.(row) ?? '') : '';
    const end = expiryOf(typedEnd);
    if (end === null && typedEnd !== '') ends.meet(typedEnd, row.line);
    return {
      person: row.person,
      phone: row.phone,
      reason: options.reason ?? (reason?.(row) || 'imported'),
      source: options.source ?? (source?.(row) || fileName),
      expiresAt: options.expiresAt ?? end,
      ...(since === null ? {} : { addedAt: since }),
    };
  };
}

/** A day alone is the last one on the list, as with `--expires`. */
function expiryOf(written: string): number | null {
  return isCalendarDate(written) ? startOfLocalDay(written, 1) : momentOf(written);
}

/** Ends that cannot be read: who has one is on the list for good, since never to be written to is the safe side. */
class UnreadableEnds {
  count = 0;
  readonly #file: string;
  #first: { readonly line: number; readonly value: string } = { line: 0, value: '' };

  constructor(file: string) {
    this.#file = file;
  }

  meet(typed: string, line: number): void {
    if (this.count === 0) this.#first = { line, value: shortened(typed) };
    this.count += 1;
  }

  notices(): readonly Problem[] {
    const { line, value } = this.#first;
    const params = { count: this.count, value };
    return this.count === 0
      ? []
      : [{ code: 'suppress.unreadable-ends', params, at: { file: this.#file, line } }];
  }
}
