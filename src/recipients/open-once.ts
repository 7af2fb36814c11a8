import { ok, type Result } from '../core/problem.js';
import type { OpenRecipients, ReadCampaign } from '../core/recipient.js';
import { fileState } from '../files/file-identity.js';
import { leaveRejected } from './leave-rejected.js';
import { collectMended } from './mended/collect-mended.js';
import { type MendedPlaces, mendedPlaces } from './mended/places.js';
import { openRecipients } from './read-recipients.js';

interface Opened {
  /** What tells the file from a later one. */
  readonly state: string;
  readonly opened: Result<OpenRecipients>;
}

const OPENED = new WeakMap<ReadCampaign, Opened>();

/** Opens the recipients file of a campaign; one that was opened for it before, and has not changed since, only once. */
export async function openOnce(read: ReadCampaign, stateDir: string | null): Promise<Result<OpenRecipients>> {
  const { campaign } = read;
  const places = mendedPlaces(campaign, stateDir);
  const state = stateOf(campaign.recipients.file, places);
  const known = OPENED.get(read);
  if (known !== undefined && state !== null && known.state === state) return known.opened;
  const opened = await openAnew(read, places);
  if (state !== null) OPENED.set(read, { state, opened });
  return opened;
}

async function openAnew(
  { campaign, renderer }: ReadCampaign,
  places: MendedPlaces,
): Promise<Result<OpenRecipients>> {
  const rules = { render: renderer, fixValues: campaign.fixValues, text: campaign.text };
  const opened = await openRecipients(campaign.recipients, rules, (columns, format) =>
    collectMended(places, columns, format),
  );
  if (!opened.ok) return opened;
  const { mended, judge: _, ...recipients } = opened.value;
  return ok({
    ...recipients,
    leaveRejected: (rejections, translate) =>
      leaveRejected(places, recipients.file, mended, rejections, translate),
  });
}

/** Of all files that a campaign's rows come from, the campaign file among them; null: one of them is gone. */
export function rowsState(
  { campaign }: ReadCampaign,
  stateDir: string | null,
): { readonly sources: string; readonly mended: string } | null {
  const { file, recipients, suppressFiles } = campaign;
  const [own, list] = [fileState(file), fileState(recipients.file)];
  if (own === null || list === null) return null;
  const { lists, mended } = mendedPlaces(campaign, stateDir);
  return {
    sources: [own, list, ...suppressFiles.map(fileState)].join(),
    mended: [...lists, mended].map(fileState).join(),
  };
}

/** null: the recipients file cannot be looked at. */
function stateOf(file: string, { lists, mended }: MendedPlaces): string | null {
  const own = fileState(file);
  return own === null ? null : [own, ...[...lists, mended].map(fileState)].join();
}
