import { testCampaign } from '../../app/test-send/test-campaign.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { listenForStop, type StopSignals } from '../send/stop-signals.js';
import { sayOutcome, testJson } from './test-outcome.js';

/** `test`: one message of a campaign to one phone, beside its deliveries. */
export async function testCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate } = cli;
  const row = integerOption(args, 'row', 1) ?? 1;
  const request = { ...campaignChoice(args), to: args.required('to'), row };
  const signals: { heard: StopSignals | null } = { heard: null };
  try {
    const sent = await testCampaign(
      request,
      ({ phone, row: { line }, campaign: { template } }) => {
        signals.heard = listenForStop(cli.host, {
          stopping: () => terminal.aside(`\n${translate('test.stopping')}`),
          stoppedHard: () => terminal.aside(`\n${translate('test.stopped-hard')}`),
        });
        terminal.line(translate('test.sending', { phone: phone.phone, line, template }));
      },
      cli,
    );
    const { test, outcome } = orFail(sent);
    const exitCode = sayOutcome(outcome, signals.heard?.stop.aborted === true, cli);
    if (terminal.json)
      terminal.document(testJson(test.campaign.name, test.phone.phone, test.row, outcome, exitCode, cli));
    return exitCode;
  } finally {
    signals.heard?.close();
  }
}
