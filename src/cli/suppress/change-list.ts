import { resolve } from 'node:path';
import { addToList, removeFromList } from '../../app/suppress/change-list.js';
import { importSuppressionFile } from '../../app/suppress/import-file.js';
import { importListed } from '../../app/suppress/import-listed.js';
import type { EntryTally, TypedEntry, Unreadable } from '../../app/suppress/list-entries.js';
import { looksLocal } from '../../core/plan-warnings.js';
import { ok } from '../../core/problem.js';
import type { TranslateReason } from '../../core/recipient.js';
import type { Args, Cli } from '../command.js';
import { listJson, sayListEnd, withShownList } from '../conversations/shown-list.js';
import { EXIT } from '../exit-codes.js';
import { orFail, problemLines, sayUnlogged, unloggedJson } from '../problems.js';

/** `suppress add`. */
export async function addNumbers(
  typed: readonly string[],
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  const tally = orFail(await addToList(typed, workspace, entryOf(args), cli));
  return sayAdded({ action: 'add', workspace }, tally, args, cli);
}

/** `suppress remove`. */
export async function removeNumbers(
  typed: readonly string[],
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  const { removed, absent, unreadable, unlogged } = orFail(
    await removeFromList(typed, workspace, args.text('country'), cli),
  );
  cli.terminal.line(cli.translate('suppress.removed', { count: removed }));
  if (absent > 0) cli.terminal.line(cli.translate('suppress.was-not-on', { count: absent }));
  tell('suppress.cannot-remove', unreadable, unreadable.length, args, cli);
  const least = sayUnlogged(unlogged, cli);
  const exitCode = unreadable.length > 0 ? EXIT.needsPerson : least;
  if (cli.terminal.json) {
    const document = { action: 'remove', workspace, removed, absent, unreadable: jsonOf(unreadable, cli) };
    cli.terminal.document({ ...document, ...unloggedJson(unlogged, cli), exitCode });
  }
  return exitCode;
}

/** `suppress import FILE`. */
export async function importFile(file: string, workspace: string, args: Args, cli: Cli): Promise<number> {
  const path = resolve(cli.cwd, file);
  const { terminal, translate, cwd } = cli;
  const imported = await importSuppressionFile(
    path,
    workspace,
    entryOf(args),
    (notices) => {
      for (const text of problemLines(notices, translate, cwd))
        terminal.aside(`${terminal.colours.yellow(translate('cli.note'))} ${text}`);
    },
    cli,
  );
  const tally = orFail(imported);
  const more = { file: path, unreadableEnds: tally.unreadableEnds };
  return sayAdded({ action: 'import', workspace }, tally, args, cli, more);
}

/** `suppress import --from`. */
export function importFrom(
  provider: 'platica' | 'chatbotx',
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  return withShownList(args, provider, true, cli, async (session) => {
    const imported = await importListed(session, workspace, entryOf(args), cli);
    if (!imported.ok) return imported;
    const { tally, outcome, untold, withoutPhone } = imported.value;
    const exitCode = sayListEnd(outcome, session.observer, 'again', cli);
    if (outcome.pages === 0 && exitCode !== EXIT.done && !cli.terminal.json) return ok(exitCode);
    if (untold > 0) cli.terminal.aside(cli.translate('suppress.untold', { count: untold }));
    if (withoutPhone > 0)
      cli.terminal.aside(cli.translate('suppress.without-phone', { count: withoutPhone }));
    const least = Math.max(exitCode, untold > 0 ? EXIT.needsPerson : EXIT.done);
    const more = { ...listJson(outcome, cli), untold, withoutPhone };
    return ok(sayAdded({ action: 'import', workspace }, tally, args, cli, more, least));
  });
}

function entryOf(args: Args): TypedEntry {
  const [reason, source, expires, country] = ['reason', 'source', 'expires', 'country'].map((name) =>
    args.text(name),
  );
  return {
    reason: reason ?? null,
    source: source ?? null,
    expires: expires ?? null,
    country: country ?? null,
  };
}

/** Says what was put on the list and what could not be read. Returns the exit code. */
function sayAdded(
  what: { readonly action: 'add' | 'import'; readonly workspace: string },
  { added, known, unreadable, unreadableCount, unlogged }: EntryTally,
  args: Args,
  cli: Cli,
  more: Readonly<Record<string, unknown>> = {},
  leastExitCode: number = EXIT.done,
): number {
  cli.terminal.line(cli.translate('suppress.added', { count: added }));
  if (known > 0) cli.terminal.line(cli.translate('suppress.known', { count: known }));
  tell('suppress.cannot-read', unreadable, unreadableCount, args, cli);
  const least = Math.max(leastExitCode, sayUnlogged(unlogged, cli));
  const exitCode = Math.max(least, unreadableCount > 0 ? EXIT.needsPerson : EXIT.done);
  if (cli.terminal.json) {
    const numbers = { unreadableCount, unreadable: jsonOf(unreadable, cli) };
    cli.terminal.document({
      ...what,
      added,
      known,
      ...more,
      ...numbers,
      ...unloggedJson(unlogged, cli),
      exitCode,
    });
  }
  return exitCode;
}

const MOST_SHOWN = 20;

/** Says each number that cannot be read on stderr, up to a screenful. */
function tell(
  code: 'suppress.cannot-read' | 'suppress.cannot-remove',
  unreadable: readonly Unreadable[],
  count: number,
  args: Args,
  { terminal, translate, translateReason }: Cli,
): void {
  if (count === 0) return;
  terminal.aside(translate(code, { count }));
  for (const { typed, reason, at } of unreadable.slice(0, MOST_SHOWN)) {
    const where = at?.line === undefined ? '' : `${translate('plan.line', { line: at.line })}: `;
    const why = translateReason(reason, cellOf(typed));
    terminal.aside(`  ${where}${why}`);
  }
  const more = count - MOST_SHOWN;
  if (more > 0) terminal.aside(`  ${translate('suppress.more', { count: more })}`);
  const local = unreadable.some(({ typed, reason }) => reason === 'phone.invalid' && looksLocal(typed));
  if (local && args.text('country') === null) terminal.aside(`  ${translate('suppress.no-country')}`);
}

function jsonOf(unreadable: readonly Unreadable[], { translateReason }: Cli): readonly unknown[] {
  return unreadable.map(({ typed, reason, at }) => ({
    typed,
    reason,
    line: at?.line ?? null,
    message: translateReason(reason, cellOf(typed)),
  }));
}

function cellOf(typed: string): Parameters<TranslateReason>[1] {
  return { column: '', value: typed };
}
