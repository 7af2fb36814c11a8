import { isLaunchOf, type LaunchAhead } from '../../app/launch/launch-look.js';
import type { CampaignStatus } from '../../app/status/campaign-status.js';
import type { LookedAt } from '../../app/status/campaign-statuses.js';
import { harmless } from '../../core/harmless.js';
import type { Cli } from '../command.js';
import { workspaceLabel } from './workspace-label.js';

/** What somebody asked for on the page, and when it begins by itself. */
export function launchLines({ ahead, record }: CampaignStatus, cli: Cli): readonly string[] {
  return ahead === null ? [] : launchTexts(ahead, record.control !== 'go', cli);
}

/** Of campaigns that the ledger knows by nothing else: what is scheduled for the first time is not imported before it begins. */
export function firstLaunchLines({ campaigns, launches }: LookedAt, cli: Cli): readonly string[] {
  return launches
    .filter(({ launch }) => !campaigns.some(({ record }) => isLaunchOf(launch, record)))
    .flatMap((ahead, index) => [
      ...(index + campaigns.length === 0 ? [] : ['']),
      cli.translate('status.launch.first', { name: ahead.launch.name }) + workspaceLabel(ahead.launch, cli),
      ...launchTexts(ahead, false, cli).map((line) => `  ${line}`),
    ]);
}

function launchTexts(
  { launch, stand, changedBy }: LaunchAhead,
  isHeld: boolean,
  { translate }: Cli,
): readonly string[] {
  const { startAt, askedAt } = launch;
  const params = { by: harmless(launch.by), at: startAt ?? askedAt };
  const changed = changedBy === null ? [] : [translate('status.launch.changed', { by: harmless(changedBy) })];
  return [translate(`status.launch.${isHeld ? 'held' : stand}`, params), ...changed];
}
