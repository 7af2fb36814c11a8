import type { Result } from '../problem.js';

/** A value of a ledger's row. */
export type LedgerValue = string | number | null | Uint8Array;

/** A row of a table, its values in the order of the columns. */
export type LedgerRow = readonly LedgerValue[];

/** What a ledger holds, table by table. A database error rejects with a `LedgerError`. */
export interface LedgerRows {
  /** Names of the tables, in an order in which rows come before what points to them. */
  readonly tables: readonly string[];
  count(table: string): Promise<number>;
  /** All rows in order of their key, some at a time. */
  rows(table: string): AsyncIterable<readonly LedgerRow[]>;
}

/** A ledger that nobody can write to until this is over. */
export interface CopySource extends LedgerRows {
  /** What tells the ledger from others; a new one where it had moved away already. */
  readonly id: string;
  /** It refuses changes by now, and names the place that it moves to: an earlier move was cut off, or finished unheard. */
  readonly isClosed: boolean;
  /** How much is under way: runs that have not ended or wait for a machine, and what others hold. */
  underWay(): Promise<number>;
  /** Makes it refuse every change from now on, and name where it moved to. */
  retire(): Promise<void>;
}

/** An empty ledger that nobody else sees yet. */
export interface CopyTarget extends LedgerRows {
  fill(table: string, rows: AsyncIterable<readonly LedgerRow[]>): Promise<void>;
  /** Makes it whole, with this identity, so that nothing is left to `finish` that may lack room. Nothing else is filled in. */
  prepare(id: string): Promise<Result<null>>;
  /** Lets others see it; what was filled in is gone where this is never called. */
  finish(): Promise<Result<null>>;
}

/** From where to where a ledger moves. */
export interface LedgerMove {
  /** Real path, or address. */
  readonly from: string;
  /** As people know it. */
  readonly to: string;
  /** A ledger that moved to another place already may move once more. */
  readonly again: boolean;
}

/** Opens the two ends of a move. */
export interface LedgerCopies {
  /** Where this name leads, without password; a problem where it cannot be read. */
  nameOf(named: string): Promise<Result<string>>;
  /** Problems: those of opening it; `ledger.moved`. */
  withSource<T>(move: LedgerMove, work: (source: CopySource) => Promise<Result<T>>): Promise<Result<T>>;
  /** Problems: those of opening it; `ledger.copy-not-empty`. */
  withTarget<T>(to: string, work: (target: CopyTarget) => Promise<Result<T>>): Promise<Result<T>>;
}
