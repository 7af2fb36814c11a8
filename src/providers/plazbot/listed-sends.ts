import type { ConversationPage, ListEnd, ListEvent, RawRecord } from '../../core/conversation.js';
import type { ListedSend } from '../../core/match.js';
import type { Problem } from '../../core/problem.js';
import type { ListedPage, ListFailure, ProviderList } from '../../core/reconcile-ports.js';
import { type Redact, redactor } from '../../core/redaction.js';
import { contentId } from '../http/fields.js';
import { listPlazbot, type PlazbotListSettings } from './list.js';
import type { PlazbotRecord } from './list-record.js';
import { listedSendOf } from './listed-send.js';

/** How Plazbot's list is reached; where to start and when to stop is said page by page. */
export type PlazbotSendsSettings = Omit<PlazbotListSettings, 'continuationToken' | 'signal'>;

/** Plazbot's conversation list as settling reads it. Keeps its connection from page to page: close it after use. */
export class PlazbotSends implements ProviderList {
  readonly #settings: PlazbotSendsSettings;
  readonly #redact: Redact;
  #reading: AsyncIterator<ListEvent<PlazbotRecord>> | null = null;
  /** Where the open reading stands. */
  #token: string | null = null;

  constructor(settings: PlazbotSendsSettings) {
    this.#settings = settings;
    this.#redact = redactor([settings.apiKey, settings.workspaceId, ...(settings.secrets ?? [])]);
  }

  async read(token: string | null, signal: AbortSignal): Promise<ListedPage | ListFailure> {
    if (this.#reading === null || token !== this.#token) {
      await this.close();
      const opened = listPlazbot({ ...this.#settings, continuationToken: token, signal });
      if (!opened.ok) return failure(opened.problems[0], false);
      this.#reading = opened.value[Symbol.asyncIterator]();
    }
    for (;;) {
      const step = await this.#reading.next();
      const event = step.done === true ? null : step.value;
      if (event === null || event.kind === 'end') {
        this.#reading = null;
        return failureOf(event?.end ?? null);
      }
      if (event.kind === 'page') return this.#pageOf(event.page);
    }
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    const reading = this.#reading;
    this.#reading = null;
    await reading?.return?.();
  }

  #sendOf(record: PlazbotRecord, raw: RawRecord): ListedSend {
    const send = listedSendOf(record, this.#redact);
    return record.id === null ? { ...unclearSend(raw), numbers: send.numbers, summary: send.summary } : send;
  }

  async #pageOf(page: ConversationPage<PlazbotRecord>): Promise<ListedPage> {
    const { records, unreadable, resume, clockOffsetMs, receivedAt } = page;
    const nextToken = resume?.value ?? null;
    this.#token = nextToken;
    if (nextToken === null) await this.close();
    return {
      kind: 'page',
      records: [
        ...records.map(({ record, conversation }) => this.#sendOf(record, conversation.raw)),
        ...unreadable.map(unclearSend),
      ],
      nextToken,
      tokenIsSecret: nextToken !== null && this.#redact(nextToken) !== nextToken,
      clockOffsetMs,
      receivedAt,
    };
  }
}

/**
 * Something without an id: it may be the same as another one on the next page, so it proves nobody's presence. But it may be
 * anybody's, or the person's whose number it names: nobody is proven absent past it.
 */
function unclearSend(value: unknown): ListedSend {
  return {
    id: contentId(value),
    numbers: [],
    templates: [],
    campaignNames: [],
    type: null,
    createdAt: null,
    failed: null,
    contactId: null,
    values: null,
    summary: '',
  };
}

/** After a failed connection or refused credentials the same page may be had later; after a wrong answer nobody knows. */
function failureOf(end: ListEnd | null): ListFailure {
  if (end?.kind === 'failed') {
    return failure(end.problem, end.cause === 'unreachable' || end.cause === 'credentials');
  }
  return failure(undefined, true);
}

function failure(problem: Problem | undefined, passing: boolean): ListFailure {
  return { kind: 'failed', passing, problem: problem ?? { code: 'list.interrupted' } };
}
