import { join } from 'node:path';
import { failed, ok, type Result } from '../../core/problem.js';
import { recordFirst } from '../actions/record-action.js';
import type { App } from '../app.js';
import { lookAtUpload } from './look-at-upload.js';
import { type CampaignsFolder, uploadsIn } from './uploads.js';

/** A list that somebody brought for a campaign. */
export interface BroughtList {
  /** Name of the campaign. */
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  /** The columns of its own list. */
  readonly columns: readonly string[];
  /** Id of the upload. */
  readonly upload: string;
  /** Takes in what somebody mended in the list that lies there now: it makes room. A failure: not yet. */
  readonly keepEarlier: () => Promise<Result<null>>;
}

const FOUND = { sheet: null, encoding: null, delimiter: null };
/** What the list of rejected rows is called, in either form. */
const REJECTED = { csv: 'rejected.csv', xlsx: 'rejected.xlsx' } as const;

/**
 * Takes an upload for the campaign's own list of rejected rows, which somebody took away and mended: it comes into the place of
 * that list, and its rows stand in for the rejected ones. As the campaign's list it would leave everybody else out.
 *
 * @returns false: it is no such list, and was left alone
 */
export async function takeMendedList(
  where: CampaignsFolder,
  { name, folder, columns, upload: id, keepEarlier }: BroughtList,
  app: App,
): Promise<Result<boolean>> {
  const look = await lookAtUpload(where, id, FOUND, app);
  if (!look.ok) return look;
  const { notices, format } = look.value.look;
  const isRejected = notices.some(({ code }) => code === 'recipients.from-rejected');
  const isOwn = look.value.columns.join('\n') === columns.join('\n');
  const written = await app.campaignFiles.existing(folder, Object.values(REJECTED));
  if (!isRejected || !isOwn) return ok(false);
  // All were mended meanwhile, such as by the same press: as the campaign's list, these rows would leave everybody else out.
  if (written.length === 0) return failed({ code: 'mended.none-rejected' });
  const earlier = await keepEarlier();
  if (!earlier.ok) return earlier;
  const upload = await app.uploads.find(uploadsIn(where), id);
  if (!upload.ok) return upload;
  const list = REJECTED[format.format];
  const recorded = await recordFirst({ kind: 'list-uploaded', campaign: name, after: { list } }, app);
  if (!recorded.ok) return recorded;
  // A killed server leaves the old list or the new one: where there is none, who presses again would be told of no such rows.
  const put = await app.uploads.put(upload.value, join(folder, list));
  if (!put.ok) return put;
  await app.uploads.remove(upload.value.file);
  return ok(true);
}
