import { type ReadCampaign, readCampaign } from '../campaign/read-campaign.js';
import type { Problem } from '../core/problem.js';
import type { Args } from './command.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';
import { orFail } from './problems.js';

/** Reads every campaign file named, and reports what is wrong in all of them at once. */
export async function readCampaigns(paths: readonly string[]): Promise<readonly ReadCampaign[]> {
  const problems: Problem[] = [];
  const read: ReadCampaign[] = [];
  for (const path of paths) {
    const result = await readCampaign(path);
    if (result.ok) read.push(result.value);
    else problems.push(...result.problems);
  }
  const names = read.map(({ campaign }) => campaign.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) problems.push({ code: 'cli.campaign-twice', params: { name: twice } });
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
  return read;
}

/** Settings of the campaign file that options of `send` and `check` replace. */
export async function withOverrides(read: ReadCampaign, args: Args): Promise<ReadCampaign> {
  const rate = args.text('rate');
  const concurrency = args.text('concurrency');
  if (rate === null && concurrency === null) return read;
  const { parseRate, parseInteger } = await import('../campaign/quantities.js');
  const ratePerSecond = rate === null ? read.campaign.ratePerSecond : orFail(parseRate(rate));
  const places =
    concurrency === null
      ? read.campaign.concurrency
      : orFail(parseInteger(concurrency, { min: 1, max: 512 }));
  return { ...read, campaign: { ...read.campaign, ratePerSecond, concurrency: places } };
}
