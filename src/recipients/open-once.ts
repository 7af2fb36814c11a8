import { statSync } from 'node:fs';
import type { Result } from '../core/problem.js';
import type { OpenRecipients, ReadCampaign } from '../core/recipient.js';
import { openRecipients } from './read-recipients.js';

interface Opened {
  /** What tells the file from a later one. */
  readonly state: string;
  readonly opened: Result<OpenRecipients>;
}

const OPENED = new WeakMap<ReadCampaign, Opened>();

/** Opens the recipients file of a campaign; one that was opened for it before, and has not changed since, only once. */
export async function openOnce(read: ReadCampaign): Promise<Result<OpenRecipients>> {
  const { campaign, renderer } = read;
  const state = stateOf(campaign.recipients.file);
  const known = OPENED.get(read);
  if (known !== undefined && state !== null && known.state === state) return known.opened;
  const opened = await openRecipients(campaign.recipients, {
    render: renderer,
    fixValues: campaign.fixValues,
  });
  if (state !== null) OPENED.set(read, { state, opened });
  return opened;
}

function stateOf(file: string): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}
