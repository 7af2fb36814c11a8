import { costEstimate } from '../../core/cost.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Result } from '../../core/problem.js';
import type { ReportSource, ReportSummary } from '../../core/report-data.js';
import type { App } from '../app.js';
import { type CampaignChoice, withCampaign } from '../open-ledger.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import { firstMessage } from './first-message.js';

/** Works with what a report of a campaign is made of. */
export function withReport<T>(
  choice: CampaignChoice,
  app: App,
  work: (source: ReportSource, record: CampaignRecord) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withCampaign(choice, 'read', app, async ({ record }, ledger) =>
    work(await reportSourceOf(ledger, record, app), record),
  );
}

/** What a report of this campaign is made of. */
export async function reportSourceOf(
  ledger: Ledger,
  record: CampaignRecord,
  app: App,
): Promise<ReportSource> {
  const { reports } = ledger;
  return {
    columns: record.columns,
    campaign: record.name,
    hasRepaired: (await reports.countRepaired(record.id)) > 0,
    evidence: () => reports.evidence(record.id),
    summary: async () => {
      const summary = await reports.summary(record, record.workspace, app.clock.now());
      const isSandbox = record.workspace === SANDBOX_WORKSPACE;
      const message = await firstMessage(ledger, record, app);
      return { ...summary, isSandbox, message, cost: await acceptedCost(record, summary, app) };
    },
    rows: (statuses) => reports.rows(record.id, statuses),
  };
}

/**
 * What the accepted messages cost by the rate card that the campaign file names. Null without a card, and where file or
 * card cannot be read any more: a report stands on the ledger alone, and `check` tells what is wrong with a card.
 */
export async function acceptedCost(
  { file }: Pick<CampaignRecord, 'file'>,
  { countries }: Pick<ReportSummary, 'countries'>,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<ReportSummary['cost']> {
  const people = new Map(countries.map(({ country, accepted }) => [country, accepted]));
  if (![...people.values()].some((accepted) => accepted > 0)) return null;
  const read = await campaignFiles.read(file);
  if (!read.ok || read.value.campaign.rateCardFile === null) return null;
  const prices = await campaignFiles.prices(read.value.campaign.rateCardFile);
  if (!prices.ok) return null;
  const { categories } = costEstimate(prices.value, people);
  return categories.map(({ category, currency, total, people: priced }) => ({
    category,
    currency,
    total,
    people: priced,
  }));
}
