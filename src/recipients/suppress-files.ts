import { BOUNDS } from '../core/bounds.js';
import type { Campaign } from '../core/campaign.js';
import type { Suppression } from '../core/ledger/people.js';
import type { OpenPhoneList } from '../core/phone-list.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { ordinarySize } from '../files/ordinary-file.js';

/** People of a do-not-contact file, and how many of its rows hold no number that can be read. */
interface SuppressFile {
  readonly people: readonly Suppression[];
  readonly unreadable: number;
  /** The first lines of those rows. */
  readonly unreadableLines: readonly number[];
}

const MOST_LINES = 5;

/** What of a campaign decides how its do-not-contact files are read. */
export type SuppressingCampaign = {
  readonly folder: string;
  readonly recipients: Pick<Campaign['recipients'], 'country'>;
};

/** Opens a do-not-contact file of a campaign, unless it is too large. */
export async function openSuppressFile(
  file: string,
  { folder, recipients }: SuppressingCampaign,
): Promise<Result<OpenPhoneList>> {
  const large = await tooLarge(file);
  if (large !== null) return failed(large);
  const { openPhoneList } = await import('./phone-list.js');
  const found = { phoneColumn: null, delimiter: null, encoding: null };
  return openPhoneList({ file, country: recipients.country, within: folder, ...found });
}

/** Reads a do-not-contact file: any CSV with a phone column, or bare numbers. `room`: how many people may be in it. */
export async function readSuppressFile(
  file: string,
  campaign: SuppressingCampaign,
  room: number,
): Promise<Result<SuppressFile>> {
  const { UnusableFile } = await import('../core/unusable-file.js');
  const opened = await openSuppressFile(file, campaign);
  if (!opened.ok) return opened;
  const people: Suppression[] = [];
  let unreadable = 0;
  const unreadableLines: number[] = [];
  try {
    for await (const rows of opened.value.batches) {
      for (const row of rows) {
        if (row.ok)
          people.push({
            person: row.person,
            phone: row.phone,
            reason: 'file',
            source: file,
            expiresAt: null,
          });
        else {
          unreadable += 1;
          if (unreadable <= MOST_LINES) unreadableLines.push(row.line);
        }
      }
      if (people.length > room) return failed(tooManyPeople(file));
    }
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
  return ok({ people, unreadable, unreadableLines });
}

function tooManyPeople(file: string): Problem {
  return { code: 'suppress.too-many', params: { most: BOUNDS.suppressedPeople.value }, at: { file } };
}

/** The people of all do-not-contact files of a campaign, and what a person should know about those files. */
interface SuppressedPeople {
  readonly people: readonly Suppression[];
  readonly notices: readonly Problem[];
}

/** Reads them. Rows without a readable number are a notice: somebody may be missing from the list. */
export async function readSuppressFiles(campaign: Campaign): Promise<Result<SuppressedPeople>> {
  const notices: Problem[] = [];
  let read: readonly Suppression[] = [];
  for (const file of campaign.suppressFiles) {
    const list = await readSuppressFile(file, campaign, BOUNDS.suppressedPeople.value - read.length);
    if (!list.ok) return list;
    read = read.concat(list.value.people);
    notices.push(...unreadableNotices(list.value, file));
  }
  return ok({ people: read, notices });
}

function unreadableNotices(
  { unreadable: count, unreadableLines }: SuppressFile,
  file: string,
): readonly Problem[] {
  if (count === 0) return [];
  const lines = unreadableLines.join(', ') + (count > unreadableLines.length ? ', …' : '');
  return [{ code: 'suppress.unreadable-lines', params: { count, lines }, at: { file } }];
}

async function tooLarge(file: string): Promise<Problem | null> {
  const { value } = BOUNDS.suppressFile;
  // What cannot be read at all is told by whoever reads it.
  const bytes = await ordinarySize(file).catch(() => 0);
  if (bytes <= value) return null;
  return { code: 'suppress.too-large', params: { megabytes: value / 1_000_000 }, at: { file } };
}
