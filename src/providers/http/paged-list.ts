import { BOUNDS } from '../../core/bounds.js';
import type {
  Conversation,
  ConversationPage,
  ListEnd,
  ListEvent,
  ListedConversation,
  ListFailureCause,
  ListProvider,
  RawRecord,
  ResumePosition,
} from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import { createCircleGuard } from './circle-guard.js';
import { contentId, isRecord } from './fields.js';
import type { PageRequest, ReadingClient } from './reading-client.js';

/** What a page of any provider comes down to. `P` is the provider's own notion of a position. */
export interface ParsedPage<P> {
  readonly kind: 'parsed';
  /** As they came; what is no record is told apart. */
  readonly values: readonly unknown[];
  /** Position of the next page; null: this was the last. */
  readonly next: P | null;
  /** The next position when this page brought nothing new, where it differs (offset paging). */
  readonly nextIfStale?: P | null;
}

/** Why a page cannot be used. */
export interface PageFailure {
  readonly kind: 'failed';
  readonly cause: ListFailureCause;
  readonly problem: Problem;
}

/** What differs from provider to provider. Pure. */
export interface PageSource<R, P> {
  readonly provider: ListProvider;
  readonly first: P;
  request(position: P): Omit<PageRequest, 'page'>;
  parse(body: unknown, position: P, page: number): ParsedPage<P> | PageFailure;
  /** Reads a record liberally: what is missing in it or cannot be read is null. */
  recordOf(raw: RawRecord): R;
  /** Null: it has no id. */
  idOf(record: R): string | null;
  /** False for records that a filter on our side leaves out. */
  keeps(record: R): boolean;
  conversationOf(record: R, raw: RawRecord, receivedAt: number): Conversation;
  /** Names the position for a later reading; null: it cannot be named. */
  resumeOf(position: P): ResumePosition | null;
  /** Equal for equal requests: asking twice for the same place would go round in circles. */
  keyOf(position: P): string;
  /** Number of the pass over the list that a position belongs to; each pass may show the same records again. */
  passOf(position: P): number;
  /** Whether a page that begins like an earlier one of its pass means that the list restarted. */
  readonly firstIdMustDiffer: boolean;
}

/** Reads a list to its end. The client is closed when the loop ends, however it ends. */
export async function* readPages<R extends object, P>(
  source: PageSource<R, P>,
  client: ReadingClient,
  notices: readonly Problem[] = [],
): AsyncGenerator<ListEvent<R>, void, undefined> {
  const take = createTaker(source);
  const read = { pages: 0, records: 0 };
  const end = (ending: ListEnd): ListEvent<R> => ({ kind: 'end', end: ending });
  try {
    for (const notice of notices) yield { kind: 'notice', notice };
    let position: P | null = source.first;
    while (position !== null) {
      const resume = source.resumeOf(position);
      const reading = await client.read({ ...source.request(position), page: read.pages + 1 });
      if (reading.kind === 'interrupted') return yield end({ kind: 'interrupted', ...read, resume });
      const taken: Taken<R, P> | PageFailure =
        reading.kind === 'failed' ? reading : take(reading, position, read.pages + 1);
      if (taken.kind === 'failed') return yield end(failedEnd(taken, read, resume));
      read.pages += 1;
      read.records += taken.page.records.length;
      yield { kind: 'page', page: taken.page };
      if (taken.circle !== null) {
        return yield end({ kind: 'failed', cause: 'loop', problem: taken.circle, ...read, resume: null });
      }
      position = taken.next;
      const endless = position === null ? null : endlessList(source.provider, read.pages, taken.seen);
      if (endless !== null && position !== null) {
        return yield end(failedEnd(endless, read, source.resumeOf(position)));
      }
    }
    yield end({ kind: 'complete', ...read });
  } finally {
    await client.close();
  }
}

/** A list that goes on and on: its ids are kept in memory. */
function endlessList(provider: ListProvider, pages: number, records: number): PageFailure | null {
  if (pages < BOUNDS.listPages.value && records < BOUNDS.listRecords.value) return null;
  const problem = { code: 'list.endless', params: { provider, pages, records } } as const;
  return { kind: 'failed', cause: 'answer', problem };
}

function failedEnd(
  { cause, problem }: PageFailure,
  read: { readonly pages: number; readonly records: number },
  resume: ResumePosition | null,
): ListEnd {
  return { kind: 'failed', cause, problem, pages: read.pages, records: read.records, resume };
}

