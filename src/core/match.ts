import type { CampaignType } from './campaign.js';

/** One record of the provider's list: a send that it knows of. */
export interface ListedSend {
  readonly id: string;
  /** Digits of every number the record names, in its number fields and in the request it keeps; which is whose is unknown. */
  readonly numbers: readonly string[];
  /** Every name under which the record names its template; none: missing or unreadable. */
  readonly templates: readonly string[];
  /** Every campaign name in it; none: missing or unreadable. */
  readonly campaignNames: readonly string[];
  /** 1 campaign, 2 individual, 3 API; null: unreadable. */
  readonly type: number | null;
  /** Epoch milliseconds of the provider's clock; null: unreadable. */
  readonly createdAt: number | null;
  /** Whether the record says that the send failed; null: it does not tell. */
  readonly failed: boolean | null;
  readonly contactId: string | null;
  /** The provider's own word about it, in one short line, for people. */
  readonly summary: string;
}

/** A listed send as a scan saw it: who is in it, and when it was created by this machine's clock. */
export interface SeenRecord extends ListedSend {
  readonly persons: readonly string[];
  /** `createdAt` less the offset of the provider's clock; null: unreadable. */
  readonly at: number | null;
}

/** One POST that may have been executed, under the names that the campaign had then. */
export interface SendTry {
  /** By this machine's clock. */
  readonly startedAt: number;
  readonly template: string;
  readonly type: CampaignType;
  /** null for type individual. */
  readonly campaignName: string | null;
}

/** Two minutes: how far two clocks may differ after the offset read from the answers' `Date` is taken off. */
export const CLOCK_SKEW_MS = 120_000;
/** Created up to this long before the attempt: the time is only slightly off, which is a near match. */
export const NEAR_BEFORE_MS = 300_000;
/** Created up to this long before the attempt: no match, but no absence either, because a clock may have been set. */
export const UNCLEAR_BEFORE_MS = 1_800_000;

/**
 * How like a record is to a send.
 * - `exact`: the same person, template, campaign name (types campaign and api), created not before the attempt.
 * - `near`: one of template, campaign name and time is missing, unreadable, or off by a hair. Counts as present.
 * - `possible`: more than one of them, or nobody can tell whose it is. Proves nothing, but forbids absence.
 * - `none`: something that can be read is different.
 */
export type Likeness = 'exact' | 'near' | 'possible' | 'none';

/** The likeness of a record to the attempt of a person. The type of a record counts only where the name does not tell. */
export function likeness(person: string, attempt: SendTry, record: SeenRecord): Likeness {
  const doubts = [
    personDoubts(person, record),
    textDoubts(attempt.template, record.templates),
    nameDoubts(attempt, record),
    timeDoubts(attempt.startedAt, record.at),
  ];
  if (doubts.includes(DIFFERENT)) return 'none';
  const sum = doubts.reduce((total, doubt) => total + doubt, 0);
  if (sum === 0) return 'exact';
  return sum === 1 ? 'near' : 'possible';
}

const RANK: Readonly<Record<Likeness, number>> = { exact: 3, near: 2, possible: 1, none: 0 };

/** Whether `one` is a stronger likeness than `other`. */
export function isLikerThan(one: Likeness, other: Likeness): boolean {
  return RANK[one] > RANK[other];
}

/** The best likeness of a record to any attempt of one duty to send. */
export function bestLikeness(person: string, tries: readonly SendTry[], record: SeenRecord): Likeness {
  return tries.reduce<Likeness>((best, attempt) => {
    const found = likeness(person, attempt, record);
    return isLikerThan(found, best) ? found : best;
  }, 'none');
}

/** No doubt is large enough to outweigh something that can be read and differs. */
const DIFFERENT = Number.POSITIVE_INFINITY;

/** A record without any readable number may be anybody's: never enough for a near match. */
function personDoubts(person: string, record: SeenRecord): number {
  if (record.persons.includes(person)) return 0;
  return record.persons.length === 0 ? 2 : DIFFERENT;
}

function textDoubts(wanted: string, found: readonly string[]): number {
  if (found.includes(wanted)) return 0;
  if (found.length === 0) return 1;
  return found.some((text) => loosely(text) === loosely(wanted)) ? 1 : DIFFERENT;
}

function nameDoubts(attempt: SendTry, record: SeenRecord): number {
  const otherKind = record.type !== null && (record.type === 2) !== (attempt.type === 'individual') ? 1 : 0;
  if (attempt.campaignName === null) return (record.campaignNames.length > 0 ? 1 : 0) + otherKind;
  const doubts = textDoubts(attempt.campaignName, record.campaignNames);
  return doubts === 0 || record.campaignNames.length > 0 ? doubts : doubts + otherKind;
}

function timeDoubts(startedAt: number, at: number | null): number {
  if (at === null) return 1;
  if (at >= startedAt - CLOCK_SKEW_MS) return 0;
  if (at >= startedAt - NEAR_BEFORE_MS) return 1;
  return at >= startedAt - UNCLEAR_BEFORE_MS ? 2 : DIFFERENT;
}

/** A text without what systems change on the way: case, white space, the form of accents. */
function loosely(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}
