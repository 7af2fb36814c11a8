import { type Environment, type EnvironmentName, environmentSecrets } from '../../app/environment.js';
import { uncheckedCertificates } from '../../app/untrusted-host.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { PlazbotApi } from '../../core/campaign.js';
import type { ConversationPages, ListProvider } from '../../core/conversation.js';
import { type GivenOptions, type ListOptions, readListOptions } from '../../core/conversation-options.js';
import type { RecordFields } from '../../core/conversation-rows.js';
import { LIST_OPTION_NAMES } from '../../core/list-option-tables.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { type Redact, redactor } from '../../core/redaction.js';
import type { AddressSource, SettingSource } from '../../core/trusted-host.js';
import { PROVIDER_BASE_URLS } from '../../providers/http/base-url.js';
import type { ListWait } from '../../providers/http/reading-client.js';
import { systemClock } from '../clock.js';
import type { Args, Cli } from '../command.js';
import { requireTrustedHost } from '../host-trust.js';

/** Which list a command wants to read. */
export interface ListRequest {
  readonly provider: ListProvider;
  readonly given: GivenOptions;
  /** `--base-url`; null: the environment or the provider's own. */
  readonly baseUrl: string | null;
  /** `--workspace`; null: the environment's. Plazbot only. */
  readonly workspaceId: string | null;
  readonly api: PlazbotApi;
  /** Address of a sandbox that is to be read instead of the provider, or null. */
  readonly sandboxUrl: string | null;
}

/** A list that is ready to be read; nothing was requested yet. */
export interface OpenedList {
  readonly provider: ListProvider;
  readonly pages: ConversationPages;
  readonly fields: RecordFields;
  /** Hides credentials, whoever says them. */
  readonly redact: Redact;
}

/** What the command line asks for. */
export function listRequestOf(args: Args, provider: ListProvider, sandboxUrl: string | null): ListRequest {
  const given = [...LIST_OPTION_NAMES].map((name) => [name, givenOption(args.raw(name))] as const);
  return {
    provider,
    given: Object.fromEntries(given),
    baseUrl: args.text('base-url'),
    workspaceId: args.text('workspace'),
    api: args.text('api') === 'current' ? 'current' : 'classic',
    sandboxUrl,
  };
}

function givenOption(value: unknown): GivenOptions[string] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

/** Opens a provider's list. Problems: options, base URL or credentials that cannot be used. */
export async function openList(
  request: ListRequest,
  cli: Cli,
  signal: AbortSignal,
): Promise<Result<OpenedList>> {
  const { provider } = request;
  const options = readListOptions(provider, request.given);
  const access = accessOf(request, cli.environment);
  const deps = {
    clock: systemClock,
    chance: Math.random,
    signal,
    onWait: (wait: ListWait) => sayWait(provider, wait, cli),
  };
  if (!options.ok) return options;
  const unchecked = uncheckedCertificates(access.baseUrl, cli.environment);
  if (unchecked !== null) return failed(unchecked);
  const trusted = await trustedAccess(access, cli);
  if (!trusted.ok) return trusted;
  const opened = await openedBy[provider](
    { ...access, ...deps, options: options.value, api: request.api },
    access,
  );
  if (opened.ok) return ok({ provider, ...opened.value, redact: redactor(access.secrets) });
  const fromUrl = opened.problems.some(({ code }) => code.startsWith('url.'));
  if (access.urlVariable === null || !fromUrl) return opened;
  return failed(...opened.problems, {
    code: 'environment.base-url',
    params: { name: access.urlVariable },
  });
}

/** An address that cannot be read is told with its own problem, by whoever opens it. */
async function trustedAccess({ baseUrl, namedBy, credentials }: Access, cli: Cli): Promise<Result<null>> {
  if (namedBy === null || !URL.canParse(baseUrl)) return ok(null);
  return requireTrustedHost({ host: new URL(baseUrl).host, namedBy, credentials }, cli);
}

function sayWait(provider: ListProvider, { reason, ms, page }: ListWait, { terminal, translate }: Cli): void {
  const code = reason === 'throttled' ? 'list.waiting.throttled' : 'list.waiting.retry';
  terminal.aside(translate(code, { provider, page, seconds: Math.ceil(ms / 1000) }));
}

/** Where a list is, and what opens it. */
interface Access {
  readonly baseUrl: string;
  /** The environment variable that the address came from, or null. */
  readonly urlVariable: string | null;
  /** Who named the address; null: it is this machine's own sandbox. */
  readonly namedBy: AddressSource | null;
  /** Who named each credential. */
  readonly credentials: readonly SettingSource[];
  readonly workspaceId: string;
  readonly key: string;
  readonly secrets: readonly (string | null)[];
}

