import { existsSync } from 'node:fs';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { Campaign } from '../../core/campaign.js';
import { type Counts, countsOf } from '../../core/counts.js';
import { readAsOf } from '../../core/plan.js';
import type { Problem } from '../../core/problem.js';
import { type CampaignRecord, findCampaign, listCampaigns } from '../../ledger/campaign-records.js';
import { dailyUse } from '../../ledger/daily-cap.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { openRecipients } from '../../recipients/read-recipients.js';
import { type CampaignJson, documentOf } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT, highest } from '../exit-codes.js';
import { openLedgerFile } from '../open-ledger-file.js';
import { makePlan } from '../plan/make-plan.js';
import { showPlan } from '../plan/show-plan.js';
import { orFail } from '../problems.js';
import { readCampaigns, withOverrides } from '../read-campaigns.js';
import { readSuppressFiles } from '../send/suppress-files.js';
import { nextCommand } from '../status/next-command.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { planJson } from './plan-json.js';
import { tallyFile } from './tally-file.js';

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
  const opened = orFail(
    await openRecipients(campaign.recipients, { render: renderer, fixValues: campaign.fixValues }),
  );
  const workspace = workspaceOf(campaign.name, db, sandbox, cli);
  const listed = orFail(await readSuppressFiles(campaign));
  const record = db === null ? null : findCampaign(db, workspace, campaign.name);
  const question = {
    workspace,
    campaignId: record?.id ?? null,
    limit: campaign.limits.perRecipient,
    suppressed: new Set(listed.people.map(({ person }) => person)),
    at,
  };
  const { facts, warnings, rejectedFile } = await tallyFile(opened, campaign, db, question, cli);
  const notices = [...opened.file.notices, ...listed.notices, ...controlNotices(record)];
  const known = { ...facts, notices, readAs: readAsOf(opened.file) };
  const { perDay } = campaign.limits;
  const used = db === null || perDay === null ? null : dailyUse(db, workspace, perDay, at);
  const plan = orFail(await makePlan(campaign, known, { warnings, dailyUse: used }, at));
  showPlan(campaign, plan, rejectedFile, cli);
  sayNext(campaign, workspace, plan.counts, cli);
  const exitCode = plan.counts.rejected > 0 ? EXIT.needsPerson : EXIT.done;
  const counts = countsOf(plan.counts, plan.counts.rejected);
  return planJson(campaign.name, plan, counts, rejectedFile, exitCode, cli);
}

/** What keeps a send from sending anything until an operator says otherwise. */
function controlNotices(record: CampaignRecord | null): readonly Problem[] {
  return record === null || record.control === 'go' ? [] : [{ code: `halt.${record.control}` }];
}

/** The last line that stays on a small screen: what a send would do, and how to ask for it. */
function sayNext(campaign: Campaign, workspace: string, counts: Counts, cli: Cli): void {
  if (counts.pending === 0) return;
  const record = { name: campaign.name, workspace, file: campaign.file, control: 'go' } as const;
  const command = nextCommand({ record, counts, running: false, notNowForMs: null }, cli) ?? '';
  cli.terminal.line();
  cli.terminal.line(cli.say('check.next', { count: counts.pending, command }));
}

/** The workspace whose ledger rows count: the environment's, else the only one that knows the campaign. */
function workspaceOf(name: string, db: LedgerDatabase | null, sandbox: boolean, cli: Cli): string {
  if (sandbox) return SANDBOX_WORKSPACE;
  const { workspaceId } = cli.environment;
  if (workspaceId !== null) return workspaceFingerprint(workspaceId);
  const known = db === null ? [] : listCampaigns(db, name);
  return known.length === 1 ? (known[0]?.workspace ?? '') : '';
}
