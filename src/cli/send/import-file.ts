import { rowSettingsDigest } from '../../campaign/digest.js';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { ImportSource } from '../../core/ledger/imports.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { failed, ok, type Problem, type Result, type Say } from '../../core/problem.js';
import type { RecipientsFile, RowVerdict } from '../../core/recipient.js';
import { digestRecipients } from '../../recipients/digest.js';
import { openRecipients } from '../../recipients/read-recipients.js';
import { removeRejected, writeRejected } from '../../recipients/rejected-file.js';
import { UnusableFile } from '../../recipients/unusable-file.js';
import { rowSentence } from '../row-sentence.js';
import { growYoungGeneration, shrinkYoungGeneration } from './heap.js';
import { rejectedPath } from './rejected-path.js';

/** What taking a file into the ledger told. */
export interface Imported {
  /** False: this very file was in the ledger already. */
  readonly read: boolean;
  readonly changedAfterAccepted: number;
  readonly file: RecipientsFile;
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
}

/** Takes the recipients file into the ledger, unless it is there already, and leaves `rejected.csv` beside it. */
export async function importFile(
  { imports }: Ledger,
  record: CampaignRecord,
  { campaign, renderer }: ReadCampaign,
  say: Say,
  at: number,
): Promise<Result<Imported>> {
  const path = campaign.recipients.file;
  const fileDigest = await unlessUnusable(() => digestRecipients(path));
  if (!fileDigest.ok) return fileDigest;
  const opened = await openRecipients(campaign.recipients, {
    render: renderer,
    fixValues: campaign.fixValues,
  });
  if (!opened.ok) return opened;
  const { file, batches } = opened.value;
  const source: ImportSource = {
    file: path,
    fileDigest: fileDigest.value,
    settingsDigest: rowSettingsDigest(campaign),
    columns: file.columns,
  };
  const known = await imports.last(record.id, source);
  const target = { campaignId: record.id, source, at };
  if (known === null) growYoungGeneration();
  const imported =
    known === null
      ? await unlessUnusable(() => imports.take(target, whileUnchanged(batches, path, source.fileDigest)))
      : ok(known);
  if (!imported.ok) return imported;
  const { changedAfterAccepted } = imported.value;
  const rejected = await leaveRejected(rejectedPath(campaign), file, imports.rejections(record.id), say);
  if (!rejected.ok) return rejected;
  return ok({ read: known === null, changedAfterAccepted, file, rejectedFile: rejected.value });
}

async function unlessUnusable<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
}

/**
 * The same batches; throws `UnusableFile` at their end when the file is another one by then. Somebody saved it
 * meanwhile: what was read may be half of the old and half of the new.
 */
async function* whileUnchanged(
  batches: AsyncIterable<readonly RowVerdict[]>,
  path: string,
  digest: string,
): AsyncGenerator<readonly RowVerdict[]> {
  yield* batches;
  if ((await digestRecipients(path)) !== digest) {
    throw new UnusableFile([{ code: 'recipients.changed-meanwhile', at: { file: path } }]);
  }
  // What was read is let go of while the ledger commits.
  shrinkYoungGeneration();
}

/**
 * Writes `rejected.csv`, or removes an old one when nothing is rejected.
 *
 * @returns the path, or null when nothing is rejected.
 */
export async function leaveRejected(
  path: string,
  file: RecipientsFile,
  rejections: Parameters<typeof writeRejected>[2],
  say: Say,
): Promise<Result<string | null>> {
  const written = await writeRejected(path, file, rejections, (reason, params) =>
    rowSentence(reason, params, say),
  );
  if (!written.ok) return failed(...written.problems.map(unwritableRejected));
  if (written.value > 0) return ok(path);
  try {
    await removeRejected(path);
    return ok(null);
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed({ code: 'cli.rejected-unwritable', params: { path, detail } });
  }
}

/** Nobody chose this name, so none else can be given: what the disk says is said in words of its own. */
function unwritableRejected(problem: Problem): Problem {
  const { params } = problem;
  if (params === undefined || !('code' in params && 'path' in params)) return problem;
  return { code: 'cli.rejected-unwritable', params: { path: params.path, detail: params.code } };
}
