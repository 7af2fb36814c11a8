import { costEstimate, type Price } from '../../core/cost.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Result } from '../../core/problem.js';
import type { ReportSource, ReportSummary } from '../../core/report-data.js';
import { recordIfPossible } from '../actions/record-action.js';
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
  return withCampaign(choice, 'read', app, async ({ record }, ledger) => {
    const done = await work(await reportSourceOf(ledger, record, app), record);
    const { workspace, name: campaign } = record;
    if (done.ok) await recordIfPossible({ kind: 'report-exported', workspace, campaign }, app);
    return done;
  });
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
      return {
        ...summary,
        ...(await fromCampaignFile(record, summary, app)),
        isSandbox: record.workspace === SANDBOX_WORKSPACE,
        message: await firstMessage(ledger, record, app),
      };
    },
    rows: (statuses) => reports.rows(record.id, statuses),
  };
}

/**
 * What the campaign file tells: its zone, and by the rate card that it names what the accepted messages cost. Nothing
 * where file or card cannot be read any more: a report stands on the ledger alone, and `check` tells what is wrong.
 */
async function fromCampaignFile(
  { file }: Pick<CampaignRecord, 'file'>,
  { countries }: Pick<ReportSummary, 'countries'>,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<Pick<ReportSummary, 'cost' | 'timeZone'>> {
  const read = await campaignFiles.read(file);
  if (!read.ok) return { cost: null, timeZone: null };
  const { schedule, rateCardFile } = read.value.campaign;
  const timeZone = schedule === null || schedule.timezone === 'recipient' ? null : schedule.timezone;
  const people = new Map(countries.map(({ country, accepted }) => [country, accepted]));
  if (rateCardFile === null || ![...people.values()].some((accepted) => accepted > 0))
    return { cost: null, timeZone };
  const prices = await campaignFiles.prices(rateCardFile);
  return { cost: prices.ok ? costOf(prices.value, people) : null, timeZone };
}

function costOf(prices: readonly Price[], people: ReadonlyMap<string, number>): ReportSummary['cost'] {
  const { categories } = costEstimate(prices, people);
  return categories.map(({ category, currency, total, people: priced }) => ({
    category,
    currency,
    total,
    people: priced,
  }));
}
