import { type ForgottenPeople, forgetPeople } from '../../app/forget/forget-people.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { askYesNo } from '../ask-yes-no.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail, problemsSaid } from '../problems.js';

/** `forget`: erases a person's data from the ledger, or those of all whose last campaign is older. */
export async function forgetCommand(args: Args, cli: Cli): Promise<number> {
  const phone = args.text('phone');
  const request = { phone, country: args.text('country'), olderThan: args.text('older-than') };
  const forgotten = orFail(await forgetPeople(request, (count) => mayErase(count, phone, args, cli), cli));
  return forgotten === null ? EXIT.done : tell(forgotten, cli);
}

async function mayErase(count: number, phone: string | null, args: Args, cli: Cli): Promise<Result<boolean>> {
  if (args.flag('yes')) return ok(true);
  if (!cli.terminal.canAsk) return failed({ code: 'forget.needs-yes' });
  const message =
    phone === null
      ? cli.translate('forget.question', { count })
      : cli.translate('forget.question-phone', { phone });
  const sure = await askYesNo(message, cli);
  if (!sure) cli.terminal.line(cli.translate('forget.declined'));
  return ok(sure);
}

function tell(forgotten: ForgottenPeople, cli: Cli): number {
  const { people, rows, open, leftovers, unlogged } = forgotten;
  if (people + rows > 0) cli.terminal.line(cli.translate('forget.done', { people, rows }));
  else cli.terminal.line(cli.translate(open.length > 0 ? 'forget.declined' : 'forget.nobody'));
  for (const [campaign, count] of byCampaign(open)) {
    cli.terminal.line(cli.translate('forget.open', { campaign, count }));
  }
  const problems = [...leftoversSaid(leftovers), ...(unlogged === null ? [] : [unlogged])];
  for (const problem of problems) cli.terminal.line(cli.translate(problem));
  if (people + rows > 0) cli.terminal.line(cli.translate('forget.elsewhere'));
  const isBroken = problems.some(({ code }) => code !== 'forget.busy');
  const exitCode = open.length > 0 || isBroken ? EXIT.needsPerson : EXIT.done;
  if (cli.terminal.json) {
    const { deliveries, testSends, suppressions } = forgotten;
    const counts = { people, deliveries, testSends, suppressions, rows, open: open.length };
    cli.terminal.document({ ...counts, problems: problemsSaid(problems, cli.translate), exitCode });
  }
  return exitCode;
}

/** Also where nobody is new: whoever runs it once more, as it was said, is to learn whether that was enough. */
function leftoversSaid(why: Problem | null): readonly Problem[] {
  if (why === null) return [];
  return why.code === 'forget.busy' ? [why] : [{ code: 'forget.leftovers' }, why];
}

function byCampaign(open: ForgottenPeople['open']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { campaign } of open) counts.set(campaign, (counts.get(campaign) ?? 0) + 1);
  return counts;
}
