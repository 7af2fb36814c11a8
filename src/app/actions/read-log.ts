import type { ActionFilter, ActionRecord } from '../../core/ledger/actions.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { readLedger, withLedger } from '../open-ledger.js';

/** Some rows of the log, and who stands in it. */
export interface LogPage {
  /** The newest first. */
  readonly actions: readonly ActionRecord[];
  /** Id behind which the next page begins; null: there is none. */
  readonly next: number | null;
  readonly actors: readonly string[];
}

/** Rows of a page. */
const PAGE_ROWS = 50;

/** Reads a page of the log; `before`: `next` of the page before. */
export async function readLog(
  filter: ActionFilter,
  before: number | null,
  app: App,
): Promise<Result<LogPage>> {
  return readLedger(app, { actions: [], next: null, actors: [] }, async ({ actions: log }) => {
    const found = await log.page(filter, before, PAGE_ROWS + 1);
    const actions = found.slice(0, PAGE_ROWS);
    const next = found.length > PAGE_ROWS ? (actions.at(-1)?.id ?? null) : null;
    return ok({ actions, next, actors: await log.actors() });
  });
}

/** Works with all of the log, in order of time. */
export function withLog<T>(
  filter: ActionFilter,
  app: App,
  work: (actions: AsyncIterable<readonly ActionRecord[]>) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withLedger(app, 'read', (ledger) => work(ledger.actions.all(filter)));
}
