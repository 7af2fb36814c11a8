import type { SandboxOptions } from '../../src/sandbox/options.js';
import { emptyLedgerDatabase } from './postgres/ledger-database.js';
import {
  type CliEnd,
  type CliEnv,
  type CliPlace,
  campaignYaml,
  cliPlace,
  type RunningCli,
  recipientsCsv,
} from './run-cli.js';
import { API_KEY, type SendingPlace, sendingPlace, WORKSPACE } from './sending-place.js';

/** Several machines: places of their own with one ledger, in a database, and one provider. */
export interface SharedPlace {
  /** Where people type `send`; it has the campaign files. */
  readonly office: SendingPlace;
  /** A machine without any campaign file, but with the credentials. */
  readonly machine: () => CliPlace;
  /** Address of the ledger's database, with its password. */
  readonly address: string;
}

/** A campaign `sale` for so many people in an office, and a ledger that other machines share. */
export async function sharedPlace(
  people: number,
  lines: Readonly<Record<string, string>> = {},
  options: Partial<SandboxOptions> = {},
): Promise<SharedPlace> {
  const address = await emptyLedgerDatabase();
  const office = await sendingPlace(people, lines, options);
  const env = {
    PLAZBOT_BASE_URL: office.url,
    PLAZBOT_WORKSPACE_ID: WORKSPACE,
    PLAZBOT_API_KEY: API_KEY,
    PLAZCAST_LEDGER: address,
  };
  return { office: withEnv(office, { PLAZCAST_LEDGER: address }), machine: () => cliPlace(env), address };
}

/** Another campaign in an office. */
export function addCampaign(
  { write }: Pick<CliPlace, 'write'>,
  name: string,
  people: { readonly count: number; readonly first: number },
  lines: Readonly<Record<string, string>> = {},
): void {
  write(`${name}/campaign.yaml`, campaignYaml({ name, ...lines }));
  write(`${name}/recipients.csv`, recipientsCsv(people.count, people.first));
}

function withEnv<P extends SendingPlace>(place: P, more: CliEnv): P {
  const run = (args: readonly string[], env: CliEnv = {}, cwd?: string): Promise<CliEnd> =>
    place.run(args, { ...more, ...env }, cwd);
  const start: CliPlace['start'] = (args, env = {}, ...rest): RunningCli =>
    place.start(args, { ...more, ...env }, ...rest);
  return { ...place, run, start, json: (args, env) => run([...args, '--json'], env) };
}
