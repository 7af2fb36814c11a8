import type { CampaignStatus } from '../../app/status/campaign-status.js';
import { type LookedAt, withStatuses } from '../../app/status/campaign-statuses.js';
import { ok } from '../../core/problem.js';
import { documentOf } from '../campaign-json.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { brokenLines } from '../progress/text.js';
import { firstLaunchLines } from './launch-lines.js';
import { sharedLines } from './shared-lines.js';
import { launchJson, movedJson, sharedJson, statusJson } from './status-json.js';
import { briefLines, statusLines } from './status-lines.js';
import { type Sight, watch } from './watch.js';

/** `status`: what the ledger knows, of one campaign or of all. */
export async function statusCommand(args: Args, cli: Cli): Promise<number> {
  const campaign = args.text('campaign');
  const one = campaign !== null;
  const watched = args.flag('watch');
  const shown = await withStatuses(campaign, args.flag('sandbox'), cli, async (read) => {
    if (cli.terminal.json) {
      const { campaigns, shared, launches, ...look } = orFail(await read());
      const moved = movedJson(look.moved, cli.translate);
      const documents = campaigns.map((status) => statusJson(withoutWatching(status, watched), moved, cli));
      const ahead = { launches: launches.map(launchJson) };
      const all = { campaigns: documents, ...ahead, ...sharedJson(shared), moved, exitCode: EXIT.done };
      cli.terminal.document(one && documents.length > 0 ? documentOf(documents, 1, EXIT.done) : all);
      return ok(EXIT.done);
    }
    const look = async (): Promise<Sight> => {
      const seen = orFail(await read());
      const shown = seen.campaigns.map((status) => withoutWatching(status, watched));
      return sightOf({ ...seen, campaigns: shown }, one, cli);
    };
    if (watched) return ok(await watch(look, cli));
    for (const line of (await look()).lines) cli.terminal.line(line);
    return ok(EXIT.done);
  });
  return orFail<number>(shown);
}

/** Whoever watches a run needs no advice to watch it. */
function withoutWatching(status: CampaignStatus, watched: boolean): CampaignStatus {
  return watched && status.holder !== null ? { ...status, next: null } : status;
}

function sightOf(seen: LookedAt, one: boolean, cli: Cli): Sight {
  const { campaigns: statuses, shared, moved } = seen;
  const at = cli.clock.now();
  const show = one ? statusLines : briefLines;
  const lines = statuses.flatMap((status, index) => [...(index === 0 ? [] : ['']), ...show(status, cli, at)]);
  if (!one || statuses.length === 0) lines.push(...firstLaunchLines(seen, cli));
  if (!one) lines.push(...sharedLines(shared, cli));
  const all = lines.length === 0 ? [cli.translate('ledger.no-campaigns', { file: cli.ledgerFile })] : lines;
  // The picture of --watch has to know how many lines it fills.
  const { terminal } = cli;
  if (moved !== null) all.push('', terminal.colours.yellow(cli.translate(moved)));
  const shown = terminal.onScreen ? all.flatMap((line) => brokenLines(line, terminal.columns() - 1)) : all;
  return { lines: shown, running: statuses.some(({ holder }) => holder !== null) };
}
