import type { ReadListAs } from '../../core/new-campaign.js';
import type { TableLook } from '../../core/phone-list.js';
import type { Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type FoundRecipients, ownRecipientsOf } from '../init/new-campaign.js';
import { type CampaignsFolder, uploadsIn } from './uploads.js';

/** What an upload looks like, read in some way. */
export interface UploadLook extends FoundRecipients {
  readonly look: TableLook;
}

/** How many rows are shown, and looked at for what may be a phone. */
const SAMPLE_ROWS = 20;

/**
 * The columns and first rows of an upload, which of them may hold phones, how it is written, and its sheets. What somebody
 * chose is taken; the rest is found.
 */
export async function lookAtUpload(
  where: CampaignsFolder,
  id: string,
  readAs: ReadListAs,
  { uploads, recipientFiles }: Pick<App, 'uploads' | 'recipientFiles'>,
): Promise<Result<UploadLook>> {
  const upload = await uploads.find(uploadsIn(where), id);
  if (!upload.ok) return upload;
  const header = await recipientFiles.header(upload.value.file, SAMPLE_ROWS, readAs);
  if (!header.ok) return header;
  const look = header.value;
  return { ok: true, value: { ...ownRecipientsOf(look, fileName(look)), look } };
}

/** What the recipients file of a campaign is called when it was uploaded. */
export function fileName({ format }: Pick<TableLook, 'format'>): string {
  return `recipients.${format.format}`;
}
