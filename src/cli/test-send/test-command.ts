import { existsSync } from 'node:fs';
import type { Campaign } from '../../core/campaign.js';
import type { Dispatch } from '../../core/delivery.js';
import type { Outcome } from '../../core/outcome.js';
import type { Recipient } from '../../core/recipient.js';
import { ledgerProblem } from '../../ledger/ledger-problem.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { beginTestSend, endTestSend, type TestSend } from '../../ledger/sent-messages.js';
import { isSuppressed } from '../../ledger/suppressed.js';
import { PlazbotSender } from '../../providers/plazbot/sender.js';
import { type Phone, parsePhone } from '../../recipients/phone.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT } from '../exit-codes.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { integerOption } from '../options.js';
import { orFail } from '../problems.js';
import { openSandboxTarget } from '../send/sandbox-target.js';
import { listenForStop } from '../send/stop-signals.js';
import { type Target, trustedTargetOf } from '../target.js';
import { sendableRow } from './sendable-row.js';
import { testCampaign } from './test-campaign.js';
import { sayOutcome, testJson } from './test-outcome.js';

/** `test`: one message of a campaign to one phone, beside its deliveries. */
export async function testCommand(args: Args, cli: Cli): Promise<number> {
  const rowNumber = integerOption(args, 'row', 1) ?? 1;
  const read = await testCampaign(args.required('campaign'), args.flag('sandbox'), cli);
  const phone = phoneOption(args.required('to'), read.campaign);
  const row = orFail(await sendableRow(read, rowNumber));
  const sandbox = args.flag('sandbox') ? await openSandboxTarget(cli) : null;
  try {
    const target = sandbox?.target ?? orFail(await trustedTargetOf(read.campaign, cli));
    const db = openLedgerFile(cli.ledgerFile, existsSync(cli.ledgerFile) ? 'existing' : 'create');
    try {
      return await sendTest({ db, campaign: read.campaign, target, phone, row }, cli);
    } finally {
      db.close();
    }
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

interface Test {
  readonly db: LedgerDatabase;
  readonly campaign: Campaign;
  readonly target: Target;
  readonly phone: Phone;
  readonly row: Recipient;
}

async function sendTest(test: Test, cli: Cli): Promise<number> {
  const { db, campaign, target, phone, row } = test;
  if (isSuppressed(db, target.workspace, phone.person, systemClock.now())) {
    const params = { phone: phone.phone };
    throw new CommandFailure(EXIT.unusable, [{ code: 'test.suppressed', params }]);
  }
  const stop = listenForStop({
    stopping: () => cli.terminal.aside(`\n${cli.say('test.stopping')}`),
    stoppedHard: () => cli.terminal.aside(`\n${cli.say('test.stopped-hard')}`),
  });
  try {
    cli.terminal.line(
      cli.say('test.sending', { phone: phone.phone, line: row.line, template: campaign.template }),
    );
    const outcome = await sent(test);
    const exitCode = sayOutcome(outcome, stop.stop.aborted, cli);
    if (cli.terminal.json) cli.terminal.document(testJson(campaign.name, phone, row, outcome, exitCode, cli));
    return exitCode;
  } finally {
    stop.close();
  }
}

/** Intent, POST, outcome. A process that dies in between leaves the test as one that may have arrived. */
async function sent({ db, campaign, target, phone, row }: Test): Promise<Outcome> {
  const { name, template, timeoutMs } = campaign;
  const sender = new PlazbotSender({
    baseUrl: target.baseUrl,
    workspaceId: target.workspaceId,
    apiKey: target.apiKey,
    secrets: target.secrets,
    template,
    // Individual: it stands for itself and is no part of the campaign at the provider.
    type: 'individual',
    campaignName: null,
    api: campaign.provider.api,
    timeoutMs,
    clock: systemClock,
  });
  const entry = {
    workspace: target.workspace,
    campaign: name,
    template,
    phone: phone.phone,
    person: phone.person,
    body: row.body,
    header: row.header,
  };
  try {
    const id = begun(db, entry);
    const outcome = await sender.send(dispatchOf(id, phone, row));
    endTestSend(db, id, outcome.kind, outcome.answer, systemClock.now());
    return outcome;
  } finally {
    await sender.close();
  }
}

/** Nothing leaves when its intent cannot be written. */
function begun(db: LedgerDatabase, entry: TestSend): number {
  try {
    return beginTestSend(db, entry, systemClock.now());
  } catch (error) {
    throw new CommandFailure(EXIT.unusable, [ledgerProblem(error, db.name)]);
  }
}

function dispatchOf(id: number, phone: Phone, row: Recipient): Dispatch {
  return {
    deliveryId: id,
    attemptId: id,
    phone: phone.phone,
    person: phone.person,
    country: phone.country,
    bodyJson: JSON.stringify(row.body),
    headerJson: JSON.stringify(row.header),
    attachmentJson: row.attachment === null ? null : JSON.stringify(row.attachment),
    transientRefusals: 0,
    deferrals: 0,
  };
}
