import type { Controls } from '../../core/absence.js';
import type { KnownSend } from '../../core/reconcile-assign.js';
import type { SentValues } from '../../core/sent-values.js';
import { CONTROLS_SUMMARY, MISSING_CONTROLS } from '../sql/controls.js';
import { POSTGRES } from '../sql/dialect.js';
import {
  type AttemptSent,
  attemptsSentSql,
  knownSends,
  standingUnder,
  type TestSent,
  testsSentSql,
  valuesOf,
} from '../sql/known-sends.js';
import type { Sql } from './database.js';
import { knownFingerprint } from './fingerprint.js';

const ATTEMPTS_SENT = attemptsSentSql(POSTGRES);
const TESTS_SENT = testsSentSql(POSTGRES);

/** Every send of a workspace to these persons that may have been executed: deliveries and test messages. */
export async function sendsTo(
  sql: Sql,
  workspace: string,
  persons: readonly string[],
): Promise<readonly KnownSend[]> {
  const under = standingUnder(persons, await knownFingerprint(sql));
  const wanted = { workspace, persons: [...under.keys()] };
  const attempts = await sql.rows<AttemptSent>(ATTEMPTS_SENT, wanted);
  return knownSends(attempts, await sql.rows<TestSent>(TESTS_SENT, wanted), under);
}

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

/** The controls of a workspace that began at `fromAt` or later, and before the scan. Holds one number for each that is missing. */
export async function controlsSince(
  sql: Sql,
  about: { readonly workspace: string; readonly scanId: number; readonly fromAt: number },
): Promise<Controls> {
  const summary = await sql.row<Omit<Controls, 'missingAt'>>(CONTROLS_SUMMARY, about);
  if (summary === undefined) throw new Error('controls cannot be counted');
  const missing = await sql.rows<{ startedAt: number }>(MISSING_CONTROLS, about);
  return { ...summary, missingAt: missing.map(({ startedAt }) => startedAt) };
}