/** A page with what comes after it. Its records are valid even when the list goes in circles from here. */
interface Taken<R, P> {
  readonly kind: 'taken';
  readonly page: ConversationPage<R>;
  readonly next: P | null;
  readonly circle: Problem | null;
  /** Records that were seen so far, those that a filter leaves out among them. */
  readonly seen: number;
}

interface Received {
  readonly value: unknown;
  readonly receivedAt: number;
  readonly clockOffsetMs: number | null;
}

/** Turns bodies into pages and remembers, between them, which records were shown and which places were visited. */
function createTaker<R extends object, P>(
  source: PageSource<R, P>,
): (received: Received, position: P, page: number) => Taken<R, P> | PageFailure {
  // Exact ids, about 80 bytes each: nobody may be lost to a coincidence of fingerprints.
  const lastPassOf = new Map<string, number>();
  const guard = createCircleGuard(source.provider, source.keyOf(source.first));
  let pass = source.passOf(source.first);
  return ({ value, receivedAt, clockOffsetMs }, position, page) => {
    if (source.passOf(position) !== pass) {
      pass = source.passOf(position);
      guard.startPass();
    }
    const parsed = source.parse(value, position, page);
    if (parsed.kind === 'failed') return parsed;
    const overlong = overlongIn(parsed, source, page);
    if (overlong !== null) return overlong;
    const sifted = sift(parsed.values, source, lastPassOf, pass, receivedAt);
    if (sifted.kind === 'overlong') {
      const params = { provider: source.provider, page, record: sifted.record, most: BOUNDS.listId.value };
      return outOfBounds({ code: 'list.id-too-long', params });
    }
    const { fresh, newInPass, repeated, firstId, unreadable } = sifted;
    const stale = newInPass === 0 && parsed.nextIfStale !== undefined;
    const next = (stale ? parsed.nextIfStale : parsed.next) ?? null;
    const circle = guard.check({
      page,
      firstId: source.firstIdMustDiffer ? firstId : null,
      newRecords: newInPass,
      nextKey: next === null ? null : source.keyOf(next),
    });
    const resume = next === null ? null : source.resumeOf(next);
    return {
      kind: 'taken',
      page: { number: page, records: fresh, repeated, unreadable, resume, receivedAt, clockOffsetMs },
      next,
      circle,
      seen: lastPassOf.size,
    };
  };
}

/** Pages and places without an end are none: they would be kept, and sent back. */
function overlongIn<P>(
  { values, next }: ParsedPage<P>,
  source: Pick<PageSource<never, P>, 'provider' | 'keyOf'>,
  page: number,
): PageFailure | null {
  const { provider } = source;
  const records = BOUNDS.listPageRecords.value;
  if (values.length > records) {
    const params = { provider, page, count: values.length, most: records };
    return outOfBounds({ code: 'list.too-many-records', params });
  }
  const most = BOUNDS.listToken.value;
  return next !== null && source.keyOf(next).length > most
    ? outOfBounds({ code: 'list.token-too-long', params: { provider, page, most } })
    : null;
}

function outOfBounds(problem: Problem): PageFailure {
  return { kind: 'failed', cause: 'answer', problem };
}

/** What a page holds that counts. */
interface Sifted<R> {
  readonly kind: 'sifted';
  readonly fresh: readonly ListedConversation<R>[];
  readonly newInPass: number;
  readonly repeated: number;
  /** Null: there is no record. */
  readonly firstId: string | null;
  readonly unreadable: readonly unknown[];
}

function sift<R extends object, P>(
  values: readonly unknown[],
  source: PageSource<R, P>,
  lastPassOf: Map<string, number>,
  pass: number,
  receivedAt: number,
): Sifted<R> | { readonly kind: 'overlong'; readonly record: number } {
  const fresh: ListedConversation<R>[] = [];
  let newInPass = 0;
  let repeated = 0;
  let firstId: string | null = null;
  for (const [index, raw] of values.entries()) {
    if (!isRecord(raw)) continue;
    const record = source.recordOf(raw);
    const id = source.idOf(record) ?? contentId(raw);
    if (id.length > BOUNDS.listId.value) return { kind: 'overlong', record: index + 1 };
    firstId ??= id;
    const last = lastPassOf.get(id);
    lastPassOf.set(id, pass);
    if (last !== pass) newInPass += 1;
    if (last !== undefined) repeated += 1;
    else if (source.keeps(record)) {
      fresh.push({ record, conversation: source.conversationOf(record, raw, receivedAt) });
    }
  }
  const unreadable = values.filter((value) => !isRecord(value));
  return { kind: 'sifted', fresh, newInPass, repeated, firstId, unreadable };
}
