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
  const { app, translate } = visit;
  const readAs = { sheet: null, encoding: null, delimiter: null };
  const request = { title, upload, readAs, phoneColumn: null, answers: { country } };
  const made = await newCampaign(campaignsOf(visit), request, translate, app);
  if (made.ok) return ok(made.value.name);
  await dropUpload(campaignsOf(visit), upload, app);
  return made;
}
