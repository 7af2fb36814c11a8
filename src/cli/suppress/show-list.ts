import { resolve } from 'node:path';
import { SUPPRESSION_COLUMNS } from '../../core/consent.js';
import { harmless } from '../../core/harmless.js';
import type { SuppressionRecord } from '../../core/ledger/people.js';
import { csvLines } from '../../report/csv.js';
import { systemClock } from '../clock.js';
import type { Cli } from '../command.js';
import { bothWantStdout } from '../conversations/conversations-command.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** `suppress list`: everybody who must not be written to, one line each. */
export function showList(workspace: string, cli: Cli): Promise<number> {
  return withLedger(cli, 'read', async ({ lists }) => {
    if (cli.terminal.json) {
      const suppressions: unknown[] = [];
      for await (const entry of lists.entries(workspace)) suppressions.push(jsonOf(entry));
      cli.terminal.document({ workspace, suppressions, exitCode: EXIT.done });
      return EXIT.done;
    }
    const now = systemClock.now();
    let count = 0;
    for await (const entry of lists.entries(workspace)) {
      if (count === 0) cli.terminal.line(cli.terminal.colours.bold(cli.translate('suppress.header')));
      count += 1;
      cli.terminal.line(lineOf(entry, now, cli));
    }
    cli.terminal.line(cli.translate('suppress.total', { count }));
    return EXIT.done;
  });
}

function lineOf(
  { phone, addedAt, expiresAt, reason, source }: SuppressionRecord,
  now: number,
  cli: Cli,
): string {
  const until = expiresAt === null ? cli.translate('suppress.for-good') : day(expiresAt - 1);
  const line = `${harmless(phone).padEnd(15)}  ${day(addedAt)}  ${until.padEnd(10)}  ${harmless(`${reason} · ${source}`)}`;
  return expiresAt !== null && expiresAt <= now
    ? cli.terminal.colours.dim(`${line} ${cli.translate('suppress.expired')}`)
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
  return withLedger(cli, 'read', async ({ lists }) => {
    const chunks = exported(lists.entries(workspace));
    if (toStdout) {
      for await (const chunk of chunks) await cli.terminal.raw(chunk);
      return EXIT.done;
    }
    const { writeAtomically } = await import('../../files/atomic-file.js');
    const written = orFail(await writeAtomically(resolve(cli.cwd, output), chunks, 'person'));
    cli.terminal.line(cli.translate('suppress.exported', { path: written.path }));
    if (cli.terminal.json) cli.terminal.document({ workspace, file: written.path, exitCode: EXIT.done });
    return EXIT.done;
  });
}

async function* exported(entries: AsyncIterable<SuppressionRecord>): AsyncGenerator<string> {
  const lineOfCells = csvLines(',');
  yield lineOfCells(SUPPRESSION_COLUMNS);
  for await (const { phone, reason, source, addedAt, expiresAt } of entries) {
    yield lineOfCells([phone, reason, source, iso(addedAt), expiresAt === null ? '' : iso(expiresAt)]);
  }
}
