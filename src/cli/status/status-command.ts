import { knownCampaign } from '../../app/known-campaign.js';
import { type CampaignStatus, campaignStatus } from '../../app/status/campaign-status.js';
import { UncertainPolicies } from '../../app/status/uncertain-policy.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { documentOf } from '../campaign-json.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { withLedger } from '../open-ledger-file.js';
import { orFail } from '../problems.js';
import { brokenLines } from '../progress/text.js';
import { statusJson } from './status-json.js';
import { briefLines, statusLines } from './status-lines.js';
import { type Sight, watch } from './watch.js';

/** `status`: what the ledger knows, of one campaign or of all. */
export async function statusCommand(args: Args, cli: Cli): Promise<number> {
  return withLedger(cli, 'read', async (ledger) => {
    const policies = new UncertainPolicies(cli);
    const one = args.text('campaign') !== null;
    const read = (): Promise<readonly CampaignStatus[]> => readStatuses(args, ledger, policies, cli);
    if (cli.terminal.json) {
      const documents = (await read()).map((status) => statusJson(status, cli));
      cli.terminal.document(
        one ? documentOf(documents, 1, EXIT.done) : { campaigns: documents, exitCode: EXIT.done },
      );
      return EXIT.done;
    }
    const look = async (): Promise<Sight> => sightOf(await read(), one, cli);
    if (args.flag('watch')) return await watch(look, cli);
    for (const line of (await look()).lines) cli.terminal.line(line);
    return EXIT.done;
  });
}

async function readStatuses(
  args: Args,
  ledger: Ledger,
  policies: UncertainPolicies,
  cli: Cli,
): Promise<readonly CampaignStatus[]> {
  const at = systemClock.now();
  const statuses: CampaignStatus[] = [];
  for (const record of await recordsOf(args, ledger, cli)) {
    const status = orFail(await campaignStatus(ledger, record, policies, at, cli));
    // Whoever watches a run needs no advice to watch it.
    const watched = args.flag('watch') && status.holder !== null;
    statuses.push(watched ? { ...status, next: null } : status);
  }
  return statuses;
}

async function recordsOf(args: Args, ledger: Ledger, cli: Cli): Promise<readonly CampaignRecord[]> {
  const name = args.text('campaign');
  if (name === null) return ledger.campaigns.list(null);
  return [orFail(await knownCampaign(name, args.flag('sandbox'), ledger, cli)).record];
}

function sightOf(statuses: readonly CampaignStatus[], one: boolean, cli: Cli): Sight {
  const at = systemClock.now();
  const show = one ? statusLines : briefLines;
  const lines = statuses.flatMap((status, index) => [...(index === 0 ? [] : ['']), ...show(status, cli, at)]);
  const all = lines.length === 0 ? [cli.translate('ledger.no-campaigns', { file: cli.ledgerFile })] : lines;
  // The picture of --watch has to know how many lines it fills.
  const { terminal } = cli;
  const shown = terminal.onScreen ? all.flatMap((line) => brokenLines(line, terminal.columns() - 1)) : all;
  return { lines: shown, running: statuses.some(({ holder }) => holder !== null) };
}
