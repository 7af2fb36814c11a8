import { join } from 'node:path';
import type { ReadCampaign } from '../../campaign/read-campaign.js';
import { rowSettingsDigest } from '../../campaign/digest.js';
import { failed, ok, type Problem, type Result, type Say } from '../../core/problem.js';
import type { RecipientsFile } from '../../core/recipient.js';
import type { CampaignRecord } from '../../ledger/campaign-records.js';
import { importRecipients, type ImportSource, isImported } from '../../ledger/import-recipients.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
import { storedRejections } from '../../ledger/stored-rejections.js';
import { digestRecipients } from '../../recipients/digest.js';
import { openRecipients } from '../../recipients/read-recipients.js';
import { removeRejected, writeRejected } from '../../recipients/rejected-file.js';
import { UnusableFile } from '../../recipients/unusable-file.js';
import { rowSentence } from '../row-sentence.js';

/** What taking a file into the ledger told. */
export interface Imported {
  /** False: this very file was in the ledger already. */
  readonly read: boolean;
  readonly changedAfterAccepted: number;
  readonly notices: readonly Problem[];
  /** Path of `rejected.csv`, or null when nothing is rejected. */
  readonly rejectedFile: string | null;
}

/** Takes the recipients file into the ledger, unless it is there already, and leaves `rejected.csv` beside it. */
export async function importFile(
  db: LedgerDatabase,
  record: CampaignRecord,
  { campaign, renderer }: ReadCampaign,
  say: Say,
  at: number,
): Promise<Result<Imported>> {
  const opened = await openRecipients(campaign.recipients, { render: renderer, fixValues: campaign.fixValues });
  if (!opened.ok) return opened;
  const { file, batches } = opened.value;
  const source: ImportSource = {
    file: campaign.recipients.file,
    fileDigest: await digestRecipients(campaign.recipients.file),
    settingsDigest: rowSettingsDigest(campaign),
    columns: file.columns,
  };
  let changedAfterAccepted = 0;
  const read = !isImported(db, record.id, source);
  try {
    if (read) {
      await importRecipients(db, record.id, source, batches, at, (_verdicts, standings) => {
        for (const standing of standings) {
          if (standing?.kind === 'known' && standing.status === 'accepted' && standing.changed) {
            changedAfterAccepted += 1;
          }
        }
      });
    }
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
  const rejected = await leaveRejected(join(campaign.folder, 'rejected.csv'), file, storedRejections(db, record.id), say);
  if (!rejected.ok) return rejected;
  return ok({ read, changedAfterAccepted, notices: file.notices, rejectedFile: rejected.value });
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
  try {
    const count = await writeRejected(path, file, rejections, (reason, params) => rowSentence(reason, params, say));
    if (count > 0) return ok(path);
    await removeRejected(path);
    return ok(null);
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed({ code: 'cli.rejected-unwritable', params: { path, detail } });
  }
}
