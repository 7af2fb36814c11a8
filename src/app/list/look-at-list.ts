import type { RecipientsSource, TextEncoding } from '../../core/campaign.js';
import type { CampaignSource } from '../../core/campaign-edits.js';
import { indexOfColumn } from '../../core/column-key.js';
import type { ReadListAs } from '../../core/new-campaign.js';
import type { TableLook } from '../../core/phone-list.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { ownRecipientsOf } from '../init/new-campaign.js';

/** The list of a campaign, as its start shows it. */
export interface ListSeen {
  readonly look: TableLook;
  /** Likeliest first. */
  readonly phoneCandidates: readonly string[];
  /** The one that is used; null: nobody named one that is there, and none or several look like it. */
  readonly phoneColumn: string | null;
}

/** A campaign file with its list. */
export interface CampaignList {
  readonly source: CampaignSource;
  /** How its list is to be read. */
  readonly recipients: RecipientsSource;
  readonly list: Result<ListSeen>;
  /** Where that cannot be read: the list as it looks by itself; null: it cannot be read at all. */
  readonly found: ListSeen | null;
}

const SAMPLE_ROWS = 20;
const FOUND: ReadListAs = { sheet: null, encoding: null, delimiter: null };

/** How the list of a campaign is read, with its first rows. A failure: the campaign file cannot be used. */
export async function lookAtList(
  campaign: string,
  app: Pick<App, 'campaignFiles' | 'recipientFiles'>,
): Promise<Result<CampaignList>> {
  const source = await app.campaignFiles.source(campaign);
  if (!source.ok) return source;
  const { read } = source.value;
  if (!read.ok) return read;
  const { recipients } = read.value.campaign;
  const list = await seenAs(recipients, readAsOf(recipients), app);
  const found = list.ok ? null : await seenAs(recipients, FOUND, app);
  return ok({ source: source.value, recipients, list, found: found?.ok ? found.value : null });
}

async function seenAs(
  { file, phoneColumn }: RecipientsSource,
  readAs: ReadListAs,
  { recipientFiles }: Pick<App, 'recipientFiles'>,
): Promise<Result<ListSeen>> {
  const look = await recipientFiles.header(file, SAMPLE_ROWS, readAs);
  if (!look.ok) return look;
  const found = ownRecipientsOf(look.value, file);
  const { columns } = look.value;
  const named = phoneColumn === null ? null : (columns[indexOfColumn(columns, phoneColumn)] ?? null);
  return ok({
    look: look.value,
    phoneCandidates: found.phoneColumns,
    phoneColumn: phoneColumn === null ? found.phoneColumn : named,
  });
}

/** What a campaign file says of how its list is read. */
export function readAsOf({ sheet, encoding, delimiter }: RecipientsSource): ReadListAs {
  return { sheet, encoding, delimiter };
}

/** A text of the list in each of these encodings, so that a person sees which one is right. */
export async function readInEncodings(
  { file, delimiter }: RecipientsSource,
  encodings: readonly TextEncoding[],
  { recipientFiles }: Pick<App, 'recipientFiles'>,
): Promise<ReadonlyMap<TextEncoding, TableLook>> {
  const looks = new Map<TextEncoding, TableLook>();
  for (const encoding of encodings) {
    const look = await recipientFiles.header(file, SAMPLE_ROWS, { sheet: null, encoding, delimiter });
    if (look.ok) looks.set(encoding, look.value);
  }
  return looks;
}
