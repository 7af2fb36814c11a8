import { editCampaign } from '../../../app/actions/edit-campaign.js';
import { newCampaign } from '../../../app/new-list/new-campaign.js';
import { dropUpload } from '../../../app/new-list/uploads.js';
import { ok, type Result } from '../../../core/problem.js';
import type { Visit } from '../../visit.js';
import { campaignsOf } from '../list/files.js';

/**
 * Makes a campaign of an upload, which is gone if it comes to nothing. Returns its name.
 *
 * @param country null: the phones have their country code
 */
export async function makeCampaign(
  visit: Visit,
  upload: string,
  title: string,
  country: string | null,
): Promise<Result<string>> {
  const made = await makeOf(visit, upload, title, country);
  if (!made.ok) await dropUpload(campaignsOf(visit), upload, visit.app);
  return made;
}

async function makeOf(
  visit: Visit,
  upload: string,
  title: string,
  country: string | null,
): Promise<Result<string>> {
  const { app, translate } = visit;
  const answers = country === null ? {} : { country };
  const readAs = { sheet: null, encoding: null, delimiter: null };
  const request = { title, upload, readAs, phoneColumn: null, answers };
  const made = await newCampaign(campaignsOf(visit), request, translate, app);
  if (!made.ok || country !== null) return made.ok ? ok(made.value.name) : made;
  const source = await app.campaignFiles.source(made.value.folder);
  if (!source.ok) return source;
  // A campaign file is proposed with a country; here somebody said that the numbers need none.
  const edits = [{ path: ['recipients', 'country'], value: null }];
  const edited = await editCampaign(source.value.file, edits, source.value.digest, app);
  return edited.ok ? ok(made.value.name) : edited;
}
