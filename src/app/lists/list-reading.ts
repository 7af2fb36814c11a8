import type { Conversation, ListEnd, ResumePosition } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';
import type { ListObserver, OpenedList } from './open-list.js';
import {
  conversationWithoutSecrets,
  problemWithoutSecrets,
  resumeWithoutSecrets,
} from './without-secrets.js';

/** One reading of a list: its pages, and afterwards how it ended. Nothing that it gives holds a credential. */
export class ListReading {
  readonly #list: OpenedList;
  readonly #observer: ListObserver;
  readonly #max: number;
  #records = 0;
  #pages = 0;
  #unreadable = 0;
  #end: ListEnd | null = null;

  /** @param max stop after so many records; null: read all */
  constructor(list: OpenedList, observer: ListObserver, max: number | null = null) {
    this.#list = list;
    this.#observer = observer;
    this.#max = max ?? Number.POSITIVE_INFINITY;
  }

  /** Conversations page by page. Ends with the list, with what keeps it from being read, or at `max`. */
  async *pages(): AsyncGenerator<readonly Conversation[]> {
    try {
      for await (const event of this.#list.pages) {
        if (event.kind === 'end') {
          this.#end = event.end;
          return;
        }
        if (event.kind === 'notice') {
          this.#observer.notice(event.notice);
          continue;
        }
        const records = event.page.records.slice(0, this.#max - this.#records);
        this.#records += records.length;
        this.#pages += 1;
        this.#unreadable += event.page.unreadable.length;
        this.#observer.progress(this.#records);
        yield records.map(({ conversation }) => conversationWithoutSecrets(conversation, this.#list.redact));
        if (this.#records >= this.#max) return;
      }
    } finally {
      this.#observer.progress(null);
    }
  }

  /** How it stands; how it ended, once `pages` has. */
  outcome(): ListOutcome {
    const end = this.#end;
    const nothingUsable = this.#records === 0 && this.#unreadable > 0;
    const isComplete = end === null || end.kind === 'complete';
    return {
      provider: this.#list.provider,
      records: this.#records,
      pages: this.#pages,
      unreadable: this.#unreadable,
      end,
      complete: isComplete,
      nothingUsable,
      problem: this.#problem(nothingUsable),
      resume: isComplete ? null : resumeWithoutSecrets(end.resume, this.#list.redact),
    };
  }

  #problem(nothingUsable: boolean): Problem | null {
    if (this.#end?.kind === 'failed') return problemWithoutSecrets(this.#end.problem, this.#list.redact);
    if (!nothingUsable) return null;
    return {
      code: 'list.nothing-usable',
      params: { provider: this.#list.provider, count: this.#unreadable },
    };
  }
}

/** What a reading came to. */
export interface ListOutcome {
  readonly provider: OpenedList['provider'];
  readonly records: number;
  /** 0: nothing came, and nothing is to be written. */
  readonly pages: number;
  /** What stood among the records and is none. */
  readonly unreadable: number;
  /** null: it was read as far as was asked for. */
  readonly end: ListEnd | null;
  /** Read to its end, or as far as was asked for. */
  readonly complete: boolean;
  /** There were records, and none that can be read. */
  readonly nothingUsable: boolean;
  /** Why it broke off, or why nothing of it can be used. */
  readonly problem: Problem | null;
  /** Where a later reading can go on; null, too, where the place itself holds a credential. */
  readonly resume: ResumePosition | null;
}
