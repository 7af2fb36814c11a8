import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../core/campaign.js';

/**
 * Where the rejected rows of a campaign go: `rejected.csv` beside the campaign file; `rejected-again.csv` when the
 * operator mended the first and sends it as the recipients file, which is never written over.
 */
export function rejectedPath(campaign: Campaign): string {
  const usual = join(campaign.folder, 'rejected.csv');
  return isSameFile(usual, campaign.recipients.file) ? join(campaign.folder, 'rejected-again.csv') : usual;
}

/** Also under two names: a link, or a file system that does not tell cases apart. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && first.ino === second?.ino && first.dev === second?.dev;
}
