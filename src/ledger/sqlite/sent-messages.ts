import type { SentValues } from '../../core/sent-values.js';
import { valuesOf } from '../sql/known-sends.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Fingerprints of what a delivery sends, for evidence that outlives its row; null: it was erased. */
export function valuesSent(db: LedgerDatabase, deliveryId: number): SentValues | null {
  const texts = db.prepare('SELECT json_array(body, header) FROM contents WHERE delivery_id = ?').pluck();
  const found = texts.get(deliveryId) as string | undefined;
  return found === undefined ? null : valuesOf(found);
}
