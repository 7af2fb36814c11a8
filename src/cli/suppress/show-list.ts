import { resolve } from 'node:path';
import { SUPPRESSION_COLUMNS } from '../../core/consent.js';
import { harmless } from '../../core/harmless.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { listSuppressions, type SuppressionRecord } from '../../ledger/suppressions.js';
import { csvLines } from '../../report/csv.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { bothWantStdout } from '../conversations/conversations-command.js';
import { EXIT } from '../exit-codes.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** `suppress list`: everybody who must not be written to, one line each. */
export function showList(workspace: string, cli: Cli): number {
  const db = openLedgerFile(cli.ledgerFile, 'read');
  try {
    if (cli.terminal.json) {
      const suppressions = [...listSuppressions(db, workspace)].map(jsonOf);
      cli.terminal.document({ workspace, suppressions, exitCode: EXIT.done });
      return EXIT.done;
    }
    const now = systemClock.now();
    let count = 0;
    for (const entry of listSuppressions(db, workspace)) {
      if (count === 0) cli.terminal.line(cli.terminal.colours.bold(cli.say('suppress.header')));
      count += 1;
      cli.terminal.line(lineOf(entry, now, cli));
    }
    cli.terminal.line(cli.say('suppress.total', { count }));
    return EXIT.done;
  } finally {
    db.close();
  }
}

function lineOf(
  { phone, addedAt, expiresAt, reason, source }: SuppressionRecord,
  now: number,
  cli: Cli,
): string {
  const until = expiresAt === null ? cli.say('suppress.for-good') : day(expiresAt - 1);
  const line = `${harmless(phone).padEnd(15)}  ${day(addedAt)}  ${until.padEnd(10)}  ${harmless(`${reason} · ${source}`)}`;
  return expiresAt !== null && expiresAt <= now
    ? cli.terminal.colours.dim(`${line} ${cli.say('suppress.expired')}`)
    : line;
}

/** A day by this machine's calendar, as `--expires` takes it. */
function day(at: number): string {
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function jsonOf({ phone, reason, source, addedAt, expiresAt }: SuppressionRecord): unknown {
  return {
    phone,
    reason,
    source,
    addedAt: iso(addedAt),
    expiresAt: expiresAt === null ? null : iso(expiresAt),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** `suppress export`: the list as CSV that `suppress import` takes again; to stdout without `-o`. */
export async function exportList(workspace: string, output: string | null, cli: Cli): Promise<number> {
  const toStdout = output === null || output === '-';
  if (toStdout && cli.terminal.json) throw bothWantStdout();
  const db = openLedgerFile(cli.ledgerFile, 'read');
  try {
    if (toStdout) {
      for (const chunk of exported(db, workspace)) await cli.terminal.raw(chunk);
      return EXIT.done;
    }
    const { writeAtomically } = await import('../../files/atomic-file.js');
    const written = orFail(
      await writeAtomically(resolve(cli.cwd, output), exported(db, workspace), 'person'),
    );
    cli.terminal.line(cli.say('suppress.exported', { path: written.path }));
    if (cli.terminal.json) cli.terminal.document({ workspace, file: written.path, exitCode: EXIT.done });
    return EXIT.done;
  } finally {
    db.close();
  }
}

function* exported(db: LedgerDatabase, workspace: string): Generator<string> {
  const lineOfCells = csvLines(',');
  yield lineOfCells(SUPPRESSION_COLUMNS);
  for (const { phone, reason, source, addedAt, expiresAt } of listSuppressions(db, workspace)) {
    yield lineOfCells([phone, reason, source, iso(addedAt), expiresAt === null ? '' : iso(expiresAt)]);
  }
}
