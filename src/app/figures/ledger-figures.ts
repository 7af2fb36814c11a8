import { type Figures, figuresOf, type WatchedCampaign, type WatchedNeeds } from '../../core/figures.js';
import type { LaunchRecord } from '../../core/ledger/launches.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type CampaignStand, type FirstLaunch, standsOf } from '../home/list-campaigns.js';
import { hasLedger, readLedger, withLedger } from '../open-ledger.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** The ledger in numbers, for whoever watches from afar; null: nothing was ever sent or imported here. */
export async function ledgerFigures(app: App): Promise<Result<Figures | null>> {
  return readLedger(app, null, async (ledger) => {
    const at = app.clock.now();
    const figures = await ledger.status.figures(at);
    const { stands, first } = await standsOf(figures.campaigns, ledger, app);
    const meant: FirstLaunch[] = [];
    for (const one of first) if (await isStillMeant(one.launch, app)) meant.push(one);
    return ok(figuresOf(figures, stands.map(watched), at, meant.map(watchedFirst)));
  });
}

/** Whether the ledger can be read now. One that was never made is no failure. */
export async function ledgerAnswers(app: App): Promise<boolean> {
  if (!(await hasLedger(app))) return true;
  const asked = await withLedger(app, 'read', async (ledger) => ok(await ledger.identity.id()));
  return asked.ok;
}

function watched(stand: CampaignStand): WatchedCampaign {
  return {
    ...stand,
    sandbox: stand.record.workspace === SANDBOX_WORKSPACE,
    isRunning: stand.holder !== null,
  };
}

/** What was refused of a campaign that has another name by now, or is gone, nobody sends any more. */
async function isStillMeant(
  { endedAt, file, name }: LaunchRecord,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<boolean> {
  if (endedAt === null) return true;
  const read = await campaignFiles.read(file);
  return read.ok ? read.value.campaign.name === name : campaignFiles.isThere(file);
}

function watchedFirst({ launch, needs }: FirstLaunch): WatchedNeeds {
  return { sandbox: launch.workspace === SANDBOX_WORKSPACE, lastRun: null, importedAt: null, needs };
}
