import type { Campaign } from '../core/campaign.js';
import { checkedBaseUrl } from '../core/checked-url.js';
import { failed, ok, type Result } from '../core/problem.js';
import { uncheckedCertificates } from './certificates.js';
import type { Environment } from './environment.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from './workspace.js';

/** Where a campaign goes: address and credentials. Never logged, never stored. */
export interface Target {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly apiKey: string | null;
  /** Name of the workspace in the ledger. */
  readonly workspace: string;
}

const DEFAULT_BASE_URL = 'https://api.plazbot.com';

/** Where the environment and the campaign file say that a campaign goes. */
export function targetOf(campaign: Campaign, environment: Environment): Result<Target> {
  const { workspaceId, plazbotApiKey, plazbotBaseUrl } = environment;
  if (workspaceId === null) return failed({ code: 'environment.no-workspace' });
  const url = checkedBaseUrl(plazbotBaseUrl ?? campaign.provider.baseUrl ?? DEFAULT_BASE_URL);
  if (!url.ok) {
    return plazbotBaseUrl === null
      ? url
      : failed(...url.problems, { code: 'environment.base-url', params: { name: 'PLAZBOT_BASE_URL' } });
  }
  const unchecked = uncheckedCertificates(url.value, environment);
  if (unchecked !== null) return failed(unchecked);
  return ok({
    baseUrl: url.value,
    workspaceId,
    apiKey: plazbotApiKey,
    workspace: workspaceFingerprint(workspaceId),
  });
}

/** The embedded sandbox: stronger than any address or credential, so that nothing leaves the machine. */
export function sandboxTarget(baseUrl: string): Target {
  return { baseUrl, workspaceId: SANDBOX_WORKSPACE, apiKey: null, workspace: SANDBOX_WORKSPACE };
}
