import { type Audience, createAudience, type KeepReason } from '../../core/audience.js';
import type { ConversationColumn } from '../../core/conversation-rows.js';
import { USUAL_PHONE_OPTIONS } from '../../core/phone.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type ListOutcome, ListReading } from '../lists/list-reading.js';
import { type ListSession, type OpenedList, openList } from '../lists/open-list.js';
import { readCountry } from '../phones.js';
import { extraColumns } from './extra-columns.js';

/** Who belongs into an audience, and what is told of them. */
export interface AudienceRequest {
  readonly keep: ReadonlySet<KeepReason>;
  /** Leaves out people whose 24-hour window is open: they can be written to without a template. */
  readonly outsideWindow: boolean;
  /** As typed; for phones without country code. */
  readonly country: string | null;
  /** Columns beside the usual ones; null: none. */
  readonly columns: readonly string[] | null;
  /** Stop after so many records of a list; null: read all. */
  readonly max: number | null;
}

/** An audience, and how the lists that it is made from were read. */
export interface GatheredAudience {
  readonly audience: Audience;
  readonly extra: readonly ConversationColumn[];
  readonly outcomes: readonly ListOutcome[];
}

/** Reads conversations and keeps the people that a campaign can be sent to, each once. */
export async function gatherAudience(
  { keep, outsideWindow, max, ...asked }: AudienceRequest,
  session: ListSession,
  app: App,
): Promise<Result<GatheredAudience>> {
  const country = await readCountry(asked.country, app);
  if (!country.ok) return country;
  const lists = await openReadings(session, keep, app);
  if (!lists.ok) return lists;
  const extra = extraColumns(asked.columns, lists.value[0].fields);
  if (!extra.ok) return extra;
  const { read } = await app.phones();
  // As `check` will: what it would reject brings nobody in.
  const readPhone = (typed: string) => {
    const phone = read(typed, country.value, USUAL_PHONE_OPTIONS);
    return phone.ok ? phone : null;
  };
  const audience = createAudience({ keep, outsideWindow, readPhone }, extra.value);
  const readings = lists.value.map((list) => new ListReading(list, session.observer, max));
  await addAll(readings, audience);
  return ok({ audience, extra: extra.value, outcomes: readings.map((reading) => reading.outcome()) });
}

/** Ends with the first list that breaks off. */
async function addAll(readings: readonly ListReading[], audience: Audience): Promise<void> {
  const seen = new Set<string>();
  for (const reading of readings) {
    for await (const page of reading.pages()) {
      for (const conversation of page) {
        const { id } = conversation;
        if (id !== '' && seen.has(id)) continue;
        if (readings.length > 1 && id !== '') seen.add(id);
        audience.add(conversation);
      }
    }
    if (!reading.outcome().complete) return;
  }
}

/** What ChatbotX hides unless a tag of this name asks for it. */
const HIDDEN = ['archived', 'blocked'] as const satisfies readonly KeepReason[];

/**
 * The readings that an audience needs: one, and for ChatbotX one more for each kind of conversation that is to be
 * kept but that its server hides unless asked for it. Tags given by the operator are left as they are.
 */
async function openReadings(
  session: ListSession,
  keep: ReadonlySet<KeepReason>,
  app: App,
): Promise<Result<readonly [OpenedList, ...OpenedList[]]>> {
  const { provider, given } = session.request;
  const first = await openList(session, app);
  if (!first.ok) return first;
  const asks = provider === 'chatbotx' && given['tags'] === undefined;
  const lists: [OpenedList, ...OpenedList[]] = [first.value];
  for (const tag of asks ? HIDDEN.filter((reason) => keep.has(reason)) : []) {
    const more = await openList(session, app, { ...given, tags: [tag] });
    if (!more.ok) return more;
    lists.push(more.value);
  }
  return ok(lists);
}
