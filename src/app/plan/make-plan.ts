import type { Campaign } from '../../core/campaign.js';
import { type CostEstimate, costEstimate } from '../../core/cost.js';
import type { Counts } from '../../core/counts.js';
import type { DailyUse } from '../../core/ledger/campaigns.js';
import type { Plan, PlanFacts } from '../../core/plan.js';
import {
  controlWarnings,
  countryWarnings,
  landlineWarnings,
  noCountryWarnings,
} from '../../core/plan-warnings.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import { finishAt, scheduleZones, startsAt } from '../../core/schedule.js';
import {
  givenVariables,
  knowledgeOf,
  singleBraceWarnings,
  templateWarnings,
} from '../../core/template-knowledge.js';
import { filledText } from '../../core/template-text.js';
import type { App, CampaignFiles } from '../app.js';
import { NO_TEMPLATES } from '../templates/known-templates.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { type PlanBasis, planDigest } from './plan-digest.js';

/** What stands around the rows of a plan. */
export interface PlanContext {
  /** The recipients file's own columns. */
  readonly columns: readonly string[];
  /** What its digest is made of. */
  readonly basis: PlanBasis;
  /** What the ledger finds odd. */
  readonly warnings: readonly Problem[];
  /** How much of `limits.perDay` is used; null: there is no such limit, or nothing was sent yet. */
  readonly dailyUse: DailyUse | null;
}

/** Adds to the facts what follows from them: when it would be finished, what it would cost, what looks odd. */
export async function makePlan(
  read: Pick<ReadCampaign, 'campaign' | 'template'>,
  facts: PlanFacts,
  context: PlanContext,
  at: number,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<Result<Plan>> {
  const { campaign } = read;
  const given = givenVariables(campaign, context.columns);
  const template = read.template ?? knowledgeOf(campaign, given, NO_TEMPLATES);
  const anyName = context.basis.target.workspace === SANDBOX_WORKSPACE;
  const cost = await costOf(campaign, facts, campaignFiles);
  if (!cost.ok) return cost;
  return ok({
    ...facts,
    messages: facts.messages.map((message) => ({
      ...message,
      text: template.text === null ? null : filledText(template.text, message),
    })),
    template,
    digest: planDigest(campaign, context.basis),
    digestWithoutText: planDigest({ ...campaign, text: null }, context.basis),
    ratePerSecond: campaign.ratePerSecond,
    ...(await timesOf(campaign, facts, context.dailyUse, at, campaignFiles)),
    cost: cost.value,
    warnings: [
      ...templateWarnings(campaign, template, given, anyName),
      ...fileWarnings(campaign, facts),
      ...context.warnings,
    ],
  });
}

function fileWarnings(campaign: Campaign, facts: PlanFacts): readonly Problem[] {
  const rows = facts.counts.recipients + facts.counts.rejected;
  const landlines = facts.rejectedByReason['phone.landline'] ?? 0;
  return [
    ...countryWarnings(facts.countries, campaign.recipients.country),
    ...noCountryWarnings(
      facts.rejectedByReason['phone.invalid'] ?? 0,
      facts.rejections,
      campaign.recipients.country,
    ),
    ...landlineWarnings(rows, landlines, facts.readAs.phoneColumn),
    ...singleBraceWarnings(campaign),
    ...controlWarnings(campaign.uncertain),
  ];
}

async function costOf(
  campaign: Campaign,
  facts: PlanFacts,
  { prices }: CampaignFiles,
): Promise<Result<CostEstimate | null>> {
  if (campaign.rateCardFile === null) return ok(null);
  const read = await prices(campaign.rateCardFile);
  return read.ok ? ok(costEstimate(read.value, new Map(Object.entries(facts.countries)))) : read;
}

/** The estimate takes the country with the most people for all: their windows differ by hours, not by days. */
async function timesOf(
  campaign: Campaign,
  facts: PlanFacts,
  dailyUse: DailyUse | null,
  at: number,
  campaignFiles: CampaignFiles,
): Promise<Pick<Plan, 'startsAt' | 'finishAt'>> {
  const { schedule, ratePerSecond, limits, recipients } = campaign;
  const remaining = facts.counts.pending;
  const pauseMs = canaryWaitMs(campaign, facts.counts);
  if (remaining === 0) return { startsAt: at, finishAt: at };
  if (schedule === null && limits.perDay === null)
    return { startsAt: at, finishAt: at + pauseMs + Math.round((remaining / ratePerSecond) * 1000) };
  const zones = await campaignFiles.zones();
  const [country = ''] = Object.entries(facts.countries).sort(([, one], [, other]) => other - one)[0] ?? [];
  const zoneNames = schedule === null ? ['UTC'] : scheduleZones(schedule, country, recipients.country, zones);
  const freeAt = dailyUse?.nextFreeAt ?? null;
  const forecast = {
    schedule,
    startAt: Math.max(at, freeAt ?? at),
    remaining,
    pauseMs,
    ratePerSecond,
    perDay: limits.perDay,
    usedToday: freeAt === null ? (dailyUse?.people ?? 0) : 0,
    zoneNames,
  };
  return { startsAt: startsAt(forecast, zones), finishAt: finishAt(forecast, zones) };
}

/** What the first group still makes the others wait: nothing, once it was tried, or where nobody comes after it. */
function canaryWaitMs({ canary }: Pick<Campaign, 'canary'>, counts: Counts): number {
  if (canary === null) return 0;
  const people = counts.recipients - counts.skipped;
  return people - counts.pending < canary.first && canary.first < people ? canary.waitMs : 0;
}
