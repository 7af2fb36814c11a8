import { basename } from 'node:path';
import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { LedgerBackup } from '../../core/ledger/locks.js';
import type { Result } from '../../core/problem.js';
import { recordIfPossible } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';

/** Makes a checked copy of the ledger, while a run may go on. `file`: absolute path. */
export async function backUp(file: string, app: App): Promise<Result<LedgerBackup>> {
  const made = await withLedger(app, 'read', (ledger) => ledger.backup(file));
  if (made.ok) {
    const after: ActionFacts = { bytes: made.value.bytes };
    await recordIfPossible({ kind: 'backup-made', subject: basename(file), after }, app);
  }
  return made;
}
