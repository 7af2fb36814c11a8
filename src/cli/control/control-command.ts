import { knownCampaign } from '../../app/known-campaign.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** `pause`, `resume` and `cancel`: said through the ledger, heard by a run that goes on within two seconds. */
export async function controlCommand(
  word: 'pause' | 'resume' | 'cancel',
  args: Args,
  cli: Cli,
): Promise<number> {
  return withLedger(cli, 'existing', async (ledger) => {
    const { record } = orFail(
      await knownCampaign(args.required('campaign'), args.flag('sandbox'), ledger, cli),
    );
    const { name } = record;
    const recorded = { by: cli.operator, at: systemClock.now() };
    if (word === 'pause') {
      await ledger.campaigns.pause(record.id, recorded);
      cli.terminal.line(cli.translate('control.paused', { name }));
    } else if (word === 'resume') {
      await ledger.campaigns.resume(record.id, recorded);
      cli.terminal.line(cli.translate('control.resumed', { name }));
    } else {
      const count = await ledger.campaigns.cancel(record.id, recorded);
      cli.terminal.line(cli.translate('control.canceled', { name, count }));
    }
    if (cli.terminal.json) cli.terminal.document({ campaign: name, control: word, exitCode: EXIT.done });
    return EXIT.done;
  });
}
