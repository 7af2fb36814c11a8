import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { Suppression } from '../../core/ledger/people.js';
import { isCalendarDate, startOfLocalDay } from '../../core/moments.js';
import { ANY_PHONE, type ParsedPhone } from '../../core/phone.js';
import { failed, ok, type Place, type Problem, type Result } from '../../core/problem.js';
import { parseDuration } from '../../core/quantities.js';
import type { RejectionReason } from '../../core/recipient.js';
import { unloggedBy } from '../actions/noted.js';
import { type RecordingLedger, recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { readCountry } from '../phones.js';

/** What a person says about every entry, as typed; null: not given. */
export interface TypedEntry {
  readonly reason: string | null;
  readonly source: string | null;
  /** `2027-01-31` or `90d`. */
  readonly expires: string | null;
  /** For phones without country code. */
  readonly country: string | null;
}

/** What is said about every entry, read; null: not given. */
export interface EntryOptions {
  readonly reason: string | null;
  readonly source: string | null;
  readonly expiresAt: number | null;
  readonly country: string | null;
  readonly read: (typed: string) => ParsedPhone;
}

/** Reads what a person says about every entry. */
export async function readEntryOptions(typed: TypedEntry, app: App): Promise<Result<EntryOptions>> {
  const expiresAt = typed.expires === null ? ok(null) : parseExpiry(typed.expires, app.clock.now());
  if (!expiresAt.ok) return expiresAt;
  const country = await readCountry(typed.country, app);
  if (!country.ok) return country;
  const { read } = await app.phones();
  return ok({
    reason: filled(typed.reason),
    source: filled(typed.source),
    expiresAt: expiresAt.value,
    country: country.value,
    read: (text) => read(text, country.value, ANY_PHONE),
  });
}

function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 36_500;

/**
 * The moment at which an entry stops to count: the end of a day (`2027-01-31`, by this machine's calendar), or so
 * long from now (`90d`, `12h`).
 */
function parseExpiry(text: string, now: number): Result<number> {
  const written = text.trim();
  const at = isCalendarDate(written) ? startOfLocalDay(written, 1) : afterNow(written, now);
  if (at === null) return failed({ code: 'suppress.expires', params: { value: text } });
  return at > now ? ok(at) : failed({ code: 'suppress.expires-past', params: { value: text } });
}

function afterNow(text: string, now: number): number | null {
  const duration = parseDuration(text, { min: 1_000, max: LONGEST_DAYS * DAY_MS });
  return duration.ok ? now + duration.value : null;
}

/** A number that cannot be read, so that somebody may be missing from the list. */
export interface Unreadable {
  readonly typed: string;
  readonly reason: RejectionReason;
  /** Where it stands, when it comes from a file. */
  readonly at: Place | null;
}

const MOST_KEPT = 1_000;

/** Entries on their way into a list, batch by batch, so that memory stays flat; what cannot be read is counted. */
export class EntryTally {
  /** Numbers that cannot be read: the first thousand. */
  readonly unreadable: Unreadable[] = [];
  unreadableCount = 0;
  /** Ends of entries that cannot be read, so that they hold for good. */
  unreadableEnds = 0;
  /** People who were not on the list. */
  added = 0;
  /** Why the log does not tell of it; null: it does. */
  unlogged: Problem | null = null;
  #entries = 0;
  readonly #add: (entries: readonly Suppression[]) => Promise<number>;

  constructor(add: (entries: readonly Suppression[]) => Promise<number>) {
    this.#add = add;
  }

  /** People who were on it: of the two entries the one that lasts longer holds. */
  get known(): number {
    return this.#entries - this.added;
  }

  missed(unreadable: Unreadable): void {
    this.unreadableCount += 1;
    if (this.unreadable.length < MOST_KEPT) this.unreadable.push(unreadable);
  }

  async take(entries: readonly Suppression[]): Promise<void> {
    this.added += await this.#add(entries);
    this.#entries += entries.length;
  }
}

/** Takes a list in. Where it breaks off, whoever it brought before stays on the list, and the log says so where it can. */
export async function takenIn(
  take: () => Promise<void>,
  record: () => Promise<void>,
  tally: EntryTally,
): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (tally.added + tally.known > 0) await record().catch(() => undefined);
    throw error;
  }
  tally.unlogged = await unloggedBy(record());
}

/** Adds to the log what an import brought: how many, and never who. */
export function recordImport(
  ledger: RecordingLedger,
  workspace: string,
  subject: string,
  { added, known, unreadableCount }: EntryTally,
  app: App,
): Promise<void> {
  const after: ActionFacts = { added, known, unreadable: unreadableCount };
  return recordIn(ledger, { kind: 'suppress-imported', workspace, subject, after }, app);
}
