import { COPIED_TABLES } from '../sql/copied-tables.js';
import { movedIdentity, movedWords } from '../sql/moved.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Makes the ledger refuse every change. Inside a transaction of the caller. */
export function retire(db: LedgerDatabase, id: string, to: string): void {
  db.prepare('UPDATE ledger_identity SET id = ?').run(movedIdentity(id, to));
  const refuse = `BEGIN SELECT RAISE(ABORT, ${movedWords(to)}); END`;
  for (const { name } of COPIED_TABLES) {
    for (const change of ['INSERT', 'UPDATE', 'DELETE']) {
      db.exec(`CREATE TRIGGER moved_${change.toLowerCase()}_${name} BEFORE ${change} ON ${name} ${refuse}`);
    }
  }
}
