import type { ImportSummary } from '../../core/ledger/imports.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import type { ImportWriting } from './import-recipients.js';
import type { LedgerThread } from './ledger-thread.js';
import type { RunWriting } from './run-ledger.js';
import type { ClaimText } from './run-writer.js';

/**
 * Writes a run in the ledger's thread. A synced commit takes 0.1 ms to 20 ms, depending on the disk; meanwhile this
 * thread goes on sending and reading, and what comes in makes the next batch larger.
 */
export async function runWritingIn(thread: LedgerThread, run: StartedRun): Promise<RunWriting> {
  await thread.call({ kind: 'run', run });
  return {
    claim: (outcomes, max, at) => thread.call({ kind: 'claim', outcomes, max, at }) as Promise<ClaimText>,
    record: (outcomes) => thread.call({ kind: 'record', outcomes }) as Promise<Written>,
  };
}

/** Writes an import in the ledger's thread, while this one reads the file. */
export function importWritingIn(thread: LedgerThread): ImportWriting {
  return {
    begin: (target) => thread.call({ kind: 'import-begin', target }) as Promise<void>,
    write: (batch) => thread.call({ kind: 'import-write', batch }) as Promise<void>,
    finish: () => thread.call({ kind: 'import-finish' }) as Promise<ImportSummary>,
    abort: () => thread.call({ kind: 'import-abort' }) as Promise<void>,
  };
}
