import type { ImportSummary, ImportTarget } from '../../core/ledger/imports.js';
import type { Recipient, RowVerdict } from '../../core/recipient.js';
import type { ImportBatch, RecipientRow, RejectedRow, RestOfRow } from './import-row.js';
import { abortImport, ImportWriter } from './import-writer.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Where an import is written: in this thread or in one of its own. Calls are done in their order. */
export interface ImportWriting {
  begin(target: ImportTarget): Promise<void>;
  write(batch: ImportBatch): Promise<void>;
  finish(): Promise<ImportSummary>;
  abort(): Promise<void>;
}

/** Writes in this thread: for ledgers in memory, and for tests that own the time. */
export function importingHere(db: LedgerDatabase): ImportWriting {
  let writer: ImportWriter | null = null;
  const begun = (): ImportWriter => {
    if (writer === null) throw new Error('the import was not begun');
    return writer;
  };
  return {
    begin: async (target) => {
      writer = new ImportWriter(db, target);
    },
    write: async (batch) => begun().write(batch),
    finish: async () => begun().finish(),
    abort: async () => abortImport(db),
  };
}

/** Batches on their way to the ledger at a time: it always has one to write, and memory stays flat. */
const MOST_UNDER_WAY = 2;

/**
 * Takes a file into the ledger: rows, digests and counts in one synced transaction, all or nothing. If `batches`
 * throws, the ledger is as before.
 */
export async function importRecipients(
  writing: ImportWriting,
  target: ImportTarget,
  batches: AsyncIterable<readonly RowVerdict[]>,
): Promise<ImportSummary> {
  const underWay: Promise<void>[] = [];
  try {
    await writing.begin(target);
    for await (const verdicts of batches) {
      const written = writing.write(importBatchOf(verdicts));
      // Awaited below; meanwhile nobody else may take its failure for one that nobody hears.
      written.catch(() => undefined);
      underWay.push(written);
      if (underWay.length >= MOST_UNDER_WAY) await underWay.shift();
    }
    await Promise.all(underWay);
    return await writing.finish();
  } catch (error) {
    await writing.abort();
    throw error;
  }
}

/** The rows as the ledger keeps them: only texts and numbers, which cross to another thread at little cost. */
function importBatchOf(verdicts: readonly RowVerdict[]): ImportBatch {
  const recipients: RecipientRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind === 'rejection') {
      const { line, row = null, phone, reason, column, value, cells } = verdict.rejection;
      rejected.push([line, row, phone, reason, column, value, JSON.stringify(cells)]);
      continue;
    }
    const { line, person, phone, country, body, cells } = verdict.recipient;
    recipients.push([
      line,
      person,
      phone,
      country,
      JSON.stringify(body),
      JSON.stringify(cells),
      restOf(verdict.recipient),
    ]);
  }
  return { recipients, rejected };
}

function restOf({ key, header, attachment, repaired }: Recipient): RestOfRow | null {
  if (key === '' && header.length === 0 && attachment === null && repaired.length === 0) return null;
  return [
    key,
    JSON.stringify(header),
    attachment === null ? null : JSON.stringify(attachment),
    repaired.length === 0 ? null : JSON.stringify(repaired),
  ];
}
