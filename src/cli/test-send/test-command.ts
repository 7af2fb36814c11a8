import { testCampaign } from '../../app/test-send/test-campaign.js';
import type { Campaign } from '../../core/campaign.js';
import type { Recipient } from '../../core/recipient.js';
import type { TemplateKnowledge } from '../../core/template.js';
import { filledText } from '../../core/template-text.js';
import { type Args, type Cli, campaignChoice } from '../command.js';
import { integerOption } from '../options.js';
import { messageLayout, sourceText } from '../plan/preview-lines.js';
import { orFail, sayUnlogged, unloggedJson } from '../problems.js';
import { listenForStop, type StopSignals } from '../send/stop-signals.js';
import { sayOutcome, testJson } from './test-outcome.js';

/** `test`: one message of a campaign to one phone, beside its deliveries. */
export async function testCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate } = cli;
  const row = integerOption(args, 'row', 1) ?? 1;
  const request = { ...campaignChoice(args), to: args.required('to'), row, press: null };
  const signals: { heard: StopSignals | null } = { heard: null };
  try {
    const sent = await testCampaign(
      request,
      (test, knowledge) => {
        const { phone, row, campaign } = test;
        signals.heard = listenForStop(cli.host, {
          stopping: () => terminal.aside(`\n${translate('test.stopping')}`),
          stoppedHard: () => terminal.aside(`\n${translate('test.stopped-hard')}`),
        });
        if (knowledge !== null) showMessage(campaign, knowledge, row, cli);
        const { template } = campaign;
        terminal.line(
          translate('test.sending', { phone: phone.phone, line: row.line, row: request.row, template }),
        );
      },
      cli,
    );
    const { test, outcome, unlogged } = orFail(sent);
    const told = sayOutcome(
      outcome,
      { interrupted: signals.heard?.stop.aborted === true, sandbox: request.sandbox },
      cli,
    );
    const exitCode = Math.max(told, sayUnlogged(unlogged, cli));
    if (terminal.json)
      terminal.document({
        ...testJson(test.campaign, test.phone.phone, test.row, outcome, cli),
        ...unloggedJson(unlogged, cli),
        exitCode,
      });
    return exitCode;
  } finally {
    signals.heard?.close();
  }
}

/** The whole message, where its text is known; else why it is not. */
function showMessage(
  { text }: Pick<Campaign, 'text'>,
  knowledge: TemplateKnowledge,
  row: Recipient,
  cli: Cli,
): void {
  const { terminal, translate } = cli;
  if (knowledge.unread !== null && knowledge.source !== 'campaign')
    terminal.aside(translate(knowledge.unread));
  if (text === null) return;
  for (const line of messageLayout(filledText(text, row), row.attachment, cli)) terminal.line(line);
  terminal.line(terminal.colours.dim(sourceText(knowledge, cli)));
}
