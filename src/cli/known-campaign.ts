import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReadCampaign } from '../campaign/read-campaign.js';
import type { CampaignRecord } from '../core/ledger/campaigns.js';
import type { Ledger } from '../core/ledger/ledger.js';
import { readCampaignFile } from './campaign-file.js';
import type { Cli } from './command.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';
import { orFail } from './problems.js';
import { SANDBOX_WORKSPACE, workspaceFingerprint } from './workspace.js';

/** A campaign of the ledger, with its file where that was named and can be read. */
export interface KnownCampaign {
  readonly record: CampaignRecord;
  readonly read: ReadCampaign | null;
}

/** The campaign that a person means: a folder, a campaign file, or a name that the ledger knows. */
export async function knownCampaign(
  argument: string,
  sandbox: boolean,
  ledger: Ledger,
  cli: Cli,
): Promise<KnownCampaign> {
  const path = resolve(cli.cwd, argument);
  const isFile = existsSync(path) && (existsSync(join(path, 'campaign.yaml')) || statSync(path).isFile());
  if (!isFile) return { record: await recordNamed(argument, sandbox, ledger, cli), read: null };
  const read = orFail(await readCampaignFile(path));
  return { record: await recordNamed(read.campaign.name, sandbox, ledger, cli), read };
}

/** The campaign file behind a record: as named, or where the last send found it. */
export async function campaignFileOf(known: KnownCampaign): Promise<ReadCampaign> {
  if (known.read !== null) return known.read;
  return orFail(await readCampaignFile(known.record.file));
}

async function recordNamed(
  name: string,
  sandbox: boolean,
  { campaigns }: Ledger,
  cli: Cli,
): Promise<CampaignRecord> {
  const named = await campaigns.list(name);
  const found = sandbox
    ? named.filter(({ workspace }) => workspace === SANDBOX_WORKSPACE)
    : preferred(named, cli);
  const [record] = found;
  if (record === undefined && named.length > 0) {
    throw new CommandFailure(EXIT.unusable, [{ code: 'cli.not-in-workspace', params: { name } }]);
  }
  if (record === undefined) {
    const known = [...new Set((await campaigns.list(null)).map((other) => other.name))];
    const file = cli.ledgerFile;
    throw new CommandFailure(EXIT.unusable, [
      known.length === 0
        ? { code: 'ledger.no-campaigns', params: { file } }
        : { code: 'ledger.no-campaign', params: { file, name, known: known.join(', ') } },
    ]);
  }
  if (found.length > 1)
    throw new CommandFailure(EXIT.unusable, [{ code: 'cli.ambiguous-campaign', params: { name } }]);
  return record;
}

/** The workspace of the environment first; then real ones before the sandbox. */
function preferred(named: readonly CampaignRecord[], cli: Cli): readonly CampaignRecord[] {
  const { workspaceId } = cli.environment;
  const own =
    workspaceId === null ? [] : named.filter((r) => r.workspace === workspaceFingerprint(workspaceId));
  if (own.length > 0) return own;
  const real = named.filter(({ workspace }) => workspace !== SANDBOX_WORKSPACE);
  return real.length > 0 ? real : named;
}
