import type { Campaign } from '../../core/campaign.js';
import type { CampaignKey, CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { type Plan, readAsOf } from '../../core/plan.js';
import { type Halt, ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { requireApproved } from '../approval/require-approved.js';
import { makePlan } from '../plan/make-plan.js';
import { openNamedFiles } from '../plan/named-files.js';
import { type Accepted, objectionTo, sendRefusals } from '../send/send-refusals.js';
import { type Target, targetOf } from '../target.js';
import { storedTemplates, withTemplate } from '../templates/known-templates.js';
import { typedCampaign, typedCommand } from '../typed-command.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from '../workspace.js';
import { type OnRows, tallyFile } from './tally-file.js';

/** What checking a campaign came to. */
export interface CheckedCampaign {
  readonly plan: Plan;
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
  readonly target: PlannedTarget;
  /** Why a send would not even begin. */
  readonly refusals: readonly Problem[];
  /** Why a send would begin and send nothing; null: it would send. */
  readonly halt: Halt | null;
  /** What would send it; null: it would be refused, or there is nobody to send to. */
  readonly next: string | null;
  /** The campaign, with what is known of its template. */
  readonly read: ReadCampaign;
  /** The recipients file's own columns. */
  readonly columns: readonly string[];
}

/** How a campaign is checked. */
export interface CheckAsked {
  readonly sandbox: boolean;
  readonly accepted: Accepted;
  readonly onRows?: OnRows;
}

/** Where a campaign would go; the workspace is '' where nobody knows it. */
type PlannedTarget = Pick<Target, 'workspace' | 'baseUrl' | 'destination'>;

/** Reads everything, sends nothing, opens no connection, writes nothing but `rejected.csv`. */
export async function checkCampaign(
  typed: ReadCampaign,
  ledger: Ledger | null,
  { sandbox, accepted, onRows }: CheckAsked,
  app: App,
): Promise<Result<CheckedCampaign>> {
  const target = await targetFor(typed.campaign, ledger, sandbox, app);
  const read = await withTemplate(typed, await storedTemplates(ledger, target), app);
  const { campaign } = read;
  const { name, file, limits } = campaign;
  const at = app.clock.now();
  const opened = await openNamedFiles(read, app);
  if (!opened.ok) return opened;
  const { workspace } = target;
  const listed = await app.recipientFiles.suppressed(campaign);
  if (!listed.ok) return listed;
  const record = (await ledger?.campaigns.find({ workspace, name })) ?? null;
  const question = {
    workspace,
    campaignId: record?.id ?? null,
    limit: limits.perRecipient,
    suppressed: new Set(listed.value.people.map(({ person }) => person)),
    at,
  };
  const tallied = await tallyFile(opened.value, campaign, ledger, question, app, onRows);
  if (!tallied.ok) return tallied;
  const { facts, warnings, rejectedFile, digest } = tallied.value;
  const { file: opening, rowNotices } = opened.value;
  const notices = [...opening.notices, ...rowNotices(), ...listed.value.notices, ...controlNotices(record)];
  const known = { ...facts, notices, readAs: readAsOf(opening) };
  const { perDay } = limits;
  const dailyUse =
    ledger === null || perDay === null ? null : await ledger.campaigns.dailyUse(workspace, perDay, at);
  const basis = { recipients: digest, suppressed: listed.value.people, target };
  const context = { columns: opening.columns, basis, warnings, dailyUse };
  const plan = await makePlan(read, known, context, at, app);
  if (!plan.ok) return plan;
  // As a dry run of `send` it is told what that would be told.
  const refusals = [
    ...settingsProblems(campaign, sandbox, app),
    ...(workspace === '' ? [] : await sendRefusals(campaign, target, ledger, accepted, app)),
    ...(workspace === '' ? [] : await approvalProblems(plan.value.digest, { workspace, name }, ledger, app)),
  ];
  const { counts } = plan.value;
  const halt = objectionTo(campaign, record?.control ?? 'go', counts.rejected);
  const sends = refusals.length === 0 && halt === null && counts.pending > 0;
  const next = sends ? typedCommand(['send', typedCampaign(file, app.cwd)], workspace, app) : null;
  const { columns } = opening;
  return ok({ plan: plan.value, rejectedFile, target, refusals, halt, next, read, columns });
}

/** What is wrong about the address; that nobody said a workspace yet is none of it. */
function settingsProblems(campaign: Campaign, sandbox: boolean, app: App): readonly Problem[] {
  const target = sandbox ? ok(null) : targetOf(campaign, app.environment);
  return target.ok ? [] : target.problems.filter(({ code }) => code !== 'environment.no-workspace');
}

async function approvalProblems(
  digest: string,
  campaign: CampaignKey,
  ledger: Ledger | null,
  app: App,
): Promise<readonly Problem[]> {
  const approved = ledger === null ? ok(null) : await requireApproved(ledger, campaign, digest, app);
  return approved.ok ? [] : approved.problems;
}

/** What keeps a send from sending anything until an operator says otherwise. */
function controlNotices(record: CampaignRecord | null): readonly Problem[] {
  return record === null || record.control === 'go' ? [] : [{ code: `halt.${record.control}` }];
}

/**
 * Where the campaign would go: what the environment and its file say; else, where the ledger knows it from one workspace
 * alone, that one.
 */
async function targetFor(
  campaign: Campaign,
  ledger: Ledger | null,
  sandbox: boolean,
  { environment }: Pick<App, 'environment'>,
): Promise<PlannedTarget> {
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
