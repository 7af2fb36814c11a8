import { dirname, join } from 'node:path';
import type { CampaignEdit, CampaignSource } from '../../core/campaign-edits.js';
import type { ReadListAs } from '../../core/new-campaign.js';
import type { Result } from '../../core/problem.js';
import { type EditingApp, editCampaign } from '../actions/edit-campaign.js';
import type { App } from '../app.js';
import { fileName, lookAtUpload } from './look-at-upload.js';
import { type CampaignsFolder, uploadsIn } from './uploads.js';

/** Another list for a campaign. */
export interface ReplacedList {
  /** Folder or file of the campaign. */
  readonly campaign: string;
  /** Digest of the campaign file as it was shown (`CampaignSource.digest`). */
  readonly expected: string;
  /** Id of the upload. */
  readonly upload: string;
  readonly readAs: ReadListAs;
  /** Column with the phones; null: the recognised one. */
  readonly phoneColumn: string | null;
}

/**
 * Gives a campaign the upload as its list. The old file stays where it is, under its name; the campaign file names the new
 * one from the moment in which it is saved, or not at all. Who is gone from the list is sent nothing any more.
 */
export async function replaceList(
  where: CampaignsFolder,
  { campaign, expected, upload: id, readAs, phoneColumn }: ReplacedList,
  app: App,
): Promise<Result<CampaignSource>> {
  const source = await app.campaignFiles.source(campaign);
  if (!source.ok) return source;
  const look = await lookAtUpload(where, id, readAs, app);
  if (!look.ok) return look;
  const upload = await app.uploads.find(uploadsIn(where), id);
  if (!upload.ok) return upload;
  const folder = dirname(source.value.file);
  const file = await freeFile(folder, fileName(look.value.look), app);
  const placed = await app.uploads.place(upload.value, join(folder, file));
  if (!placed.ok) return placed;
  // How the old list was to be read says nothing of the new one.
  const { sheet, encoding, delimiter } = readAs;
  const edits = editsOf({ file, sheet, encoding, delimiter, phone: phoneColumn ?? look.value.phoneColumn });
  const edited = await editCampaign(source.value.file, edits, expected, app, 'list-uploaded');
  await app.uploads.remove(edited.ok ? upload.value.file : join(folder, file));
  return edited;
}

/** `recipients.csv`, or `recipients-2.csv` where that is taken. */
async function freeFile(folder: string, wanted: string, { campaignFiles }: App): Promise<string> {
  const [stem = '', ending = ''] = wanted.split('.');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${stem}-${number}.${ending}`;
    if ((await campaignFiles.existing(folder, [name])).length === 0) return name;
  }
}

/** Changes under `recipients` of the campaign file. */
function editsOf(values: Readonly<Record<string, string | null>>): readonly CampaignEdit[] {
  return Object.entries(values).map(([key, value]) => ({ path: ['recipients', key], value }));
}

/** What somebody chose of how the list of a campaign is read; null: it is found. */
export function chooseReading(
  campaign: string,
  expected: string,
  chosen: ReadListAs & { readonly phone: string | null; readonly country: string | null },
  app: EditingApp,
): Promise<Result<CampaignSource>> {
  const { sheet, encoding, delimiter, phone, country } = chosen;
  return editCampaign(campaign, editsOf({ sheet, encoding, delimiter, phone, country }), expected, app);
}
