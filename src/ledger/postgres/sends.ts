import type { SentValues } from '../../core/sent-values.js';
import { POSTGRES } from '../sql/dialect.js';
import { valuesOf } from '../sql/known-sends.js';
import type { Sql } from './database.js';

const TEXTS = `
  SELECT delivery_id AS "deliveryId", ${POSTGRES.array('body', 'header')} AS texts
  FROM contents WHERE delivery_id = ANY (@deliveryIds::bigint[])`;

/** Fingerprints of what deliveries send, for evidence that outlives their rows; none for those whose texts were erased. */
export async function valuesSent(
  sql: Sql,
  deliveryIds: readonly number[],
): Promise<ReadonlyMap<number, SentValues>> {
  const rows = await sql.rows<{ deliveryId: number; texts: string }>(TEXTS, { deliveryIds });
  return new Map(rows.map(({ deliveryId, texts }) => [deliveryId, valuesOf(texts)]));
}
