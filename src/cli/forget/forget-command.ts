import type { Forgotten } from '../../core/ledger/people.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { countryOption } from '../audience/audience-phones.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { personOption } from '../options.js';
import { orFail } from '../problems.js';

/** `forget`: erases a person's data from the ledger, or those of all whose last campaign is older. */
export async function forgetCommand(args: Args, cli: Cli): Promise<number> {
  const phone = args.text('phone');
  const age = args.text('older-than');
  if ((phone === null) === (age === null)) {
    throw new CommandFailure(EXIT.unusable, [{ code: 'forget.one-of' }]);
  }
  const now = systemClock.now();
  const before = age === null ? null : orFail(parseAge(age, now));
  const person = phone === null ? null : personOption(phone, countryOption(args), 'forget');
  return withLedger(cli, 'existing', async ({ people }) => {
    const count = before === null ? 1 : await people.countLastSeenBefore(before);
    if (count > 0 && !(await mayErase(count, phone, args, cli))) return EXIT.done;
    const forgotten = await (person === null
      ? people.forgetOlder(before ?? now, now)
      : people.forget(person, now));
    return tell(forgotten, await people.eraseLeftovers(), cli);
  });
}

async function mayErase(count: number, phone: string | null, args: Args, cli: Cli): Promise<boolean> {
  if (args.flag('yes')) return true;
  if (!cli.terminal.canAsk) throw new CommandFailure(EXIT.unusable, [{ code: 'forget.needs-yes' }]);
  const { confirm } = await import('@inquirer/prompts');
  const message =
    phone === null
      ? cli.translate('forget.question', { count })
      : cli.translate('forget.question-phone', { phone });
  const sure = await confirm({ message, default: false }, cli.terminal.asks).catch(() => false);
  if (!sure) cli.terminal.line(cli.translate('forget.declined'));
  return sure;
}

function tell(forgotten: Forgotten & { readonly rows: number }, thorough: boolean, cli: Cli): number {
  const { people, rows, open } = forgotten;
  cli.terminal.line(cli.translate(people + rows === 0 ? 'forget.nobody' : 'forget.done', { people, rows }));
  for (const [campaign, count] of byCampaign(open)) {
    cli.terminal.line(cli.translate('forget.open', { campaign, count }));
  }
  if (people + rows > 0) {
    if (!thorough) cli.terminal.line(cli.translate('forget.busy'));
    cli.terminal.line(cli.translate('forget.elsewhere'));
  }
  const exitCode = open.length > 0 ? EXIT.needsPerson : EXIT.done;
  if (cli.terminal.json) {
    const { deliveries, testSends, suppressions } = forgotten;
    cli.terminal.document({ people, deliveries, testSends, suppressions, rows, open: open.length, exitCode });
  }
  return exitCode;
}

function byCampaign(open: Forgotten['open']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { campaign } of open) counts.set(campaign, (counts.get(campaign) ?? 0) + 1);
  return counts;
}

const WRITTEN = /^\s*(\d{1,4})\s*(d|m|y)\s*$/u;

/**
 * The moment that lies so long before `now`: `90d`, `24m` (months, by this machine's calendar) or `2y`. A day at
 * least, so that a slip of the finger does not erase the campaign of this morning.
 */
export function parseAge(text: string, now: number): Result<number> {
  const [, count, unit] = WRITTEN.exec(text) ?? [];
  const number = Number(count);
  if (unit === undefined || number === 0) return failed({ code: 'forget.age', params: { value: text } });
  const date = new Date(now);
  if (unit === 'd') date.setDate(date.getDate() - number);
  else date.setMonth(date.getMonth() - number * (unit === 'y' ? 12 : 1));
  return ok(date.getTime());
}
