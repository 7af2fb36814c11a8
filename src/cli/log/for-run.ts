import { environmentSecrets } from '../../app/environment.js';
import type { Target } from '../../app/target.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { Cli } from '../command.js';
import { type Masking, maskingWith } from './masking.js';
import { RunLog } from './run-log.js';

/** What may be shown of a run against a target. The sandbox's workspace is no secret. */
export function maskingFor({ workspaceId, apiKey }: Target, { environment, log }: Cli): Masking {
  const own = workspaceId === SANDBOX_WORKSPACE ? [] : [workspaceId];
  return maskingWith(log?.showsPhones === true, [...environmentSecrets(environment), ...own, apiKey]);
}

/** The log of a run, or null when none was asked for. */
export function runLogOf(campaign: string, masking: Masking, { log, translate }: Cli): RunLog | null {
  return log === null
    ? null
    : new RunLog({ log, campaign, masking, translate, nowMs: () => performance.now() });
}
