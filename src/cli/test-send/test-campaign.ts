import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { readCampaignFile } from '../campaign-file.js';
import type { Cli } from '../command.js';
import { campaignFileOf, knownCampaign } from '../known-campaign.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** The campaign to test: a folder or file that the ledger need not know, or the name of one that it does. */
export async function testCampaign(argument: string, sandbox: boolean, cli: Cli): Promise<ReadCampaign> {
  const path = resolve(cli.cwd, argument);
  const isFile = existsSync(path) && (existsSync(join(path, 'campaign.yaml')) || statSync(path).isFile());
  const looksLikePath = /[/\\]|\.ya?ml$/iu.test(argument);
  if (isFile || looksLikePath || !existsSync(cli.ledgerFile)) return orFail(await readCampaignFile(path));
  return withLedger(cli, 'read', async (ledger) =>
    campaignFileOf(await knownCampaign(argument, sandbox, ledger, cli)),
  );
}
