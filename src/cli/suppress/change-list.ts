import type { Suppression } from '../../core/ledger/people.js';
import { type Phone, parsePhone } from '../../recipients/phone.js';
import { countryOption } from '../audience/audience-phones.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { entryOptions } from './entry-options.js';
import { UnreadableNumbers } from './unreadable.js';

/** Landlines are people, too, when it comes to leaving them alone. */
export const ANY_PHONE = { landlines: 'accept', wire: {} } as const;

/** `suppress add`: takes effect on what is still pending, also in a run that goes on. */
export function addNumbers(
  typed: readonly string[],
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  const { reason, source, expiresAt } = entryOptions(args);
  const { phones, unreadable } = readNumbers(typed, countryOption(args));
  const entries = phones.map(
    ({ person, phone }): Suppression => ({
      person,
      phone,
      reason: reason ?? 'manual',
      source: source ?? 'suppress add',
      expiresAt,
    }),
  );
  return withLedger(cli, 'create', async ({ lists }) => {
    const added = await lists.add(workspace, entries, systemClock.now());
    return sayAdded({ action: 'add', workspace, added, known: entries.length - added }, unreadable, cli);
  });
}

/** `suppress remove`: the next send may write to them again. */
export function removeNumbers(
  typed: readonly string[],
  workspace: string,
  args: Args,
  cli: Cli,
): Promise<number> {
  const { phones, unreadable } = readNumbers(typed, countryOption(args));
  const people = new Set(phones.map(({ person }) => person));
  return withLedger(cli, 'existing', async ({ lists }) => {
    const removed = await lists.remove(workspace, people);
    const absent = people.size - removed;
    const exitCode = unreadable.count > 0 ? EXIT.needsPerson : EXIT.done;
    cli.terminal.line(cli.translate('suppress.removed', { count: removed }));
    if (absent > 0) cli.terminal.line(cli.translate('suppress.was-not-on', { count: absent }));
    unreadable.tell(cli);
    if (cli.terminal.json) {
      const document = { action: 'remove', workspace, removed, absent, unreadable: unreadable.json(cli) };
      cli.terminal.document({ ...document, exitCode });
    }
    return exitCode;
  });
}

/** What was put on the list. */
export interface AddedCounts {
  readonly action: 'add' | 'import';
  readonly workspace: string;
  /** People who were not on it. */
  readonly added: number;
  /** People who were: they have the new reason and expiry now. */
  readonly known: number;
}

/** Says what was put on the list and what could not be read. Returns the exit code. */
export function sayAdded(
  counts: AddedCounts,
  unreadable: UnreadableNumbers,
  cli: Cli,
  more: Readonly<Record<string, unknown>> = {},
  leastExitCode: number = EXIT.done,
): number {
  const { added, known } = counts;
  cli.terminal.line(cli.translate('suppress.added', { count: added }));
  if (known > 0) cli.terminal.line(cli.translate('suppress.known', { count: known }));
  unreadable.tell(cli);
  const exitCode = Math.max(leastExitCode, unreadable.count > 0 ? EXIT.needsPerson : EXIT.done);
  if (cli.terminal.json) {
    const numbers = { unreadableCount: unreadable.count, unreadable: unreadable.json(cli) };
    cli.terminal.document({ ...counts, ...more, ...numbers, exitCode });
  }
  return exitCode;
}

function readNumbers(
  typed: readonly string[],
  country: string | null,
): { readonly phones: readonly Phone[]; readonly unreadable: UnreadableNumbers } {
  const unreadable = new UnreadableNumbers();
  const phones: Phone[] = [];
  for (const text of typed) {
    const phone = parsePhone(text, country, ANY_PHONE);
    if (phone.ok) phones.push(phone);
    else unreadable.add({ typed: text, reason: phone.reason, at: null });
  }
  return { phones, unreadable };
}
