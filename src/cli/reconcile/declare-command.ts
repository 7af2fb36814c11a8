import { withLocks } from '../../app/held-campaign.js';
import type { KnownCampaign } from '../../app/known-campaign.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { noRun } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { personOption } from '../options.js';
import { orFail, orLocked } from '../problems.js';

/** `reconcile --phone N [--key KEY] --declare accepted|absent --note TEXT`: an operator who knows better has the last word. */
export async function declareCommand(
  args: Args,
  { record, read }: KnownCampaign,
  { campaigns }: Ledger,
  cli: Cli,
): Promise<number> {
  const fate = args.text('declare');
  const phones = args.texts('phone');
  if ((fate !== 'accepted' && fate !== 'absent') || phones.length === 0) {
    throw new CommandFailure(EXIT.unusable, [{ code: 'reconcile.declare-incomplete' }]);
  }
  const country = read?.campaign.recipients.country ?? null;
  const people = phones.map((phone) => ({ phone, person: personOption(phone, country, '--phone') }));
  const held = await withLocks(record, record.baseUrl, cli, async () => {
    const note = args.text('note') ?? '';
    const key = args.text('key');
    const recorded = { by: cli.operator, at: systemClock.now() };
    const count = orFail(await campaigns.declare(record.id, { people, key, fate, note }, recorded));
    cli.terminal.line(cli.translate(`reconcile.declared-${fate}`, { count }));
    const counts = await campaigns.counts(record.id);
    if (cli.terminal.json) {
      cli.terminal.document({
        campaign: record.name,
        counts,
        run: noRun(0),
        declared: { fate, count },
        halted: null,
        exitCode: EXIT.done,
      });
    }
    return EXIT.done;
  });
  return orLocked(held);
}
