import { existsSync } from 'node:fs';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { CheckTally } from '../../core/check-tally.js';
import { countsOf } from '../../core/counts.js';
import type { Rejection } from '../../core/recipient.js';
import { SeenPeople } from '../../core/seen-people.js';
import { findCampaign, listCampaigns } from '../../ledger/campaign-records.js';
import { dailyUse } from '../../ledger/daily-cap.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { ledgerWarnings } from '../../ledger/plan-warnings.js';
import { standingsOf } from '../../ledger/standings.js';
import { openRecipients } from '../../recipients/read-recipients.js';
import { UnusableFile } from '../../recipients/unusable-file.js';
import { type CampaignJson, documentOf } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure } from '../command-failure.js';
import { EXIT, highest } from '../exit-codes.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { makePlan } from '../plan/make-plan.js';
import { showPlan } from '../plan/show-plan.js';
import { orFail } from '../problems.js';
import { readCampaigns, withOverrides } from '../read-campaigns.js';
import { leaveRejected } from '../send/import-file.js';
import { rejectedPath } from '../send/rejected-path.js';
import { readSuppressFiles } from '../send/suppress-files.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { Channel } from './channel.js';
import { planJson } from './plan-json.js';

/** `check`: reads everything, sends nothing, opens no connection, writes nothing but `rejected.csv`. */
export async function checkCommand(args: Args, cli: Cli): Promise<number> {
  const campaigns = await readCampaigns(args.texts('campaign'));
  const db = existsSync(cli.ledgerFile) ? openLedgerFile(cli.ledgerFile, 'read') : null;
  const documents: CampaignJson[] = [];
  try {
    for (const read of campaigns) {
      documents.push(await checkOne(withOverrides(read, args), db, args.flag('sandbox'), cli));
    }
  } finally {
    db?.close();
  }
  const exitCode = highest(documents.map((document) => document.exitCode));
  if (cli.terminal.json) cli.terminal.document(documentOf(documents, campaigns.length, exitCode));
  return exitCode;
}

async function checkOne(
  read: ReadCampaign,
  db: LedgerDatabase | null,
  sandbox: boolean,
  cli: Cli,
): Promise<CampaignJson> {
  const { campaign, renderer } = read;
  const at = systemClock.now();
  const { file, batches } = orFail(
    await openRecipients(campaign.recipients, { render: renderer, fixValues: campaign.fixValues }),
  );
  const workspace = workspaceOf(campaign.name, db, sandbox, cli);
  const record = db === null ? null : findCampaign(db, workspace, campaign.name);
  const listed = orFail(await readSuppressFiles(campaign));
  const question = {
    workspace,
    campaignId: record?.id ?? null,
    limit: campaign.limits.perRecipient,
    suppressed: new Set(listed.people.map(({ person }) => person)),
    at,
  };
  const standings = standingsOf(db, question, new SeenPeople());
  const tally = new CheckTally();
  const rejections = new Channel<Rejection>();
  const written = leaveRejected(rejectedPath(campaign), file, rejections, cli.say);
  try {
    for await (const verdicts of batches) {
      tally.add(verdicts, standings(verdicts));
      for (const verdict of verdicts) if (verdict.kind === 'rejection') rejections.push(verdict.rejection);
    }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    rejections.end();
    await written;
    throw new CommandFailure(EXIT.unusable, error.problems);
  }
  rejections.end();
  const rejectedFile = orFail(await written);
  const facts = { ...tally.facts(), notices: [...file.notices, ...listed.notices] };
  const { perDay } = campaign.limits;
  const ledger = {
    warnings: db === null || record === null ? [] : ledgerWarnings(db, record, at),
    dailyUse: db === null || perDay === null ? null : dailyUse(db, workspace, perDay, at),
  };
  const plan = orFail(await makePlan(campaign, facts, ledger, at));
  showPlan(campaign, plan, rejectedFile, cli);
  const exitCode = plan.counts.rejected > 0 ? EXIT.needsPerson : EXIT.done;
  return planJson(
    campaign.name,
    plan,
    countsOf(plan.counts, plan.counts.rejected),
    rejectedFile,
    exitCode,
    cli,
  );
}

/** The workspace whose ledger rows count: the environment's, else the only one that knows the campaign. */
function workspaceOf(name: string, db: LedgerDatabase | null, sandbox: boolean, cli: Cli): string {
  if (sandbox) return SANDBOX_WORKSPACE;
  const { workspaceId } = cli.environment;
  if (workspaceId !== null) return workspaceFingerprint(workspaceId);
  const known = db === null ? [] : listCampaigns(db, name);
  return known.length === 1 ? (known[0]?.workspace ?? '') : '';
}
