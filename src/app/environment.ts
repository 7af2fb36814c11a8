import type { ListProvider } from '../core/conversation.js';
import type { SettingSource } from '../core/trusted-host.js';

/** Variables whose source matters: credentials, and the addresses that they go to. */
export type EnvironmentName =
  | 'PLAZBOT_WORKSPACE_ID'
  | 'PLAZBOT_API_KEY'
  | 'PLATICA_API_KEY'
  | 'CHATBOTX_TOKEN'
  | 'PLAZBOT_BASE_URL'
  | 'PLATICA_BASE_URL'
  | 'CHATBOTX_BASE_URL';

/** Everything that comes from the environment or `.env`: credentials stand nowhere else. */
export interface Environment {
  readonly workspaceId: string | null;
  readonly plazbotApiKey: string | null;
  readonly platicaApiKey: string | null;
  readonly chatbotxToken: string | null;
  readonly plazbotBaseUrl: string | null;
  readonly platicaBaseUrl: string | null;
  readonly chatbotxBaseUrl: string | null;
  readonly ledger: string | null;
  /** With this the metrics of `serve` may be read from elsewhere. */
  readonly metricsToken: string | null;
  /** plazcast's own at the company's provider of identities. */
  readonly oidcClientSecret: string | null;
  /** Notices at the end of a run are signed with it. */
  readonly notifySecret: string | null;
  /** The user who acts in this terminal; null: nobody is named. */
  readonly user: string | null;
  /** Node is asked not to check the certificates of servers. */
  readonly certificatesUnchecked: boolean;
  /** Who named each variable that is set. */
  readonly sources: Readonly<Partial<Record<EnvironmentName, SettingSource>>>;
  /** Folder for the senders' locks and what is remembered of their ledgers; null: none was named, and there is no home. */
  readonly stateDir: string | null;
}

/** Every credential of the environment: none of them may stand in a log or a notice. */
export function environmentSecrets(environment: Environment): readonly (string | null)[] {
  const { workspaceId, plazbotApiKey, platicaApiKey, chatbotxToken } = environment;
  const { metricsToken, oidcClientSecret, notifySecret } = environment;
  return [
    workspaceId,
    plazbotApiKey,
    platicaApiKey,
    chatbotxToken,
    metricsToken,
    oidcClientSecret,
    notifySecret,
  ];
}

/** Where a provider lives, and what the environment says of it. */
export interface ProviderSettings {
  /** Where it lives unless told otherwise. */
  readonly usualUrl: string;
  readonly baseUrl: string | null;
  readonly baseUrlName: EnvironmentName;
  /** Its key or token. */
  readonly key: string | null;
  readonly keyName: EnvironmentName;
}

/** What the environment says of a provider. */
export function providerSettings(provider: ListProvider, environment: Environment): ProviderSettings {
  switch (provider) {
    case 'plazbot':
      return {
        usualUrl: 'https://api.plazbot.com',
        baseUrl: environment.plazbotBaseUrl,
        baseUrlName: 'PLAZBOT_BASE_URL',
        key: environment.plazbotApiKey,
        keyName: 'PLAZBOT_API_KEY',
      };
    case 'platica':
      return {
        usualUrl: 'https://api.platica.mx',
        baseUrl: environment.platicaBaseUrl,
        baseUrlName: 'PLATICA_BASE_URL',
        key: environment.platicaApiKey,
        keyName: 'PLATICA_API_KEY',
      };
    case 'chatbotx':
      return {
        usualUrl: 'https://app.chatbotx.io/api',
        baseUrl: environment.chatbotxBaseUrl,
        baseUrlName: 'CHATBOTX_BASE_URL',
        key: environment.chatbotxToken,
        keyName: 'CHATBOTX_TOKEN',
      };
  }
}
