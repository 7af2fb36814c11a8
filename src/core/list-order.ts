import type { ListedSend } from './match.js';
import { countsRecords } from './page-token.js';

/** Records that are listed as they come in may be so far out of order: the provider writes several at once. */
const JITTER_MS = 60_000;
/** Pages whose records are known when they come again, pushed down by newer ones. */
const PAGES_KEPT = 3;
/** How many pages of a list's front are remembered: more than are read again. */
const FRONT_PAGES = 4;

/** What a page tells about the order of its list. */
interface OrderedPage {
  readonly records: readonly Pick<ListedSend, 'id' | 'createdAt'>[];
  readonly nextToken: string | null;
}

/**
 * Whether a list, as far as it was read, may have moved a record past its reader. One that goes by when its records were
 * made moves none of them; but it may only look like that until records change, and where tokens count records, one that is
 * deleted moves all behind it up.
 */
export class ListOrder {
  #rises = true;
  #falls = true;
  #counts = false;
  #frontMoved = false;
  #leastAt = Number.POSITIVE_INFINITY;
  #mostAt = Number.NEGATIVE_INFINITY;
  #recent: readonly ReadonlySet<string>[] = [];
  #repeated = 0;
  #arrived = 0;
  readonly #front = new Set<string>();
  #longestPage = 0;
  #againAt = 0;

  /**
   * True: by the last change, by nothing that shows, by dates that cannot be read, or its tokens count records; or more came a
   * second time than new ones, which the front shows when it is read again, pushed down.
   */
  get mayMove(): boolean {
    const isOrdered = this.#rises || this.#falls;
    return !isOrdered || this.#counts || this.#frontMoved || this.#repeated > this.#arrived;
  }

  /** Whether its tokens count records. */
  get counts(): boolean {
    return this.#counts;
  }

  /** Takes in the next page, of which so many were not seen before. */
  see({ records, nextToken }: OrderedPage, newRecords: number): void {
    this.#repeated += records.length - newRecords;
    for (const { id, createdAt } of records)
      if (!this.#recent.some((page) => page.has(id))) this.#next(createdAt ?? Number.NaN);
    this.#recent = [...this.#recent, new Set(records.map(({ id }) => id))].slice(-PAGES_KEPT);
    this.#counts ||= nextToken !== null && countsRecords(nextToken);
    this.#longestPage = Math.max(this.#longestPage, records.length);
    for (const { id } of records) if (this.#front.size < FRONT_PAGES * this.#longestPage) this.#front.add(id);
  }

  /**
   * Takes in the next page of the front as it is read again: what was there before must come as it came then.
   *
   * @param newRecords so many of the page the first reading did not see
   */
  seeAgain(records: OrderedPage['records'], newRecords: number): void {
    this.#arrived += newRecords;
    const front = [...this.#front];
    for (const { id } of records) {
      if (this.#front.has(id)) this.#frontMoved ||= front[this.#againAt++] !== id;
      else this.#frontMoved ||= newRecords === 0;
    }
  }

  #next(at: number): void {
    // What has no date is in no order: any comparison with it is false.
    this.#rises &&= at >= this.#mostAt - JITTER_MS;
    this.#falls &&= at <= this.#leastAt + JITTER_MS;
    this.#leastAt = Math.min(this.#leastAt, at);
    this.#mostAt = Math.max(this.#mostAt, at);
  }
}
