/*
 * A ledger that was moved away stays as it was and refuses every change: two ledgers that both know whom they sent to, and
 * not whom the other did, would send twice. Its identity says so, and triggers on every table refuse what a program does
 * that had opened it before.
 */

/** What a ledger's stored identity says. */
export interface StoredIdentity {
  readonly id: string;
  /** Where it moved to, as people know it; null: it did not. */
  readonly movedTo: string | null;
}

const MOVED = /^moved:([\da-f-]{36}):(.*)$/su;

/** Reads a stored identity. */
export function identityOf(stored: string): StoredIdentity {
  const [, id, movedTo] = MOVED.exec(stored) ?? [];
  return id === undefined || movedTo === undefined ? { id: stored, movedTo: null } : { id, movedTo };
}

/** What is stored of a ledger that moves away. */
export function movedIdentity(id: string, to: string): string {
  return `moved:${id}:${to}`;
}

/** By what PostgreSQL tells these triggers from others; of no class that it uses itself. */
export const MOVED_STATE = 'PZ001';

/** What the triggers say, in front of where the ledger moved to. */
const WORDS = 'moved to ';

/** The words of the triggers, as a text of SQL. */
export function movedWords(to: string): string {
  return `'${WORDS}${to.replaceAll("'", "''")}'`;
}

/** Where a ledger moved to, by what a trigger of it said; null: another one said it. */
export function movedToIn(message: string): string | null {
  return message.startsWith(WORDS) ? message.slice(WORDS.length) : null;
}
