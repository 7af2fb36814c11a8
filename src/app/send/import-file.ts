import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { ImportSource } from '../../core/ledger/imports.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { OpenRecipients, ReadCampaign, RecipientsFile, RowVerdict } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';

/** What taking a file into the ledger told. */
export interface Imported {
  /** False: this very file was in the ledger already. */
  readonly read: boolean;
  readonly changedAfterAccepted: number;
  readonly file: RecipientsFile;
  /** Of the recipients file with its mended rows. */
  readonly digest: string;
  readonly notices: readonly Problem[];
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
}

/** Takes the recipients file into the ledger, unless it is there already, and leaves `rejected.csv` beside it. */
export async function importFile(
  { imports, shared }: Pick<Ledger, 'imports' | 'shared'>,
  record: CampaignRecord,
  read: ReadCampaign,
  { campaignFiles, recipientFiles, environment, translateReason, clock }: ImportDeps,
): Promise<Result<Imported>> {
  const { campaign } = read;
  const opened = await recipientFiles.open(read, environment.stateDir);
  if (!opened.ok) return opened;
  const digest = await unlessUnusable(() => opened.value.digest());
  if (!digest.ok) return digest;
  const { file } = opened.value;
  const source: ImportSource = {
    file: campaign.recipients.file,
    fileDigest: digest.value,
    settingsDigest: await campaignFiles.rowSettingsDigest(campaign),
    columns: file.columns,
  };
  const known = await imports.last(record.id, source);
  const target = { campaignId: record.id, source, at: clock.now() };
  const unchanged = whileUnchanged(opened.value, source);
  // Whoever it brings nobody has confirmed: no machine goes on with what was confirmed before.
  if (known === null) await shared?.planned(record.id, null);
  const imported = known === null ? await unlessUnusable(() => imports.take(target, unchanged)) : ok(known);
  if (!imported.ok) return imported;
  const { changedAfterAccepted } = imported.value;
  const rejections = imports.rejections(record.id);
  const rejected = await opened.value.leaveRejected(rejections, translateReason);
  if (!rejected.ok) return rejected;
  // Of rows that were not read again nobody can tell which mended ones fit.
  const notices = [...file.notices, ...(known === null ? opened.value.rowNotices() : [])];
  const told = { changedAfterAccepted, file, digest: digest.value, notices };
  return ok({ read: known === null, ...told, rejectedFile: rejected.value });
}

type ImportDeps = Pick<App, 'campaignFiles' | 'recipientFiles' | 'translateReason' | 'clock'> & {
  readonly environment: Pick<App['environment'], 'stateDir'>;
};

async function unlessUnusable<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
}

/**
 * The file's batches; throws `UnusableFile` at their end when they were of another one by then. Somebody saved it
 * meanwhile: what was read may be half of the old and half of the new.
 */
async function* whileUnchanged(
  { batches, digestRead }: OpenRecipients,
  { file, fileDigest }: ImportSource,
): AsyncGenerator<readonly RowVerdict[]> {
  yield* batches;
  if (digestRead() !== fileDigest)
    throw new UnusableFile([{ code: 'recipients.changed-meanwhile', at: { file } }]);
}
