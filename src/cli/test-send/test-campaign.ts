import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { campaignFileOf, knownCampaign } from '../../app/known-campaign.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { Cli } from '../command.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';

/** The campaign to test: a folder or file that the ledger need not know, or the name of one that it does. */
export async function testCampaign(argument: string, sandbox: boolean, cli: Cli): Promise<ReadCampaign> {
  const path = resolve(cli.cwd, argument);
  const isFile = cli.campaignFiles.isThere(path);
  const looksLikePath = /[/\\]|\.ya?ml$/iu.test(argument);
  if (isFile || looksLikePath || !existsSync(cli.ledgerFile))
    return orFail(await cli.campaignFiles.read(path));
  return withLedger(cli, 'read', async (ledger) => {
    const known = orFail(await knownCampaign(argument, sandbox, ledger, cli));
    return orFail(await campaignFileOf(known, cli));
  });
}
