/** What tells a file from another one under the same path. Device and inode as text: they exceed a number. */
export interface FileIdentity {
  /** Real path: no link in it. */
  readonly path: string;
  readonly device: string;
  readonly inode: string;
}

/** An attempt of a ledger. Two ledgers that went apart give equal ids to different attempts: the run tells them apart. */
export interface AttemptMark {
  readonly attemptId: number;
  readonly runId: number;
  /** Epoch milliseconds. */
  readonly runStartedAt: number;
}

/** An action of a ledger's log. Ledgers that went apart give equal ids to different ones: the moment tells them apart. */
export interface ActionMark {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What is remembered outside of all ledgers: which one sent a campaign of a sender, and how far it was. */
export interface LedgerMemory {
  readonly ledgerId: string;
  readonly file: FileIdentity;
  /** The last attempt whose request may have left; null: none did. */
  readonly last: AttemptMark | null;
}

/** A ledger that somebody wants to send from, compared with what is remembered. */
export interface LedgerComparison {
  /** Id of the ledger; null: there is none at that path yet. */
  readonly ledgerId: string | null;
  /** It holds the remembered attempt. */
  readonly holdsLast: boolean;
  /** The remembered file is still there, and is not this one. */
  readonly isBesideOriginal: boolean;
}

/** Why a ledger is not the one to send from; null: it is. */
export type LedgerDoubt = 'another' | 'behind' | 'copy' | null;

/** Whether somebody would get the campaign twice from this ledger. Being ahead of what is remembered is fine. */
export function doubtAbout(memory: LedgerMemory | null, ledger: LedgerComparison): LedgerDoubt {
  if (memory === null || memory.last === null) return null;
  if (ledger.ledgerId !== memory.ledgerId) return 'another';
  if (!ledger.holdsLast) return 'behind';
  return ledger.isBesideOriginal ? 'copy' : null;
}
