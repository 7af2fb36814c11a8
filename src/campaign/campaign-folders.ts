import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileState } from '../files/file-identity.js';

/** More folders than anybody keeps campaigns in. */
const MOST_FOLDERS = 2_000;

/** A campaign file of a folder. */
export interface FolderOfCampaign {
  /** Absolute path. */
  readonly file: string;
  /** What tells it from what it was or will be once somebody saves it. */
  readonly state: string;
}

/**
 * The campaign files one folder below, in order of their names; none where it is not there or may not be read. Hidden folders
 * and links are passed over.
 */
export async function campaignFolders(folder: string): Promise<readonly FolderOfCampaign[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  const found = names.toSorted().flatMap((name) => {
    const file = join(folder, name, 'campaign.yaml');
    const state = fileState(file);
    return state === null ? [] : [{ file, state }];
  });
  return found.slice(0, MOST_FOLDERS);
}
