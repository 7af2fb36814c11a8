import type { Dialect } from './dialect.js';

/*
 * What a ledger does is written once for both databases. A procedure is a generator: it yields a statement where it needs the
 * database (`yield* row(…)`), and goes on with the answer. Whoever drives it decides how an answer comes: SQLite gives it at
 * once (`sqlite/store.ts`), PostgreSQL lets wait for it (`postgres/store.ts`).
 */

/** A value that a parameter takes. A list is an array in PostgreSQL and JSON in SQLite; `Dialect` has what makes rows of it. */
export type Param = string | number | null | Uint8Array | readonly (string | number | null)[];
/** What fills a statement's parameters, by name. */
export type Params = Readonly<Record<string, Param>>;

/** One statement with parameters by name (`@campaignId`), and what is wanted of it. */
export interface Step {
  /** Rows as objects, the first of them, rows as lists of values, or how many rows it changed. */
  readonly want: 'rows' | 'row' | 'lists' | 'changes';
  readonly text: string;
  readonly params: Params;
}

/**
 * A procedure under way that ends in a `T`: it yields its statements one after the other, each with the answer to the one before.
 * It runs once; where the database fails, it ends there.
 */
export type Steps<T> = Generator<Step, T, unknown>;

/** All rows, as objects whose keys are the columns' names. */
export function* rows<Row>(text: string, params: Params = {}): Steps<readonly Row[]> {
  return (yield { want: 'rows', text, params }) as readonly Row[];
}

/** The first row, or undefined where there is none. */
export function* row<Row>(text: string, params: Params = {}): Steps<Row | undefined> {
  return (yield { want: 'row', text, params }) as Row | undefined;
}

/** The one row of a statement that always has one, such as a count. */
export function* oneRow<Row>(text: string, params: Params = {}): Steps<Row> {
  const found = yield* row<Row>(text, params);
  if (found === undefined) throw new Error(`no row where there is always one: ${text}`);
  return found;
}

/** All rows, as lists of values in the order of the columns. */
export function* lists<Row>(text: string, params: Params = {}): Steps<readonly Row[]> {
  return (yield { want: 'lists', text, params }) as readonly Row[];
}

/** Does it; returns how many rows it changed. */
export function* run(text: string, params: Params = {}): Steps<number> {
  return (yield { want: 'changes', text, params }) as number;
}

/** A ledger's database, as far as both are the same. */
export interface Store {
  readonly dialect: Dialect;
  /**
   * Each statement by itself: what others commit meanwhile is seen by the next. What writes is on the disk when it is over, but
   * for a statement that writes and gives rows: that belongs into `together`.
   */
  each<T>(steps: Steps<T>): Promise<T>;
  /**
   * All of them, or nothing.
   *
   * @param steps makes them: they run once, and a transaction may have to begin anew
   */
  together<T>(steps: () => Steps<T>, held?: Held): Promise<T>;
}

/**
 * What PostgreSQL holds from before the first statement to the end, so that others wait. A file of SQLite has one writer at a
 * time anyway.
 *
 * - `approvals`, `settings`, `users`: nobody else changes this table;
 * - `taking-out`: nobody else takes people out or brings them back, and nobody is claimed;
 * - `owned`: the locks that are held here. Where another machine may own the campaign or the sender by now, it is a `LedgerError`.
 */
export type Held = 'approvals' | 'settings' | 'users' | 'taking-out' | 'owned';
