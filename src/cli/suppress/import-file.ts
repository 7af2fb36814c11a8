import { basename, resolve } from 'node:path';
import { momentOf } from '../../core/conversation.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Suppression } from '../../core/ledger/people.js';
import { UnusableFile } from '../../core/unusable-file.js';
import { indexOfColumn } from '../../recipients/columns.js';
import { type OpenPhoneList, openPhoneList, type PhoneListRow } from '../../recipients/phone-list.js';
import { countryOption } from '../audience/audience-phones.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail, problemLines } from '../problems.js';
import { sayAdded } from './change-list.js';
import { type EntryOptions, entryOptions } from './entry-options.js';
import { UnreadableNumbers } from './unreadable.js';

/** `suppress import FILE`: any CSV with phones. A file that `suppress export` wrote brings back all it says. */
export async function importFile(file: string, workspace: string, args: Args, cli: Cli): Promise<number> {
  const options = entryOptions(args);
  const path = resolve(cli.cwd, file);
  const source = {
    file: path,
    phoneColumn: null,
    country: countryOption(args),
    delimiter: null,
    encoding: null,
  };
  const list = orFail(await openPhoneList(source));
  for (const text of problemLines(list.notices, cli.translate, cli.cwd)) {
    cli.terminal.aside(`${cli.terminal.colours.yellow(cli.translate('cli.note'))} ${text}`);
  }
  return withLedger(cli, 'create', async (ledger) => {
    const entryOf = entryReader(list, options, basename(path));
    const { added, known, unreadable } = await takeIn(ledger, workspace, list, path, entryOf);
    return sayAdded({ action: 'import', workspace, added, known }, unreadable, cli, { file: path });
  });
}

type ReadableRow = Extract<PhoneListRow, { ok: true }>;

/** Batch by batch, so that memory stays flat. What was taken in before a file turns out broken stays. */
async function takeIn(
  { lists }: Ledger,
  workspace: string,
  list: OpenPhoneList,
  file: string,
  entryOf: (row: ReadableRow) => Suppression,
): Promise<{ readonly added: number; readonly known: number; readonly unreadable: UnreadableNumbers }> {
  const unreadable = new UnreadableNumbers();
  let added = 0;
  let entries = 0;
  try {
    for await (const rows of list.batches) {
      const readable = rows.filter((row) => row.ok);
      for (const row of rows) {
        if (!row.ok) unreadable.add({ typed: row.typed, reason: row.reason, at: { file, line: row.line } });
      }
      added += await lists.add(workspace, readable.map(entryOf), systemClock.now());
      entries += readable.length;
    }
  } catch (error) {
    if (error instanceof UnusableFile) throw new CommandFailure(EXIT.unusable, error.problems);
    throw error;
  }
  return { added, known: entries - added, unreadable };
}

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
      expiresAt: options.expiresAt ?? momentOf(expiresAt?.(row)),
      ...(since === null ? {} : { addedAt: since }),
    };
  };
}
