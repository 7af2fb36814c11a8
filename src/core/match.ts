import type { CampaignType } from './campaign.js';
import { compareValues, type ListedValues, type SentValues, type ValuesVerdict } from './sent-values.js';

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
  /** What its variables were filled with; null: it does not tell. */
  readonly values: ListedValues | null;
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
  /** When the provider's answer said that it was taken; null: no answer did. */
  readonly answeredAt: number | null;
  /** Called absent, by evidence or by an operator's word: hardly executed. */
  readonly absent: boolean;
  readonly template: string;
  readonly type: CampaignType;
  /** null for type individual. */
  readonly campaignName: string | null;
  /** What its variables were filled with; null: not known any more. */
  readonly values: SentValues | null;
}

/** Two minutes: how far two clocks may differ after the offset read from the answers' `Date` is taken off. */
export const CLOCK_SKEW_MS = 120_000;
/** Created up to this long before the attempt: the time is only slightly off, which is a near match. */
export const NEAR_BEFORE_MS = 300_000;
/**
 * 26 hours: created up to this long before the attempt, it is no match, but no absence either, because a clock may
 * have been set, or wrong by a time zone.
 */
export const UNCLEAR_BEFORE_MS = 93_600_000;
/** The same for a record that names nobody: it would speak of everybody. */
export const NAMELESS_BEFORE_MS = 1_800_000;

/**
 * How like a record is to a send.
 * - `exact`: the same person, template, campaign name (types campaign and api), created not before the attempt.
 * - `near`: one of template, campaign name and time is missing, unreadable, or off by a hair. Counts as present.
 * - `possible`: more than one of them, nobody can tell whose it is, or its variables have other values: another
 *   message. Proves nothing, but forbids absence as long as no known send owns it.
 * - `none`: something that can be read is different.
 */
export type Likeness = 'exact' | 'near' | 'possible' | 'none';

/** The likeness of a record to the attempt of a person. The type of a record counts only where the name does not tell. */
export function likeness(person: string, attempt: SendTry, record: SeenRecord): Likeness {
  return likenessWith(compareValues(attempt.values, record.values), person, attempt, record);
}

function likenessWith(values: ValuesVerdict, person: string, attempt: SendTry, record: SeenRecord): Likeness {
  let doubts = timeDoubts(attempt.startedAt, record) + (values === 'different' ? 2 : 0);
  // Most pairs are told apart by time: the texts of the others are looked at.
  if (doubts === DIFFERENT) return 'none';
  doubts += personDoubts(person, record) + textDoubts(attempt.template, record.templates);
  doubts += nameDoubts(attempt, record);
  if (doubts === DIFFERENT) return 'none';
  if (doubts === 0) return 'exact';
  return doubts === 1 ? 'near' : 'possible';
}

/** How well a record fits an attempt, as a number to compare: higher is better, 0 is not at all. */
export type Fit = number;

/** A record with at least this fit counts as present. */
export const LEAST_PRESENT: Fit = 2;

/** Values that are known to be the same tell more than values that nobody can compare. */
export function fitOf(person: string, attempt: SendTry, record: SeenRecord): Fit {
  const values = compareValues(attempt.values, record.values);
  const found = likenessWith(values, person, attempt, record);
  if (found === 'none') return 0;
  if (found === 'possible') return 1;
  return (found === 'exact' ? 4 : LEAST_PRESENT) + (values === 'same' ? 1 : 0);
}

/** The likeness that a fit of at least `LEAST_PRESENT` stands for. */
export function presenceOf(fit: Fit): 'exact' | 'near' {
  return fit >= 4 ? 'exact' : 'near';
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
  return hasLoosely(found, wanted) ? 1 : DIFFERENT;
}

function nameDoubts(attempt: SendTry, record: SeenRecord): number {
  const otherKind = record.type !== null && (record.type === 2) !== (attempt.type === 'individual') ? 1 : 0;
  if (attempt.campaignName === null) return (record.campaignNames.length > 0 ? 1 : 0) + otherKind;
  const doubts = textDoubts(attempt.campaignName, record.campaignNames);
  return doubts === 0 || record.campaignNames.length > 0 ? doubts : doubts + otherKind;
}

function timeDoubts(startedAt: number, { at, persons }: SeenRecord): number {
  if (at === null) return 1;
  if (at >= startedAt - CLOCK_SKEW_MS) return 0;
  if (at >= startedAt - NEAR_BEFORE_MS) return 1;
  const unclearMs = persons.length === 0 ? NAMELESS_BEFORE_MS : UNCLEAR_BEFORE_MS;
  return at >= startedAt - unclearMs ? 2 : DIFFERENT;
}

/** Whether one of these names is the wanted one but for what systems change on the way. */
export function hasLoosely(found: readonly string[], wanted: string): boolean {
  return found.some((text) => text === wanted || loosely(text) === loosely(wanted));
}

/** A text without what systems change on the way: case, white space, the form of accents. */
function loosely(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}
