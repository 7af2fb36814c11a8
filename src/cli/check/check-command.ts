import { type CheckedCampaign, checkCampaign } from '../../app/check/check-campaign.js';
import { withLedgerIfAny } from '../../app/open-ledger.js';
import { readCampaigns } from '../../app/read-campaigns.js';
import { countsOf } from '../../core/counts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Plan } from '../../core/plan.js';
import { type Halt, ok, type Problem } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { type CampaignJson, documentOf } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { envHints } from '../env-hints.js';
import { EXIT, highest } from '../exit-codes.js';
import { showPlan } from '../plan/show-plan.js';
import { orFail, printProblems } from '../problems.js';
import { runOptions } from '../run-options.js';
import { planJson } from './plan-json.js';

/** `check`: reads everything, sends nothing, opens no connection, writes nothing but `rejected.csv`. */
export async function checkCommand(args: Args, cli: Cli): Promise<number> {
  const campaigns = orFail(await readCampaigns(args.texts('campaign'), runOptions(args), cli));
  const documents: CampaignJson[] = [];
  const checked = await withLedgerIfAny(cli, async (ledger) => {
    for (const read of campaigns) documents.push(await checkOne(read, ledger, args, cli));
    return ok(null);
  });
  orFail(checked);
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
  const accepted = { changes: args.flag('accept-changes'), ledger: args.flag('accept-ledger') };
  const asked = { sandbox: args.flag('sandbox'), accepted };
  const checked = orFail(await checkCampaign(read, ledger, asked, cli));
  const { rejectedFile, target, halt, next } = checked;
  const plan = asked.sandbox ? checked.plan : withWorkspaceWarning(checked.plan, cli);
  // Who canceled a campaign wants nothing of it: that stands among the notices.
  const stop = halt?.code === 'halt.canceled' ? null : halt;
  showPlan(campaign, withoutNotice(plan, stop), rejectedFile, target, cli);
  const refusals = stop === null ? checked.refusals : [...checked.refusals, stop];
  if (refusals.length > 0) sayRefusals(refusals, cli);
  if (cli.environment.workspaceId === null && !asked.sandbox) sayHints(campaign.file, cli);
  if (next !== null) {
    cli.terminal.line();
    cli.terminal.line(cli.translate('check.next', { count: plan.counts.pending, command: next }));
  }
  const exitCode = exitCodeOf(checked);
  const counts = countsOf(plan.counts, plan.counts.rejected);
  const json = planJson(campaign.name, plan, counts, rejectedFile, exitCode, cli);
  const first = refusals[0] ?? halt;
  if (first === null) return json;
  return { ...json, halted: { code: first.code, message: cli.translate(first) } };
}

/** As `send` would end; rejected rows are told by their own code, also where they are what stops it. */
function exitCodeOf({ refusals, halt, plan }: CheckedCampaign): number {
  if (refusals.length > 0) return EXIT.unusable;
  if (halt?.code === 'halt.paused') return EXIT.halted;
  return plan.counts.rejected > 0 ? EXIT.needsPerson : EXIT.done;
}

/** Without a workspace `send` would not begin; nothing else is looked at for it. */
function withWorkspaceWarning(plan: Plan, { environment }: Cli): Plan {
  if (environment.workspaceId !== null) return plan;
  return { ...plan, warnings: [{ code: 'environment.no-workspace' }, ...plan.warnings] };
}

/** What is said at the end is not said above. */
function withoutNotice(plan: Plan, halt: Halt | null): Plan {
  return { ...plan, notices: plan.notices.filter(({ code }) => code !== halt?.code) };
}

/** Without a workspace `send` would not begin: the file that holds it may lie elsewhere. */
function sayHints(campaign: string, { terminal, translate, cwd }: Cli): void {
  const mark = terminal.colours.yellow(translate('cli.note'));
  for (const hint of envHints([campaign], cwd)) terminal.aside(`${mark} ${translate(hint)}`);
}

/** What stays on a small screen when a send would not even begin. */
function sayRefusals(refusals: readonly Problem[], { terminal, translate, cwd }: Cli): void {
  terminal.aside(`\n${translate('check.refused')}`);
  printProblems(refusals, terminal, translate, cwd);
}
