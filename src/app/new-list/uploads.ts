import { join } from 'node:path';
import { ok, type Result } from '../../core/problem.js';
import { type Upload, USUAL_UPLOAD_BYTES } from '../../core/upload.js';
import type { App } from '../app.js';

/** Where campaigns lie that are made from uploads. */
export interface CampaignsFolder {
  /** Absolute path. */
  readonly folder: string;
}

/** What nobody made a campaign of is kept so long. */
const KEPT_MS = 24 * 3_600_000;

/** Beside the campaigns, so that an upload becomes a recipients file without being copied. No campaign's name has a dot. */
export function uploadsIn({ folder }: CampaignsFolder): string {
  return join(folder, '.uploads');
}

/**
 * Takes in an upload; what others left unused for a day is taken away.
 *
 * @param announced bytes, as the browser says; null: it does not
 */
export async function takeUpload(
  where: CampaignsFolder,
  bytes: AsyncIterable<Uint8Array>,
  announced: number | null,
  { uploads, clock }: Pick<App, 'uploads' | 'clock'>,
  most = USUAL_UPLOAD_BYTES,
): Promise<Result<Upload>> {
  const folder = uploadsIn(where);
  await uploads.sweep(folder, clock.now() - KEPT_MS);
  return uploads.receive(folder, bytes, { most, announced });
}

/** Takes an upload away; one that is gone already is no problem. */
export async function dropUpload(
  where: CampaignsFolder,
  id: string,
  { uploads }: Pick<App, 'uploads'>,
): Promise<Result<null>> {
  const found = await uploads.find(uploadsIn(where), id);
  if (found.ok) await uploads.remove(found.value.file);
  return ok(null);
}
