import { type ControlWord, controlCampaign } from '../../app/control/control-campaign.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

const SAID = {
  pause: 'control.paused',
  resume: 'control.resumed',
  cancel: 'control.canceled',
} as const satisfies Record<ControlWord, string>;

/** `pause`, `resume` and `cancel`. */
export async function controlCommand(word: ControlWord, args: Args, cli: Cli): Promise<number> {
  const controlled = orFail(await controlCampaign(word, campaignChoice(args), cli));
  const { name, count, isWithdrawn } = controlled;
  cli.terminal.line(cli.translate(isWithdrawn ? 'control.withdrawn' : SAID[word], { name, count }));
  if (cli.terminal.json) cli.terminal.document({ campaign: name, control: word, exitCode: EXIT.done });
  return EXIT.done;
}
