import type { ListProvider } from '../../core/conversation.js';
import type { Problem } from '../../core/problem.js';

/** Pages running that bring nothing new before a reading stops: a list that runs in circles is not read forever. */
const MOST_STALE_PAGES = 3;

/** What a page brought, as the guard sees it. */
interface PageTrace {
  readonly page: number;
  /** Id of the page's first record, or null: the page is empty, or a first record may repeat here. */
  readonly firstId: string | null;
  /** How many records this pass over the list had not shown before. */
  readonly newRecords: number;
  /** The next place, equal for equal requests; null: the pass ends here. */
  readonly nextKey: string | null;
}

/** Notices that a list goes round in circles. */
export interface CircleGuard {
  /** A new pass over the list may show everything again. */
  startPass(): void;
  /** Null: go on. */
  check(trace: PageTrace): Problem | null;
}

/** A guard for one reading that begins at `firstKey`. */
export function createCircleGuard(provider: ListProvider, firstKey: string): CircleGuard {
  const places = new Set([firstKey]);
  const firstIds = new Set<string>();
  let stale = 0;
  return {
    startPass() {
      firstIds.clear();
      stale = 0;
    },
    check({ page, firstId, newRecords, nextKey }) {
      const params = { provider, page };
      if (firstId !== null && firstIds.has(firstId)) return { code: 'list.loop.restarted', params };
      if (firstId !== null) firstIds.add(firstId);
      stale = newRecords === 0 ? stale + 1 : 0;
      if (nextKey === null) return null;
      if (places.has(nextKey)) return { code: 'list.loop.position', params };
      places.add(nextKey);
      return stale < MOST_STALE_PAGES
        ? null
        : { code: 'list.loop.nothing-new', params: { ...params, pages: stale } };
    },
  };
}
