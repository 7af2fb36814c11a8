import { existsSync } from 'node:fs';
import { tallyFile } from '../../app/check/tally-file.js';
import { makePlan } from '../../app/plan/make-plan.js';
import { sendRefusals } from '../../app/send/send-refusals.js';
import { nextCommand } from '../../app/status/next-command.js';
import { type Target, targetOf } from '../../app/target.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../../app/workspace.js';
import type { Campaign } from '../../core/campaign.js';
import { type Counts, countsOf } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { readAsOf } from '../../core/plan.js';
import type { Problem } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { type CampaignJson, documentOf } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT, highest } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { showPlan } from '../plan/show-plan.js';
import { orFail, printProblems } from '../problems.js';
import { readCampaigns, withOverrides } from '../read-campaigns.js';
import { planJson } from './plan-json.js';

/** `check`: reads everything, sends nothing, opens no connection, writes nothing but `rejected.csv`. */
export async function checkCommand(args: Args, cli: Cli): Promise<number> {
  const campaigns = await readCampaigns(args.texts('campaign'), cli);
  const documents: CampaignJson[] = [];
  const checkAll = async (ledger: Ledger | null): Promise<void> => {
    for (const read of campaigns) {
      documents.push(await checkOne(withOverrides(read, args), ledger, args, cli));
    }
  };
  await (existsSync(cli.ledgerFile) ? withLedger(cli, 'read', checkAll) : checkAll(null));
  const exitCode = highest(documents.map((document) => document.exitCode));
  if (cli.terminal.json) cli.terminal.document(documentOf(documents, campaigns.length, exitCode));
  return exitCode;
}

async function checkOne(
  read: ReadCampaign,
  ledger: Ledger | null,
  args: Args,
  cli: Cli,
): Promise<CampaignJson> {
  const { campaign } = read;
  const at = systemClock.now();
  const opened = orFail(await cli.recipientFiles.open(read, cli.environment.stateDir));
  const target = await targetFor(campaign, ledger, args.flag('sandbox'), cli);
  const { workspace } = target;
  const listed = orFail(await cli.recipientFiles.suppressed(campaign));
  const record = (await ledger?.campaigns.find({ workspace, name: campaign.name })) ?? null;
  const question = {
    workspace,
    campaignId: record?.id ?? null,
    limit: campaign.limits.perRecipient,
    suppressed: new Set(listed.people.map(({ person }) => person)),
    at,
  };
  const { facts, warnings, rejectedFile } = orFail(await tallyFile(opened, campaign, ledger, question, cli));
  const notices = [
    ...opened.file.notices,
    ...opened.rowNotices(),
    ...listed.notices,
    ...controlNotices(record),
  ];
  const known = { ...facts, notices, readAs: readAsOf(opened.file) };
  const { perDay } = campaign.limits;
  const used =
    ledger === null || perDay === null ? null : await ledger.campaigns.dailyUse(workspace, perDay, at);
  const plan = orFail(await makePlan(campaign, known, { warnings, dailyUse: used }, at, cli));
  showPlan(campaign, plan, rejectedFile, target, cli);
  // As a dry run of `send` it is told what that would be told.
  const accepted = { changes: args.flag('accept-changes'), ledger: args.flag('accept-ledger') };
  const refusals = workspace === '' ? [] : await sendRefusals(campaign, target, ledger, accepted, cli);
  if (refusals.length > 0) sayRefusals(refusals, cli);
  else sayNext(campaign, workspace, plan.counts, cli);
  const exitCode =
    refusals.length > 0 ? EXIT.unusable : plan.counts.rejected > 0 ? EXIT.needsPerson : EXIT.done;
  const counts = countsOf(plan.counts, plan.counts.rejected);
  const json = planJson(campaign.name, plan, counts, rejectedFile, exitCode, cli);
  const [first] = refusals;
  if (first === undefined) return json;
  return { ...json, halted: { code: first.code, message: cli.translate(first) } };
}

/** What stays on a small screen when a send would not even begin. */
function sayRefusals(refusals: readonly Problem[], { terminal, translate, cwd }: Cli): void {
  terminal.aside(`\n${translate('check.refused')}`);
  printProblems(refusals, terminal, translate, cwd);
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
  cli.terminal.line(cli.translate('check.next', { count: counts.pending, command }));
}

/**
 * Where the campaign would go: what the environment and its file say; else, where the ledger knows it from one workspace
 * alone, that one. The workspace is '' where nobody knows it.
 */
async function targetFor(
  campaign: Campaign,
  ledger: Ledger | null,
  sandbox: boolean,
  { environment }: Cli,
): Promise<Pick<Target, 'workspace' | 'baseUrl' | 'destination'>> {
  if (sandbox) return { workspace: SANDBOX_WORKSPACE, baseUrl: '', destination: null };
  const target = targetOf(campaign, environment);
  if (target.ok) return target.value;
  const known = (await ledger?.campaigns.list(campaign.name)) ?? [];
  const { workspaceId } = environment;
  const own = workspaceId === null ? null : workspaceFingerprint(workspaceId);
  const [record, ...others] = own === null ? known : known.filter(({ workspace }) => workspace === own);
  if (record !== undefined && others.length === 0) return { ...record, destination: null };
  return { workspace: own ?? '', baseUrl: '', destination: null };
}
