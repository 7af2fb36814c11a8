import { basename, dirname } from 'node:path';
import type { Campaign } from '../../core/campaign.js';
import type { Problem } from '../../core/problem.js';
import type { App } from '../app.js';

/** A campaign folder, and what its file says. */
export interface CampaignFolder {
  /** Absolute path of its campaign file. */
  readonly file: string;
  /** null: the file is wrong. */
  readonly campaign: Campaign | null;
  readonly problems: readonly Problem[];
}

interface Seen {
  readonly state: string;
  readonly found: CampaignFolder;
}

/** The campaign folders of a server: each file is read again only when somebody saved it. */
export class CampaignFolders {
  readonly #seen = new Map<string, Seen>();

  /** Those in `folder`, in order of their names. */
  async in(
    folder: string,
    { campaignFiles }: Pick<App, 'campaignFiles'>,
  ): Promise<readonly CampaignFolder[]> {
    const found = await campaignFiles.folders(folder);
    const folders: CampaignFolder[] = [];
    for (const { file, state } of found) {
      const seen = this.#seen.get(file);
      const now = seen?.state === state ? seen : { state, found: await readFolder(file, campaignFiles) };
      this.#seen.set(file, now);
      folders.push(now.found);
    }
    const there = new Set(found.map(({ file }) => file));
    for (const file of this.#seen.keys()) if (!there.has(file)) this.#seen.delete(file);
    return folders;
  }
}

async function readFolder(file: string, { read }: App['campaignFiles']): Promise<CampaignFolder> {
  const result = await read(file);
  return result.ok
    ? { file, campaign: result.value.campaign, problems: [] }
    : { file, campaign: null, problems: result.problems };
}

/**
 * The name of the campaign that a file is of. One that cannot be read is still that of the campaign that was sent from it, or is
 * to be, last: who breaks a file while it is sent can still pause that. Else its folder's.
 *
 * @param known campaigns and launches of the ledger, the newest first
 */
export function nameOf(
  { file, campaign }: Pick<CampaignFolder, 'file' | 'campaign'>,
  known: readonly { readonly name: string; readonly file: string }[],
): string {
  return campaign?.name ?? known.find((one) => one.file === file)?.name ?? basename(dirname(file));
}
