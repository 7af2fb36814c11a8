import { resolve } from 'node:path';
import type { CampaignRecord } from '../core/ledger/campaigns.js';
import type { Ledger } from '../core/ledger/ledger.js';
import { failed, ok, type Result } from '../core/problem.js';
import type { ReadCampaign } from '../core/recipient.js';
import type { App } from './app.js';
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
  app: App,
): Promise<Result<KnownCampaign>> {
  const named = await namedCampaign(argument, app);
  return named.ok ? known(named.value.name, sandbox, named.value.read, ledger, app) : named;
}

/** Its name, and its file where that was named, whether the ledger knows it or not. */
export async function namedCampaign(
  argument: string,
  { cwd, campaignFiles }: Pick<App, 'cwd' | 'campaignFiles'>,
): Promise<Result<Pick<KnownCampaign, 'read'> & { readonly name: string }>> {
  const path = resolve(cwd, argument);
  if (!campaignFiles.isThere(path)) return ok({ name: argument, read: null });
  const read = await campaignFiles.read(path);
  return read.ok ? ok({ name: read.value.campaign.name, read: read.value }) : read;
}

/** The campaign file behind a record: as named, or where the last send found it. */
export async function campaignFileOf(
  { read, record }: KnownCampaign,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<Result<ReadCampaign>> {
  return read === null ? campaignFiles.read(record.file) : ok(read);
}

async function known(
  name: string,
  sandbox: boolean,
  read: ReadCampaign | null,
  { campaigns }: Ledger,
  app: App,
): Promise<Result<KnownCampaign>> {
  const named = await campaigns.list(name);
  const found = sandbox
    ? named.filter(({ workspace }) => workspace === SANDBOX_WORKSPACE)
    : preferred(named, app);
  const [record] = found;
  if (record === undefined && named.length > 0)
    return failed({ code: 'cli.not-in-workspace', params: { name } });
  if (record === undefined) {
    const others = [...new Set((await campaigns.list(null)).map((other) => other.name))];
    const file = app.ledgerFile;
    return failed(
      others.length === 0
        ? { code: 'ledger.no-campaigns', params: { file } }
        : { code: 'ledger.no-campaign', params: { file, name, known: others.join(', ') } },
    );
  }
  return found.length > 1
    ? failed({ code: 'cli.ambiguous-campaign', params: { name } })
    : ok({ record, read });
}

/** The workspace of the environment first; then real ones before the sandbox. */
export function preferred<Named extends Pick<CampaignRecord, 'workspace'>>(
  named: readonly Named[],
  { environment: { workspaceId } }: Pick<App, 'environment'>,
): readonly Named[] {
  const own =
    workspaceId === null ? [] : named.filter((r) => r.workspace === workspaceFingerprint(workspaceId));
  if (own.length > 0) return own;
  const real = named.filter(({ workspace }) => workspace !== SANDBOX_WORKSPACE);
  return real.length > 0 ? real : named;
}
