import type { FileIdentity } from '../known-ledger.js';
import type { Problem, Result } from '../problem.js';

/** Who holds a lock; shown to whoever is turned away. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly campaign: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** A lock that is held until `release`, or until this process dies. */
export interface HeldLock {
  release(): void | Promise<void>;
}

/** What taking a lock came to. */
export type LockTaken =
  | { readonly kind: 'held'; readonly lock: HeldLock }
  | { readonly kind: 'busy'; readonly holder: LockHolder | null };

/** Locks that live as long as whoever holds them: a process that dies leaves none behind for long. */
export interface Locks {
  /** @param place a file, or a name where machines share it */
  take(place: string, holder: LockHolder): Promise<Result<LockTaken>>;
  /** Who holds it, for people; null: nobody. */
  holder(place: string): Promise<LockHolder | null>;
}

/** A ledger as somebody named it. */
export interface NamedLedger {
  /** How people know it. */
  readonly file: string;
  /** What of its name must not be shown. */
  readonly secrets: readonly string[];
}

/** What became of a ledger that was taken from its place while it was open. */
export type LostLedger =
  /** It lies elsewhere, complete. */
  | { readonly kind: 'moved'; readonly file: FileIdentity }
  /** What it held was copied to a new file. */
  | { readonly kind: 'saved'; readonly file: FileIdentity }
  /** It lives as long as this process. */
  | { readonly kind: 'lost'; readonly detail: string };

/** A copy that was made and checked. */
export interface LedgerBackup {
  readonly file: string;
  readonly bytes: number;
}

/** A file that is watched by what tells it from another one under the same path. */
export interface WatchedFile {
  readonly identity: FileIdentity;
  /** Cheap enough to be asked before every request. */
  isThere(): boolean;
  /** Where it lies now, when it was moved; null: it was deleted, or nobody knows. */
  whereNow(): string | null;
}

/** Whether somebody else holds a lock that was asked for. */
export function isLocked(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => code === 'lock.campaign' || code === 'lock.sender');
}
