import { resolve } from 'node:path';
import { hasLedger } from '../../app/open-ledger.js';
import { withEntries } from '../../app/suppress/whose-list.js';
import { harmless } from '../../core/harmless.js';
import type { SuppressionRecord } from '../../core/ledger/people.js';
import { localDay } from '../../core/moments.js';
import { ok } from '../../core/problem.js';
import { writeAtomically } from '../../files/atomic-file.js';
import type { Sentence } from '../../locales/index.js';
import { suppressionCsv } from '../../report/suppression-list.js';
import type { Args, Cli } from '../command.js';
import { bothWantStdout, EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

/** `suppress list`: everybody who must not be written to, one line each. */
export async function showList(workspace: string, args: Args, cli: Cli): Promise<number> {
  if (await isNotBegun(args, cli)) return showNobody(workspace, cli);
  const shown = await withEntries(workspace, cli, async (entries) => {
    if (cli.terminal.json) {
      const suppressions: unknown[] = [];
      for await (const entry of entries) suppressions.push(jsonOf(entry));
      cli.terminal.document({ workspace, suppressions, exitCode: EXIT.done });
      return ok(EXIT.done);
    }
    const now = cli.clock.now();
    let count = 0;
    let over = 0;
    for await (const entry of entries) {
      if (count + over === 0) cli.terminal.line(cli.terminal.colours.bold(cli.translate('suppress.header')));
      if (isOver(entry, now)) over += 1;
      else count += 1;
      cli.terminal.line(lineOf(entry, now, cli));
    }
    cli.terminal.line(cli.translate('suppress.total', { count }));
    if (count + over === 0) cli.terminal.line(cli.translate('suppress.how'));
    if (over > 0) cli.terminal.line(cli.translate('suppress.total-over', { count: over }));
    return ok(EXIT.done);
  });
  return orFail(shown);
}

/** Nothing was written yet where a ledger is usual; one that was named and is not there may be mistyped. */
async function isNotBegun(args: Args, cli: Cli): Promise<boolean> {
  const named = args.text('ledger') ?? cli.environment.ledger;
  return named === null && !(await hasLedger(cli));
}

function showNobody(workspace: string, { terminal, translate, ledgerFile: file }: Cli): number {
  terminal.line(translate('suppress.no-ledger', { file }));
  terminal.line(translate('suppress.how'));
  if (terminal.json) terminal.document({ workspace, suppressions: [], exitCode: EXIT.done });
  return EXIT.done;
}

function isOver({ expiresAt }: SuppressionRecord, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function lineOf(entry: SuppressionRecord, now: number, cli: Cli): string {
  const { phone, addedAt, expiresAt } = entry;
  const until = expiresAt === null ? cli.translate('suppress.for-good') : localDay(expiresAt - 1);
  const line = `${harmless(phone).padEnd(15)}  ${localDay(addedAt)}  ${until.padEnd(10)}  ${reasonText(entry, cli)}`;
  return isOver(entry, now) ? cli.terminal.colours.dim(`${line} ${cli.translate('suppress.expired')}`) : line;
}

/** What plazcast wrote itself is said in the reader's words. */
function reasonText({ reason, source }: SuppressionRecord, { translate }: Cli): string {
  const known = `suppress.reason.${reason}`;
  return harmless(`${translate.knows(known) ? translate({ code: known } as Sentence) : reason} · ${source}`);
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
  const exported = await withEntries(workspace, cli, async (entries) => {
    const chunks = suppressionCsv(entries, !toStdout);
    if (!toStdout) return writeAtomically(resolve(cli.cwd, output), chunks, 'person');
    for await (const chunk of chunks) await cli.terminal.raw(chunk);
    return ok(null);
  });
  const written = orFail(exported);
  if (written === null) return EXIT.done;
  cli.terminal.line(cli.translate('suppress.exported', { path: written.path }));
  if (cli.terminal.json) cli.terminal.document({ workspace, file: written.path, exitCode: EXIT.done });
  return EXIT.done;
}
