import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** More folders than anybody keeps campaigns in. */
const MOST_FOLDERS = 2_000;

/**
 * Names of the folders in a folder that hold a campaign file, in order; none where it is not there or may not be read.
 * What begins with a dot, and links, are passed over.
 */
export async function campaignFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names
    .filter((name) => !name.startsWith('.') && existsSync(join(folder, name, 'campaign.yaml')))
    .toSorted((a, b) => a.localeCompare(b))
    .slice(0, MOST_FOLDERS);
}
