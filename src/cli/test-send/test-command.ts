import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { campaignFileOf, knownCampaign } from '../../app/known-campaign.js';
import { sendTestMessage, type TestMessage } from '../../app/test-send/send-test.js';
import { sendableRow } from '../../app/test-send/sendable-row.js';
import type { Campaign } from '../../core/campaign.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { type Phone, parsePhone } from '../../recipients/phone.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { trustedTargetOf } from '../host-trust.js';
import { withLedger } from '../open-ledger-file.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { openSandboxTarget } from '../send/sandbox-target.js';
import { listenForStop } from '../send/stop-signals.js';
import { sayOutcome, testJson } from './test-outcome.js';

/** `test`: one message of a campaign to one phone, beside its deliveries. */
export async function testCommand(args: Args, cli: Cli): Promise<number> {
  const rowNumber = integerOption(args, 'row', 1) ?? 1;
  const read = await testCampaign(args.required('campaign'), args.flag('sandbox'), cli);
  const phone = phoneOption(args.required('to'), read.campaign);
  const row = orFail(await sendableRow(read, rowNumber, cli));
  const sandbox = args.flag('sandbox') ? await openSandboxTarget(cli) : null;
  try {
    const target = sandbox?.target ?? orFail(await trustedTargetOf(read.campaign, cli));
    const mode = existsSync(cli.ledgerFile) ? 'existing' : 'create';
    return await withLedger(cli, mode, (ledger) =>
      sendTest({ ledger, campaign: read.campaign, target, phone, row }, cli),
    );
  } finally {
    await sandbox?.close();
  }
}

/** One's own phone may be of any kind: only a text that is no phone is refused. */
function phoneOption(typed: string, { recipients }: Campaign): Phone {
  const phone = parsePhone(typed, recipients.country, { landlines: 'accept', wire: recipients.wire });
  if (phone.ok) return phone;
  throw new CommandFailure(EXIT.unusable, [{ code: 'test.phone', params: { value: typed } }]);
}

async function sendTest(test: TestMessage, cli: Cli): Promise<number> {
  const { ledger, campaign, target, phone, row } = test;
  if (await ledger.lists.isOn(target.workspace, phone.person, systemClock.now())) {
    const params = { phone: phone.phone };
    throw new CommandFailure(EXIT.unusable, [{ code: 'test.suppressed', params }]);
  }
  const stop = listenForStop(cli.host, {
    stopping: () => cli.terminal.aside(`\n${cli.translate('test.stopping')}`),
    stoppedHard: () => cli.terminal.aside(`\n${cli.translate('test.stopped-hard')}`),
  });
  try {
    cli.terminal.line(
      cli.translate('test.sending', { phone: phone.phone, line: row.line, template: campaign.template }),
    );
    const outcome = orFail(await sendTestMessage(test, cli));
    const exitCode = sayOutcome(outcome, stop.stop.aborted, cli);
    if (cli.terminal.json) {
      cli.terminal.document(testJson(campaign.name, phone.phone, row, outcome, exitCode, cli));
    }
    return exitCode;
  } finally {
    stop.close();
  }
}

/** The campaign to test: a folder or file that the ledger need not know, or the name of one that it does. */
export async function testCampaign(argument: string, sandbox: boolean, cli: Cli): Promise<ReadCampaign> {
  const path = resolve(cli.cwd, argument);
  const isFile = cli.campaignFiles.isThere(path);
  const looksLikePath = /[/\\]|\.ya?ml$/iu.test(argument);
  if (isFile || looksLikePath || !existsSync(cli.ledgerFile))
    return orFail(await cli.campaignFiles.read(path));
  return withLedger(cli, 'read', async (ledger) => {
    const known = orFail(await knownCampaign(argument, sandbox, ledger, cli));
    return orFail(await campaignFileOf(known, cli));
  });
}
