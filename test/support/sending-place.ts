import type { SandboxOptions } from '../../src/sandbox/options.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { type CliEnv, type CliPlace, campaignYaml, cliPlace, recipientsCsv } from './run-cli.js';

/** Credentials that no output, ledger or file may hold. */
export const WORKSPACE = 'workspace-7b1e55d0c4a9';
export const API_KEY = 'pk-live-93ac01ff77';

/** A place whose commands send to a sandbox, and that sandbox's log. */
export interface SendingPlace extends CliPlace {
  readonly url: string;
  /** What commands there have in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The sandbox's log, for `executionsByPhone` and its kin. */
  readonly logFile: string;
  /** Runs a command and reads its `--json` document. */
  readonly json: (args: readonly string[], env?: CliEnv) => ReturnType<CliPlace['run']>;
}

/** A place with the campaign `sale` in `sale/`, for so many people; `lines` go into its campaign file. */
export async function sendingPlace(
  people: number,
  lines: Readonly<Record<string, string>> = {},
  options: Partial<SandboxOptions> = {},
): Promise<SendingPlace> {
  const sandbox = await runningSandbox(options);
  const environment = {
    PLAZBOT_BASE_URL: sandbox.url,
    PLAZBOT_WORKSPACE_ID: WORKSPACE,
    PLAZBOT_API_KEY: API_KEY,
  };
  const place = cliPlace(environment);
  place.write('sale/campaign.yaml', campaignYaml(lines));
  place.write('sale/recipients.csv', recipientsCsv(people));
  return {
    ...place,
    url: sandbox.url,
    environment,
    logFile: sandbox.dbFile,
    json: (args, env) => place.run([...args, '--json'], env),
  };
}

/** The same, with a template of the provider's list, whose text nobody has asked for yet. */
export async function listedPlace(people: number): Promise<SendingPlace> {
  const place = await sendingPlace(people, { template: 'bienvenida_es' });
  const [, ...rows] = place.read('sale/recipients.csv').trim().split('\n');
  place.write(
    'sale/recipients.csv',
    ['phone,body.1,body.2,header.1', ...rows.map((row) => `${row},Lima,Olla`)].join('\n'),
  );
  return place;
}
