import { resolve } from 'node:path';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { ReadCampaign } from '../core/recipient.js';
import type { App } from './app.js';

/** Settings of a campaign file that somebody replaces; null: the file decides. */
export interface Overrides {
  readonly ratePerSecond: number | null;
  readonly concurrency: number | null;
}

/** Reads every campaign file named, and says what is wrong in all of them at once. */
export async function readCampaigns(
  paths: readonly string[],
  overrides: Overrides,
  { campaignFiles, cwd }: Pick<App, 'campaignFiles' | 'cwd'>,
): Promise<Result<readonly ReadCampaign[]>> {
  const problems: Problem[] = [];
  const read: ReadCampaign[] = [];
  for (const path of paths) {
    const result = await campaignFiles.read(resolve(cwd, path));
    if (result.ok) read.push(withOverrides(result.value, overrides));
    else problems.push(...result.problems);
  }
  const names = read.map(({ campaign }) => campaign.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) problems.push({ code: 'cli.campaign-twice', params: { name: twice } });
  return problems.length > 0 ? failed(...problems) : ok(read);
}

function withOverrides(read: ReadCampaign, given: Overrides): ReadCampaign {
  const { campaign } = read;
  const ratePerSecond = given.ratePerSecond ?? campaign.ratePerSecond;
  const concurrency = given.concurrency ?? campaign.concurrency;
  return { ...read, campaign: { ...campaign, ratePerSecond, concurrency } };
}
