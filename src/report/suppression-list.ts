import { SUPPRESSION_COLUMNS } from '../core/consent.js';
import type { SuppressionRecord } from '../core/ledger/people.js';
import { csvHead, csvLines } from './csv.js';

/** A do-not-contact list as CSV, as it can be imported again: moments in ISO 8601, nothing for one without an end. */
export async function* suppressionCsv(
  entries: AsyncIterable<SuppressionRecord>,
  asFile: boolean,
): AsyncGenerator<string> {
  const lineOf = csvLines(',');
  yield csvHead(SUPPRESSION_COLUMNS, ',', asFile);
  for await (const { phone, reason, source, addedAt, expiresAt } of entries) {
    yield lineOf([phone, reason, source, iso(addedAt), expiresAt === null ? '' : iso(expiresAt)]);
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
