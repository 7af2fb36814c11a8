import type { ActionMark, AttemptMark, FileIdentity, LedgerMemory } from '../core/known-ledger.js';
import type { Result } from '../core/problem.js';

/** Where the state folder remembers the ledger of a campaign of a sender. */
export interface MemoryPlace {
  readonly stateDir: string;
  readonly sender: string;
  readonly campaign: string;
}

/** Where the state folder remembers who was taken out of a workspace of a ledger last. */
export interface TakenOutPlace {
  readonly stateDir: string;
  readonly ledgerId: string;
  readonly workspace: string;
}

/** What is remembered of a ledger. */
export type ReadMemory<Value = LedgerMemory> =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly file: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly detail: string }
  | { readonly kind: 'read'; readonly value: Value };

/** A memory while its run goes on. */
export interface OpenMemory {
  /** Notes an attempt before its request leaves. */
  mark(last: AttemptMark): Result<null, 'state.unwritable'>;
  /** `file`: where the ledger lies now, when it was moved. */
  close(file?: FileIdentity): unknown;
}

/** What is remembered of ledgers, and of hosts, outside of all ledgers. */
export interface Memories {
  read(place: MemoryPlace): ReadMemory;
  /** Whether it could be written, without writing. */
  foretell(place: MemoryPlace): Result<null, 'state.unwritable'>;
  probe(place: MemoryPlace): Result<null, 'state.unwritable'>;
  begin(place: MemoryPlace, memory: LedgerMemory): Result<OpenMemory, 'state.unwritable'>;
  /** The last action that took people out. */
  takenOut(place: TakenOutPlace): ReadMemory<ActionMark>;
  rememberTakenOut(place: TakenOutPlace, last: ActionMark): Result<null, 'state.unwritable'>;
  trustedHosts(stateDir: string): Result<readonly string[]>;
  trustHost(stateDir: string, host: string): Result<null>;
}
