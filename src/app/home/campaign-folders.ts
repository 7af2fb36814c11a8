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
