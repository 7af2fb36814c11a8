import { resolve } from 'node:path';
import type { Problem } from '../core/problem.js';
import type { ReadCampaign } from '../core/recipient.js';
import type { Args, Cli } from './command.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import { runOptions } from './run-options.js';

/** Reads every campaign file named, seen from the folder `cwd`, and reports what is wrong in all of them at once. */
export async function readCampaigns(
  paths: readonly string[],
  { campaignFiles, cwd }: Pick<Cli, 'campaignFiles' | 'cwd'>,
): Promise<readonly ReadCampaign[]> {
  const problems: Problem[] = [];
  const read: ReadCampaign[] = [];
  for (const path of paths) {
    const result = await campaignFiles.read(resolve(cwd, path));
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
export function withOverrides(read: ReadCampaign, args: Args): ReadCampaign {
  const { campaign } = read;
  const given = runOptions(args);
  const ratePerSecond = given.ratePerSecond ?? campaign.ratePerSecond;
  const concurrency = given.concurrency ?? campaign.concurrency;
  return { ...read, campaign: { ...campaign, ratePerSecond, concurrency } };
}
