import { type CliEnd, type CliPlace, cliPlace } from './run-cli.js';

/** Credentials of every workplace: no output may hold any of them. */
export const SECRETS = {
  PLAZBOT_WORKSPACE_ID: 'workspace-4f1c9e77d2',
  PLAZBOT_API_KEY: 'pb-key-8b31c55a90',
  PLATICA_API_KEY: 'pl_key_77aa01c3fe',
  CHATBOTX_TOKEN: 'cbx-token-5d20e4b91c',
} as const;

/**
 * A place for commands that talk to all three providers, with credentials for each. `url` is a sandbox's; without
 * it nothing listens where the commands look.
 */
export function workplace(url = 'http://127.0.0.1:9'): CliPlace {
  return cliPlace({
    PLAZBOT_BASE_URL: url,
    PLATICA_BASE_URL: url,
    CHATBOTX_BASE_URL: `${url}/api`,
    ...SECRETS,
  });
}

/** Names of the credentials that an output holds: there must be none. */
export function secretsIn({ said }: Pick<CliEnd, 'said'>): readonly string[] {
  return Object.entries(SECRETS)
    .filter(([, secret]) => said.includes(secret))
    .map(([name]) => name);
}
