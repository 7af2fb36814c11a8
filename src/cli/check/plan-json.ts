import type { Counts } from '../../core/counts.js';
import type { Plan } from '../../core/plan.js';
import { rowSentence } from '../../core/row-sentence.js';
import type { CampaignJson } from '../campaign-json.js';
import type { Cli } from '../command.js';

/** What is known of the template, and since when. */
function templateJson({ template: { source, listReadAt, listed, text } }: Plan): unknown {
  return {
    text,
    textFrom: source,
    listReadAt: listReadAt === null ? null : new Date(listReadAt).toISOString(),
    status: listed?.status ?? null,
    category: listed?.category ?? null,
    language: listed?.language ?? null,
  };
}

/** What `check --json` prints: the contract's fields, then the plan. */
export function planJson(
  name: string,
  plan: Plan,
  counts: Counts,
  rejectedFile: string | null,
  exitCode: number,
  { translate }: Cli,
): CampaignJson {
  const said = (problems: Plan['notices']): unknown =>
    problems.map((problem) => ({ code: problem.code, message: translate(problem) }));
  return {
    campaign: name,
    counts,
    halted: null,
    planDigest: plan.digest,
    skippedByReason: plan.skippedByReason,
    rejectedByReason: plan.rejectedByReason,
    readAs: plan.readAs,
    rejections: plan.rejections.map((row) => ({
      ...row,
      message: translate(rowSentence(row.reason, row)),
    })),
    rejectedFile,
    duplicates: plan.duplicates,
    messages: plan.messages,
    template: templateJson(plan),
    changedAfterAccepted: plan.changedAfterAccepted,
    repaired: plan.repaired,
    countries: plan.countries,
    ratePerSecond: plan.ratePerSecond,
    finishAt: plan.finishAt === null ? null : new Date(plan.finishAt).toISOString(),
    cost: plan.cost,
    notices: said(plan.notices),
    warnings: said(plan.warnings),
    exitCode,
  };
}
