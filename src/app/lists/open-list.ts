import type { PlazbotApi } from '../../core/campaign.js';
import type { ConversationPages, ListProvider, ListWait } from '../../core/conversation.js';
import { type GivenOptions, readListOptions } from '../../core/conversation-options.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { type Redact, redactor } from '../../core/redaction.js';
import type { AddressSource, SettingSource } from '../../core/trusted-host.js';
import type { App } from '../app.js';
import { environmentSecrets, providerSettings } from '../environment.js';
import { requireTrustedHost, uncheckedCertificates } from '../host-trust.js';
import { openSandboxTarget } from '../target.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/** Which list is to be read. */
export interface ListRequest {
  readonly provider: ListProvider;
  /** The provider's parameters, as a person gave them. */
  readonly given: GivenOptions;
  /** null: the environment or the provider's own. */
  readonly baseUrl: string | null;
  /** null: the environment's. Plazbot only. */
  readonly workspaceId: string | null;
  readonly api: PlazbotApi;
  /** The embedded sandbox stands for the provider. */
  readonly sandbox: boolean;
}

/** What a use case that reads lists works with. */
export interface ListSession {
  readonly request: ListRequest;
  /** Address of the sandbox that stands for the provider; null: it is the provider itself. */
  readonly sandboxUrl: string | null;
  /** Ends the reading: the page under way is given up. */
  readonly signal: AbortSignal;
  readonly observer: ListObserver;
}

/** Someone who watches lists being read. Must not throw. */
export interface ListObserver {
  waiting(provider: ListProvider, wait: ListWait): void;
  /** What a person should see. */
  notice(notice: Problem): void;
  /** So many records of a list have come; null: it is not being read any more. */
  progress(records: number | null): void;
}

/** A list that is ready to be read; nothing was requested yet. */
export interface OpenedList {
  readonly provider: ListProvider;
  readonly pages: ConversationPages;
  readonly fields: RecordFields;
  /** Hides credentials, whoever says them. */
  readonly redact: Redact;
}

/** Works with the way to a list: the sandbox runs meanwhile where it is asked for. */
export async function withList<T>(
  request: ListRequest,
  reading: Pick<ListSession, 'signal' | 'observer'>,
  app: App,
  work: (session: ListSession) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!request.sandbox) return work({ request, sandboxUrl: null, ...reading });
  const sandbox = await openSandboxTarget(app);
  if (!sandbox.ok) return sandbox;
  try {
    return await work({ request, sandboxUrl: sandbox.value.target.baseUrl, ...reading });
  } finally {
    await sandbox.value.close();
  }
}

/**
 * Opens a provider's list. Problems: options, base URL or credentials that cannot be used.
 *
 * @param given in place of the request's own parameters
 */
export async function openList(
  session: ListSession,
  app: App,
  given: GivenOptions = session.request.given,
): Promise<Result<OpenedList>> {
  const { request, signal, observer } = session;
  const { provider, api } = request;
  const options = readListOptions(provider, given);
  if (!options.ok) return options;
  const access = accessOf(session, app);
  const { baseUrl, workspaceId, key } = access;
  const unchecked = uncheckedCertificates(baseUrl, app.environment);
  if (unchecked !== null) return failed(unchecked);
  const trusted = await trustedAccess(access, app);
  if (!trusted.ok) return trusted;
  const opened = await app.lists.open({
    provider,
    baseUrl,
    workspaceId,
    key,
    api,
    options: options.value,
    signal,
    onWait: (wait) => observer.waiting(provider, wait),
  });
  if (opened.ok) return ok({ provider, ...opened.value, redact: redactor(access.secrets) });
  const fromUrl = opened.problems.some(({ code }) => code.startsWith('url.'));
  if (access.baseUrlName === null || !fromUrl) return opened;
  return failed(...opened.problems, {
    code: 'environment.base-url',
    params: { name: access.baseUrlName },
  });
}

/** An address that cannot be read is told with its own problem, by whoever opens it. */
async function trustedAccess({ baseUrl, namedBy, credentials }: Access, app: App): Promise<Result<null>> {
  if (namedBy === null || !URL.canParse(baseUrl)) return ok(null);
  return requireTrustedHost({ host: new URL(baseUrl).host, namedBy, credentials }, app);
}

/** Where a list is, and what opens it. */
interface Access {
  readonly baseUrl: string;
  /** The environment variable that the address came from, or null. */
  readonly baseUrlName: string | null;
  /** Who named the address; null: it is this machine's own sandbox. */
  readonly namedBy: AddressSource | null;
  /** Who named each credential. */
  readonly credentials: readonly SettingSource[];
  readonly workspaceId: string;
  readonly key: string;
  readonly secrets: readonly (string | null)[];
}

function accessOf({ request, sandboxUrl }: ListSession, { environment }: Pick<App, 'environment'>): Access {
  const { provider } = request;
  if (sandboxUrl !== null) return sandboxAccess(provider, sandboxUrl);
  const { sources } = environment;
  const settings = providerSettings(provider, environment);
  const workspaceId = request.workspaceId ?? environment.workspaceId ?? '';
  const key = settings.key ?? '';
  const workspaceSource = request.workspaceId === null ? sources.PLAZBOT_WORKSPACE_ID : 'option';
  const used = [sources[settings.keyName], ...(provider === 'plazbot' ? [workspaceSource] : [])];
  return {
    baseUrl: request.baseUrl ?? settings.baseUrl ?? settings.usualUrl,
    baseUrlName: request.baseUrl === null && settings.baseUrl !== null ? settings.baseUrlName : null,
    namedBy: request.baseUrl !== null ? 'option' : (sources[settings.baseUrlName] ?? 'provider'),
    credentials: used.filter((source) => source !== undefined),
    workspaceId,
    key,
    secrets: [...environmentSecrets(environment), workspaceId, key],
  };
}

/** Nothing of the real accounts goes anywhere, not even to this machine. */
function sandboxAccess(provider: ListProvider, url: string): Access {
  return {
    baseUrl: provider === 'chatbotx' ? `${url}/api` : url,
    baseUrlName: null,
    namedBy: null,
    credentials: [],
    workspaceId: SANDBOX_WORKSPACE,
    key: provider === 'plazbot' ? '' : SANDBOX_WORKSPACE,
    secrets: [],
  };
}
