import type { Campaign } from '../core/campaign.js';
import { checkedBaseUrl } from '../core/checked-url.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { Destination } from '../core/trusted-host.js';
import { type Environment, environmentSecrets } from './environment.js';
import { uncheckedCertificates } from './untrusted-host.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from './workspace.js';

/** Where a campaign goes: address and credentials. Never logged, never stored. */
export interface Target {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly apiKey: string | null;
  /** Name of the workspace in the ledger. */
  readonly workspace: string;
  /** Whether the credentials may go there is to be asked before they do; null: this machine's own sandbox. */
  readonly destination: Destination | null;
  /** Every credential of the environment, also those of other providers: nothing that is answered may repeat one. */
  readonly secrets: readonly (string | null)[];
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
    destination: plazbotDestination(
      url.value,
      plazbotBaseUrl === null && campaign.provider.baseUrl !== null,
      environment,
    ),
    secrets: environmentSecrets(environment),
  });
}

/** Where Plazbot's credentials would go. */
export function plazbotDestination(
  baseUrl: string,
  byCampaign: boolean,
  environment: Environment,
): Destination {
  const { sources, plazbotBaseUrl } = environment;
  const fromSetting = plazbotBaseUrl === null ? 'provider' : (sources.PLAZBOT_BASE_URL ?? 'provider');
  const credentials = [sources.PLAZBOT_WORKSPACE_ID];
  if (environment.plazbotApiKey !== null) credentials.push(sources.PLAZBOT_API_KEY);
  return {
    host: new URL(baseUrl).host,
    namedBy: byCampaign ? 'campaign' : fromSetting,
    credentials: credentials.filter((source) => source !== undefined),
  };
}

/** The embedded sandbox: stronger than any address or credential, so that nothing leaves the machine. */
export function sandboxTarget(baseUrl: string): Target {
  const workspace = SANDBOX_WORKSPACE;
  return { baseUrl, workspaceId: workspace, apiKey: null, workspace, destination: null, secrets: [] };
}