function accessOf(request: ListRequest, environment: Environment): Access {
  const { provider, sandboxUrl } = request;
  if (sandboxUrl !== null) {
    // Nothing of the real accounts goes anywhere, not even to this machine.
    const baseUrl = provider === 'chatbotx' ? `${sandboxUrl}/api` : sandboxUrl;
    const key = provider === 'plazbot' ? '' : SANDBOX_WORKSPACE;
    return {
      baseUrl,
      urlVariable: null,
      namedBy: null,
      credentials: [],
      workspaceId: SANDBOX_WORKSPACE,
      key,
      secrets: [],
    };
  }
  const { url, variable } = PROVIDER_BASE_URLS[provider];
  const { sources } = environment;
  const fromEnvironment = baseUrlIn(environment, provider);
  const workspaceId = request.workspaceId ?? environment.workspaceId ?? '';
  const key = keyIn(environment, provider) ?? '';
  return {
    baseUrl: request.baseUrl ?? fromEnvironment ?? url,
    urlVariable: request.baseUrl === null && fromEnvironment !== null ? variable : null,
    namedBy: request.baseUrl !== null ? 'option' : (sources[variable] ?? 'provider'),
    credentials: credentialSources(request, environment),
    workspaceId,
    key,
    secrets: [...environmentSecrets(environment), workspaceId, key],
  };
}

function credentialSources(
  { provider, workspaceId }: ListRequest,
  { sources }: Environment,
): readonly SettingSource[] {
  const key = sources[KEY_VARIABLES[provider]];
  const workspace = workspaceId === null ? sources.PLAZBOT_WORKSPACE_ID : 'option';
  const used = provider === 'plazbot' ? [key, workspace] : [key];
  return used.filter((source) => source !== undefined);
}

const KEY_VARIABLES = {
  plazbot: 'PLAZBOT_API_KEY',
  platica: 'PLATICA_API_KEY',
  chatbotx: 'CHATBOTX_TOKEN',
} as const satisfies Record<ListProvider, EnvironmentName>;

function baseUrlIn(environment: Environment, provider: ListProvider): string | null {
  const { plazbotBaseUrl, platicaBaseUrl, chatbotxBaseUrl } = environment;
  return { plazbot: plazbotBaseUrl, platica: platicaBaseUrl, chatbotx: chatbotxBaseUrl }[provider];
}

function keyIn(environment: Environment, provider: ListProvider): string | null {
  const { plazbotApiKey, platicaApiKey, chatbotxToken } = environment;
  return { plazbot: plazbotApiKey, platica: platicaApiKey, chatbotx: chatbotxToken }[provider];
}

interface Settings {
  readonly baseUrl: string;
  readonly options: ListOptions;
  readonly api: PlazbotApi;
  readonly clock: typeof systemClock;
  readonly chance: () => number;
  readonly signal: AbortSignal;
  readonly onWait: (wait: ListWait) => void;
}

type Opened = Result<Pick<OpenedList, 'pages' | 'fields'>>;

/** Each provider's own way in; its code is loaded when it is asked for. */
const openedBy: Readonly<Record<ListProvider, (settings: Settings, access: Access) => Promise<Opened>>> = {
  plazbot: async (settings, { workspaceId, key }) => {
    const { listPlazbot } = await import('../../providers/plazbot/list.js');
    const { plazbotFields: fields } = await import('../../providers/plazbot/list-record.js');
    const token = settings.options.get('continuation-token');
    const continuationToken = typeof token === 'string' ? token : null;
    const pages = listPlazbot({ ...settings, workspaceId, apiKey: key, continuationToken });
    return pages.ok ? ok({ pages: pages.value, fields }) : pages;
  },
  platica: async (settings, { key }) => {
    const { listPlatica } = await import('../../providers/platica/list.js');
    const { platicaFields: fields } = await import('../../providers/platica/record.js');
    const pages = listPlatica({ ...settings, apiKey: key });
    return pages.ok ? ok({ pages: pages.value, fields }) : pages;
  },
  chatbotx: async (settings, { key }) => {
    const { listChatbotx } = await import('../../providers/chatbotx/list.js');
    const { chatbotxFields: fields } = await import('../../providers/chatbotx/record.js');
    const pages = listChatbotx({ ...settings, token: key });
    return pages.ok ? ok({ pages: pages.value, fields }) : pages;
  },
};
