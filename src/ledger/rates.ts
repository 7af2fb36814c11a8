import type { LearnedRate } from '../core/ledger/runs.js';
import type { LedgerDatabase } from './open-ledger.js';

/** What was learned about a sender, or null. */
export function learnedRate(db: LedgerDatabase, sender: string): LearnedRate | null {
  const row = db
    .prepare('SELECT rate_per_second AS ratePerSecond, learned_at AS learnedAt FROM rates WHERE sender = ?')
    .get(sender);
  return row === undefined ? null : (row as LearnedRate);
}

/** Keeps what was learned about a sender. */
export function keepLearnedRate(db: LedgerDatabase, sender: string, ratePerSecond: number, at: number): void {
  db.prepare(
    `INSERT INTO rates (sender, rate_per_second, learned_at) VALUES (@sender, @ratePerSecond, @at)
     ON CONFLICT (sender) DO UPDATE SET rate_per_second = @ratePerSecond, learned_at = @at`,
  ).run({ sender, ratePerSecond, at });
}

/** Forgets it: the sender ran at its limit again. */
export function forgetLearnedRate(db: LedgerDatabase, sender: string): void {
  db.prepare('DELETE FROM rates WHERE sender = ?').run(sender);
}
