import { basename } from 'node:path';
import { indexOfColumn } from '../../core/column-key.js';
import { momentOf } from '../../core/conversation.js';
import { isCalendarDate } from '../../core/conversation-options.js';
import type { Suppression } from '../../core/ledger/people.js';
import type { OpenPhoneList, PhoneListRow } from '../../core/phone-list.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import {
  type EntryOptions,
  EntryTally,
  endOfDay,
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
 * @param told what a person should know of the file before it is taken in
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
  const entryOf = entryReader(list.value, options.value, name);
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
    return ok(tally);
  });
}

type ReadableRow = Extract<PhoneListRow, { ok: true }>;

/** Makes an entry of a row: options first, then the columns that `suppress export` writes, then the usual words. */
function entryReader(
  list: OpenPhoneList,
  options: EntryOptions,
  fileName: string,
): (row: ReadableRow) => Suppression {
  const cellOf = (name: string): ((row: ReadableRow) => string) => {
    const index = indexOfColumn(list.columns, name);
    return (row) => (row.cells[index] ?? '').trim();
  };
  const [reason, source, addedAt, expiresAt] = ['reason', 'source', 'added_at', 'expires_at'].map(cellOf);
  return (row) => {
    const since = momentOf(addedAt?.(row));
    return {
      person: row.person,
      phone: row.phone,
      reason: options.reason ?? (reason?.(row) || 'imported'),
      source: options.source ?? (source?.(row) || fileName),
      expiresAt: options.expiresAt ?? expiryOf(expiresAt?.(row) ?? ''),
      ...(since === null ? {} : { addedAt: since }),
    };
  };
}

/** A day alone is the last one on the list, as with `--expires`. */
function expiryOf(written: string): number | null {
  return isCalendarDate(written) ? endOfDay(written) : momentOf(written);
}
