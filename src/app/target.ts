import type { Campaign } from '../core/campaign.js';
import { checkedBaseUrl } from '../core/checked-url.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { Destination } from '../core/trusted-host.js';
import type { App } from './app.js';
import { type Environment, environmentSecrets, providerSettings } from './environment.js';
import { requireTrustedHost, uncheckedCertificates } from './host-trust.js';
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

/** Where the environment and the campaign file say that a campaign goes. */
export function targetOf(
  { provider }: { readonly provider: Pick<Campaign['provider'], 'baseUrl'> },
  environment: Environment,
): Result<Target> {
  const { workspaceId, plazbotApiKey, plazbotBaseUrl } = environment;
  const { usualUrl, baseUrlName } = providerSettings('plazbot', environment);
  if (workspaceId === null) return failed({ code: 'environment.no-workspace' });
  const url = checkedBaseUrl(plazbotBaseUrl ?? provider.baseUrl ?? usualUrl);
  if (!url.ok) {
    return plazbotBaseUrl === null
      ? url
      : failed(...url.problems, { code: 'environment.base-url', params: { name: baseUrlName } });
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
      plazbotBaseUrl === null && provider.baseUrl !== null,
      environment,
    ),
    secrets: environmentSecrets(environment),
  });
}

/** Where a command goes that is about no campaign: as its options say, else the environment; once that host may have the credentials. */
export async function namedTarget(
  { baseUrl, workspaceId }: { readonly baseUrl: string | null; readonly workspaceId: string | null },
  app: App,
): Promise<Result<Target>> {
  const { environment } = app;
  const checked = baseUrl === null ? ok(null) : checkedBaseUrl(baseUrl);
  if (!checked.ok) return checked;
  const sources = {
    ...environment.sources,
    ...(workspaceId === null ? {} : { PLAZBOT_WORKSPACE_ID: 'option' as const }),
    ...(baseUrl === null ? {} : { PLAZBOT_BASE_URL: 'option' as const }),
  };
  const said = {
    ...environment,
    sources,
    workspaceId: workspaceId ?? environment.workspaceId,
    plazbotBaseUrl: checked.value ?? environment.plazbotBaseUrl,
  };
  return trustedTargetOf({ provider: { baseUrl: null } }, { ...app, environment: said });
}

/** Where Plazbot's credentials would go. */
function plazbotDestination(baseUrl: string, byCampaign: boolean, environment: Environment): Destination {
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

/** A target with what has to be closed after use. */
export interface OpenTarget {
  readonly target: Target;
  readonly close: () => Promise<void>;
}

/** Starts the embedded sandbox of this ledger: nothing leaves the machine. */
export async function openSandboxTarget(app: App): Promise<Result<OpenTarget>> {
  const sandbox = await app.sandbox(app.besideLedger);
  if (!sandbox.ok) return sandbox;
  app.sandboxStarted();
  return ok({ target: sandboxTarget(sandbox.value.url), close: () => sandbox.value.close() });
}

/** Where a campaign goes, once that host may have the credentials; or the sandbox. */
export async function openTarget(
  campaign: Campaign,
  toSandbox: boolean,
  app: App,
): Promise<Result<OpenTarget>> {
  if (toSandbox) return openSandboxTarget(app);
  const target = await trustedTargetOf(campaign, app);
  return target.ok ? ok({ target: target.value, close: () => Promise.resolve() }) : target;
}

/** The target of a campaign, once its host may have the credentials. */
export async function trustedTargetOf(
  campaign: Parameters<typeof targetOf>[0],
  app: App,
): Promise<Result<Target>> {
  const target = targetOf(campaign, app.environment);
  if (!target.ok || target.value.destination === null) return target;
  const trusted = await requireTrustedHost(target.value.destination, app);
  return trusted.ok ? target : trusted;
}

/** The embedded sandbox: stronger than any address or credential, so that nothing leaves the machine. */
export function sandboxTarget(baseUrl: string): Target {
  const workspace = SANDBOX_WORKSPACE;
  return { baseUrl, workspaceId: workspace, apiKey: null, workspace, destination: null, secrets: [] };
}
